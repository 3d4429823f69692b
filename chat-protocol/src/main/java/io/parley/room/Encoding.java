package io.parley.room;

import io.parley.model.Entry;
import io.parley.model.RoomRef;
import io.parley.sequencer.EntryEncoding;
import java.nio.ByteBuffer;

/**
 * How a gateway writes entries as bytes. One instance serves all connections of a gateway: a room encodes an entry once for
 * each encoding that somebody reads it in. Any thread may call it, several at a time, under no
 * lock; it should be quick, since a room waits for it.
 */
@FunctionalInterface
public interface Encoding extends EntryEncoding {

    /**
     * Writes an entry at the buffer's position; what it writes may depend on the room and the entry only.
     *
     * @param room where it happened
     * @param entry what happened
     * @param into where to write; writing nothing leaves the entry out. Of a message something must be written, or its sender
     *     would not learn that it was kept
     * @throws java.nio.BufferOverflowException if it does not fit; it is then asked again with more room
     */
    @Override
    void encode(RoomRef room, Entry entry, ByteBuffer into);

    /**
     * Whether a connection's own messages are written apart from the bytes that all share. The gateway is then asked about
     * each of them, and may leave it out or write something else.
     *
     * @return the same answer each time; false unless it is overridden
     */
    default boolean ownApart() {
        return false;
    }
}
