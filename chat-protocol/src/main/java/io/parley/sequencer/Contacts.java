package io.parley.sequencer;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.model.DirectMode;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Whose direct messages a user takes. Immutable, for any thread.
 *
 * @param mode whose in general
 * @param ignored the ids of those whose it never takes
 */
public record Contacts(DirectMode mode, Set<Long> ignored) {
    /** Takes the messages of everybody. */
    public static final Contacts OPEN = new Contacts(DirectMode.EVERYBODY, Set.of());

    /**
     * The same with another mode.
     *
     * @param next the mode
     * @return a new value
     */
    public Contacts with(DirectMode next) {
        return new Contacts(next, ignored);
    }

    /**
     * The same with somebody ignored, or not any more.
     *
     * @param id the other's id
     * @param on whether its messages are refused
     * @return a new value
     */
    public Contacts with(long id, boolean on) {
        Set<Long> next = new HashSet<>(ignored);
        if (on) {
            next.add(id);
        } else {
            next.remove(id);
        }
        return new Contacts(mode, Set.copyOf(next));
    }

    /**
     * Writes what a user takes: {@code mode varint | count x id u64}.
     *
     * @param into where to write
     * @throws java.nio.BufferOverflowException if it does not fit
     */
    public void encode(ByteBuffer into) {
        ByteWriter.varint(into, mode.code());
        ByteWriter.varint(into, ignored.size());
        ignored.forEach(id -> ByteWriter.fixed64(into, id));
    }

    /**
     * Reads what {@link #encode} has written.
     *
     * @param in where to read
     * @return the contacts
     * @throws io.parley.codec.MalformedException if the bytes are none
     */
    public static Contacts decode(ByteReader in) {
        DirectMode mode = DirectMode.of(in.varint31());
        Set<Long> ignored = new HashSet<>();
        for (int left = in.count(Long.BYTES); left > 0; left--) {
            ignored.add(in.fixed64());
        }
        return new Contacts(mode, Set.copyOf(ignored));
    }
}
