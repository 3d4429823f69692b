package io.parley.apps.benchmarks.swarm;

import io.parley.wire.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** A connection without a socket: gives what a test has put in, so many bytes a read, and keeps what is written. */
final class ScriptedLink implements Link {
    private final int bytesARead;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private ByteBuffer coming = ByteBuffer.allocate(0);
    private boolean ended;

    ScriptedLink(int bytesARead) {
        this.bytesARead = bytesARead;
    }

    /** What comes next; the last has been read. */
    void put(List<? extends Frame> frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.forEach(frame -> bytes.writeBytes(frame.toBytes()));
        coming = ByteBuffer.wrap(bytes.toByteArray());
    }

    void end() {
        ended = true;
    }

    boolean hasInput() {
        return coming.hasRemaining();
    }

    byte[] written() {
        return written.toByteArray();
    }

    @Override
    public int read(ByteBuffer into) {
        if (!coming.hasRemaining()) {
            return ended ? -1 : 0;
        }
        int count = Math.min(Math.min(bytesARead, coming.remaining()), into.remaining());
        into.put(coming.slice(coming.position(), count));
        coming.position(coming.position() + count);
        return count;
    }

    @Override
    public void write(ByteBuffer from) {
        while (from.hasRemaining()) {
            written.write(from.get());
        }
    }

    @Override
    public boolean holdsInput() {
        return false;
    }
}
