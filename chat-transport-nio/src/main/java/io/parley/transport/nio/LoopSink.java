package io.parley.transport.nio;

import io.parley.transport.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sink of a loop, lent to one connection after the other. Loop thread only.
 *
 * <p>What a handler writes is gathered in one direct buffer, and goes its way when that is full or
 * the turn ends. What the system does not take is left over for the connection to keep.
 *
 * <p><b>Shared bytes.</b> The members of a room are mostly written the same bytes, one after the other. So the sink
 * remembers which shared bytes the buffer begins with, and what lies there already is not copied again.
 */
final class LoopSink implements Sink {
    /** The most that one connection writes before the next has its turn. */
    private static final int TURN_BYTES = 256 * 1024;

    private final ByteBuffer staging = ByteBuffer.allocateDirect(Loop.BUFFER_BYTES);
    private @Nullable Way way; // set during a turn
    private byte @Nullable [] leftover; // what the system did not take in this turn
    private @Nullable IOException failure; // of a write in this turn
    private int left; // of the turn
    private byte @Nullable [] shared; // where the buffer's first bytes are from, if those never change
    private int sharedFrom; // the index there
    private int sharedLength; // how many of the buffer's first bytes

    void begin(Way to) {
        way = to;
        leftover = null;
        failure = null;
        left = TURN_BYTES;
        staging.clear();
    }

    @Override
    public int write(byte[] source, int offset, int length) {
        return put(turn(source, offset, length), source, offset, length);
    }

    @Override
    public int writeShared(byte[] source, int offset, int length) {
        Way to = turn(source, offset, length);
        int begin = staging.position();
        if (begin == 0 && !(isShared(source) && offset == sharedFrom)) {
            shared = source;
            sharedFrom = offset;
            sharedLength = 0;
        }
        if (!isShared(source) || offset != sharedFrom + begin || begin > sharedLength) {
            return put(to, source, offset, length);
        }
        int there = Math.min(sharedLength - begin, Math.min(length, left));
        staging.position(begin + there);
        left -= there;
        int taken = there + put(to, source, offset + there, length - there);
        if (shared != null) {
            sharedLength = Math.max(sharedLength, staging.position());
        }
        return taken;
    }

    @SuppressWarnings("ReferenceEquality") // the same array, not one like it
    private boolean isShared(byte[] source) {
        return source == shared;
    }

    private Way turn(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (way == null) {
            throw new IllegalStateException("this sink's turn is over");
        }
        return way;
    }

    private int put(Way to, byte[] source, int offset, int length) {
        int limit = Math.min(length, left);
        int taken = 0;
        while (taken < limit && (staging.hasRemaining() || flushForMore(to))) {
            int piece = Math.min(limit - taken, staging.remaining());
            sharedLength = Math.min(sharedLength, staging.position());
            staging.put(source, offset + taken, piece);
            taken += piece;
        }
        left = Math.max(0, left - taken); // which flush has emptied if the peer is full
        return taken;
    }

    private boolean flushForMore(Way to) {
        shared = null; // what comes next does not begin where the buffer does
        sharedLength = 0;
        return flush(to);
    }

    /** Ends the turn: writes what was gathered. False if the peer is full. */
    boolean end() throws IOException {
        Way to = way;
        way = null;
        if (to != null && failure == null && leftover == null && staging.position() > 0) {
            flush(to);
        }
        if (failure != null) {
            throw failure;
        }
        return leftover == null && (to == null || !to.isFull());
    }

    /** Ends the turn and forgets what was gathered and not yet written. */
    void drop() {
        way = null;
        leftover = null;
        failure = null;
    }

    /** What the system did not take of the turn that has ended. */
    byte @Nullable [] takeLeftover() {
        byte[] bytes = leftover;
        leftover = null;
        return bytes;
    }

    /** Writes the staging buffer; false, and no more is taken in this turn, if not all of it went. */
    private boolean flush(Way to) {
        staging.flip();
        try {
            to.write(staging);
        } catch (IOException e) {
            failure = e;
            left = 0;
            return false;
        }
        if (staging.hasRemaining()) {
            byte[] rest = new byte[staging.remaining()];
            staging.get(rest);
            leftover = rest;
        }
        staging.clear();
        if (leftover == null && !to.isFull()) {
            return true;
        }
        left = 0;
        return false;
    }

    /**
     * Writes leftover bytes from an offset on.
     *
     * @return the offset after which they are still left over
     */
    int writeAgain(Way to, byte[] bytes, int offset) throws IOException {
        staging.clear();
        sharedLength = 0;
        staging.put(bytes, offset, bytes.length - offset);
        staging.flip();
        to.write(staging);
        return offset + staging.position();
    }
}
