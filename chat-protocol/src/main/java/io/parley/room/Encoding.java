package io.parley.room;

import io.parley.model.Entry;
import java.nio.ByteBuffer;

/**
 * How a front door writes entries as bytes. One instance serves all connections of a door: a room encodes an
 * entry once for each encoding that has a cursor in it. Called under the room's lock: it must be quick and must
 * not call back.
 */
@FunctionalInterface
public interface Encoding {

    /**
     * Writes an entry at the buffer's position; what it writes may depend on the room and the entry only.
     *
     * @param room where it happened
     * @param entry what happened
     * @param into where to write; writing nothing leaves the entry out for this door
     * @throws java.nio.BufferOverflowException if it does not fit; it is then asked again with more room
     */
    void encode(Room room, Entry entry, ByteBuffer into);
}
