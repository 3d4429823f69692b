package io.parley.sequencer;

import io.parley.model.Entry;
import io.parley.model.RoomRef;
import java.nio.ByteBuffer;

/** How entries are written as bytes. One instance for all who read the same bytes. */
public interface EntryEncoding {
    /**
     * Writes an entry at the buffer's position.
     *
     * @param room where it happened
     * @param entry what happened
     * @param into where to write; writing nothing leaves the entry out
     * @throws java.nio.BufferOverflowException if it does not fit; it is then asked again with more room
     */
    void encode(RoomRef room, Entry entry, ByteBuffer into);
}
