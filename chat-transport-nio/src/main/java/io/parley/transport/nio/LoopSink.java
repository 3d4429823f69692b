package io.parley.transport.nio;

import io.parley.transport.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sink of an event loop. It serves one connection after the other. Loop thread only.
 *
 * <p>What a handler writes is gathered in one direct buffer. The buffer is written when it is full and when the turn
 * ends. The connection keeps what the system does not take.
 *
 * <p><b>Shared bytes.</b> Most members of a room are written the same bytes, one after the other. So the sink remembers
 * which shared bytes are at the beginning of the buffer, and does not copy them again.
 */
final class LoopSink implements Sink {
    /** The most that one connection writes before the next has its turn. */
    private static final int TURN_BYTES = 256 * 1024;

    // Loop thread only, all of them.
    private final ByteBuffer staging = ByteBuffer.allocateDirect(Loop.BUFFER_BYTES);
    private @Nullable ChannelAdapter adapter; // where the bytes of this turn go; null between turns
    private @Nullable ByteBuffer unsent; // what the system did not take in this turn
    private @Nullable IOException failure; // of a write in this turn
    private int left; // bytes that this turn may still take
    private byte @Nullable [] shared; // the source of the buffer's first bytes, if they are shared
    private int sharedFrom; // the index there
    private int sharedLength; // how many of the buffer's first bytes are shared

    void begin(ChannelAdapter to) {
        adapter = to;
        unsent = null;
        failure = null;
        left = TURN_BYTES;
        staging.clear();
    }

    @Override
    public int write(byte[] source, int offset, int length) {
        return put(adapter(source, offset, length), source, offset, length);
    }

    @Override
    public int writeShared(byte[] source, int offset, int length) {
        ChannelAdapter to = adapter(source, offset, length);
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

    private ChannelAdapter adapter(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (adapter == null) {
            throw new IllegalStateException("this sink's turn is over");
        }
        return adapter;
    }

    private int put(ChannelAdapter to, byte[] source, int offset, int length) {
        int limit = Math.min(length, left);
        int taken = 0;
        while (taken < limit && (staging.hasRemaining() || flushForMore(to))) {
            int piece = Math.min(limit - taken, staging.remaining());
            sharedLength = Math.min(sharedLength, staging.position());
            staging.put(source, offset + taken, piece);
            taken += piece;
        }
        left = Math.max(0, left - taken); // flush has set it to 0 if the peer is full
        return taken;
    }

    private boolean flushForMore(ChannelAdapter to) {
        shared = null; // from here on the buffer begins in the middle of the source
        sharedLength = 0;
        return flush(to);
    }

    /** Ends the turn: writes what was gathered. False if the peer is full. */
    boolean end() throws IOException {
        ChannelAdapter to = adapter;
        adapter = null;
        if (to != null && failure == null && unsent == null && staging.position() > 0) {
            flush(to);
        }
        if (failure != null) {
            throw failure;
        }
        return unsent == null && (to == null || !to.hasBufferedOutput());
    }

    /** Ends the turn and drops what was gathered and not yet written. */
    void drop() {
        adapter = null;
        unsent = null;
        failure = null;
    }

    /** What the system did not take in the turn that has ended; null if it took everything. */
    @Nullable
    ByteBuffer takeUnsent() {
        ByteBuffer bytes = unsent;
        unsent = null;
        return bytes;
    }

    /** Writes the staging buffer. If the system does not take all of it, returns false and ends the turn. */
    private boolean flush(ChannelAdapter to) {
        staging.flip();
        try {
            to.write(staging);
        } catch (IOException e) {
            failure = e;
            left = 0;
            return false;
        }
        if (staging.hasRemaining()) {
            unsent = ByteBuffer.allocate(staging.remaining()).put(staging).flip();
        }
        staging.clear();
        if (unsent == null && !to.hasBufferedOutput()) {
            return true;
        }
        left = 0;
        return false;
    }

    /** Writes bytes that {@link #takeUnsent} gave. Those that the system does not take now remain in the buffer. */
    void writeUnsent(ChannelAdapter to, ByteBuffer bytes) throws IOException {
        staging.clear();
        sharedLength = 0;
        int from = bytes.position();
        staging.put(bytes).flip();
        to.write(staging);
        bytes.position(from + staging.position());
    }
}
