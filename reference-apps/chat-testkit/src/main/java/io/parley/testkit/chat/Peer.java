package io.parley.testkit.chat;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.transport.Transport;
import io.parley.wire.ClientFrame;
import io.parley.wire.Frame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One end of a connection that speaks the native protocol as a test tells it, correctly or not. Any thread.
 *
 * @param <F> the frames that the other end sends
 */
public final class Peer<F extends Frame> implements ConnectionHandler {
    private final FrameDecoder<F> decoder;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<byte[]> output = new ArrayDeque<>(); // lock
    private final List<F> frames = new ArrayList<>(); // lock
    private int written; // of the first of output; lock
    private long bytesRead; // lock
    private @Nullable Connection connection; // lock
    private @Nullable Disconnect disconnect; // lock

    private Peer(FrameDecoder<F> decoder) {
        this.decoder = decoder;
    }

    /**
     * Connects. The peer sends nothing by itself, not even the preface.
     *
     * @param transport makes the connection
     * @param address the server's address
     * @return the peer
     */
    public static Peer<ServerFrame> connect(Transport transport, SocketAddress address) {
        Peer<ServerFrame> peer = new Peer<>(FrameDecoder.ofServerFrames(Wire.MAX_PAYLOAD_BYTES));
        transport.connect(address, peer);
        return peer;
    }

    /**
     * A peer for an accepted connection, to be returned by an acceptor.
     *
     * @return the peer
     */
    public static Peer<ClientFrame> accepted() {
        return new Peer<>(FrameDecoder.ofClientFrames(Wire.MAX_PAYLOAD_BYTES));
    }

    /**
     * Sends frames.
     *
     * @param all the frames, in order
     * @return this peer
     */
    public Peer<F> send(Frame... all) {
        for (Frame frame : all) {
            sendBytes(frame.toBytes());
        }
        return this;
    }

    /**
     * Sends bytes as they are.
     *
     * @param bytes the bytes
     * @return this peer
     */
    public Peer<F> sendBytes(byte[] bytes) {
        Connection current;
        lock.lock();
        try {
            output.add(bytes.clone());
            current = connection;
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.wantWrite();
        }
        return this;
    }

    /**
     * Takes the frames that arrived since the last call.
     *
     * @return the frames, in order
     */
    public List<F> take() {
        lock.lock();
        try {
            List<F> taken = List.copyOf(frames);
            frames.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The frames that arrived since the last {@link #take}.
     *
     * @return a copy
     */
    public List<F> frames() {
        lock.lock();
        try {
            return List.copyOf(frames);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many bytes arrived.
     *
     * @return the number of bytes
     */
    public long bytesRead() {
        lock.lock();
        try {
            return bytesRead;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How many bytes the transport has not taken yet.
     *
     * @return the number of bytes
     */
    public int unsent() {
        lock.lock();
        try {
            return output.stream().mapToInt(bytes -> bytes.length).sum() - written;
        } finally {
            lock.unlock();
        }
    }

    /**
     * How the connection ended.
     *
     * @return the reason, or null if it has not ended
     */
    public @Nullable Disconnect disconnect() {
        lock.lock();
        try {
            return disconnect;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the connection has ended.
     *
     * @return true after its end
     */
    public boolean isOver() {
        return disconnect() != null;
    }

    /** Pauses the reads of the connection. */
    public void pauseReads() {
        connection().pauseReads();
    }

    /** Resumes the reads of the connection. */
    public void resumeReads() {
        connection().resumeReads();
    }

    /** Closes the connection in order. */
    public void close() {
        connection().close();
    }

    /** Aborts the connection. */
    public void abort() {
        connection().abort();
    }

    private Connection connection() {
        lock.lock();
        try {
            if (connection == null) {
                throw new IllegalStateException("not connected yet");
            }
            return connection;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onOpen(Connection made) {
        lock.lock();
        try {
            connection = made;
        } finally {
            lock.unlock();
        }
        made.wantWrite();
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        lock.lock();
        try {
            bytesRead += bytes.remaining();
            for (F frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
                frames.add(frame);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Progress onWritable(Sink sink) {
        lock.lock();
        try {
            for (byte[] first = output.peek(); first != null; first = output.peek()) {
                int taken = first.length == 0 ? 0 : sink.write(first, written, first.length - written);
                written += taken;
                if (written == first.length) {
                    output.remove();
                    written = 0;
                } else if (taken == 0) {
                    return Progress.MORE;
                }
            }
            return Progress.DRAINED;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onClosed(Disconnect why) {
        lock.lock();
        try {
            disconnect = why;
        } finally {
            lock.unlock();
        }
    }
}
