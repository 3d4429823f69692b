package io.parley.transport.blocking;

import io.parley.transport.Sink;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * The sink of one connection: gathers what a handler writes in one turn, so that it leaves in one system
 * call after the handler has returned. Writer thread only.
 *
 * <p>So a handler never waits for the peer, and no more than 32 KiB go to the system at once, of which the
 * JDK keeps a hidden direct copy per thread. Grows with use and holds nothing before its first.
 */
final class WriteBuffer implements Sink {
    private static final int FIRST_BYTES = 1024;
    private static final int MOST_BYTES = 32 * 1024;

    private byte[] gathered = new byte[0];
    private int size;
    private boolean open;

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
        int taken = Math.min(length, MOST_BYTES - size);
        if (size + taken > gathered.length) {
            int doubled = Math.max(FIRST_BYTES, 2 * gathered.length);
            gathered = Arrays.copyOf(gathered, Math.min(MOST_BYTES, Math.max(doubled, size + taken)));
        }
        System.arraycopy(source, offset, gathered, size, taken);
        size += taken;
        return taken;
    }

    void end() {
        open = false;
    }

    /** What was gathered; until the next turn begins. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(gathered, 0, size);
    }
}
