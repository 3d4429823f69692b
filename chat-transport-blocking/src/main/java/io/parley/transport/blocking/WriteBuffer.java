package io.parley.transport.blocking;

import io.parley.transport.Sink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * The sink of one connection. It gathers what a handler writes in one turn, and the writer writes that in one system
 * call after the handler has returned. Writer thread only.
 *
 * <p>So a handler never waits for the peer. No more than 32 KiB go to the system at once, because the JDK keeps a hidden
 * direct copy of that size per thread. The buffer grows with use and holds nothing before its first.
 */
final class WriteBuffer implements Sink {
    private static final int FIRST_BYTES = 1024;
    private static final int MAX_BYTES = 32 * 1024;

    // Writer thread only.
    private byte[] gathered = new byte[0];
    private int size; // of what was gathered in this turn
    private boolean open; // during a turn

    void begin() {
        open = true;
        size = 0;
    }

    @Override
    public int write(byte[] source, int offset, int length) {
        if (!open) {
            throw new IllegalStateException("this sink's turn is over");
        }
        Objects.checkFromIndexSize(offset, length, source.length);
        int taken = Math.min(length, MAX_BYTES - size);
        if (size + taken > gathered.length) {
            int doubled = Math.max(FIRST_BYTES, 2 * gathered.length);
            gathered = Arrays.copyOf(gathered, Math.min(MAX_BYTES, Math.max(doubled, size + taken)));
        }
        System.arraycopy(source, offset, gathered, size, taken);
        size += taken;
        return taken;
    }

    void end() {
        open = false;
    }

    /** What was gathered. Valid until the next turn begins. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(gathered, 0, size);
    }
}
