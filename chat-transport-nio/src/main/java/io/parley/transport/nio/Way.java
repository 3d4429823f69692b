package io.parley.transport.nio;

import io.parley.transport.Disconnect.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * How bytes go through a connected channel: as they are, or under TLS. No method blocks. Loop thread only, but for
 * {@link #session}; closing the channel frees everything.
 */
interface Way {

    /** What has to happen before a way is open, or after what the opening is to be tried again. */
    enum Opening {
        DONE,
        WHEN_READABLE,
        WHEN_WRITABLE,
        AFTER_TASK
    }

    /**
     * Goes on agreeing with the peer on what has to be agreed on.
     *
     * @throws PeerLeftException if the peer left before that was done
     */
    Opening open() throws IOException;

    /** What is to be done on another thread before {@link #open} goes on. After AFTER_TASK, once. */
    Runnable task();

    /** Reads; 0 if there is nothing now, -1 at the end. */
    int read(ByteBuffer bytes) throws IOException;

    /** Whether a read may give more than the channel shows. */
    boolean holdsInput();

    /** Says what kind of end the peer made, when {@link #read} has met one, and answers it if it wants an answer. */
    Kind onPeerEnd();

    /**
     * Takes what it can and writes what the system takes.
     *
     * @throws java.nio.channels.ClosedChannelException also if the peer's end has ended this direction
     */
    void write(ByteBuffer bytes) throws IOException;

    /** Writes what was taken and is still here; true if nothing is. */
    boolean flush() throws IOException;

    /** Whether something that was taken waits for the channel to be writable. */
    boolean isFull();

    /**
     * Tells the peer that no more will come.
     *
     * @return false if that is to be tried again when the channel is writable
     */
    boolean end() throws IOException;

    /** What TLS has agreed on, since this is open; null without TLS. Any thread. */
    @Nullable
    SSLSession session();

    /** The peer left before the way was open. */
    final class PeerLeftException extends IOException {
        private static final long serialVersionUID = 1L;

        PeerLeftException() {
            super("the peer left in the middle of the handshake");
        }
    }

    /**
     * Bytes as they are.
     *
     * @param channel where they go
     */
    record Clear(SocketChannel channel) implements Way {
        @Override
        public Opening open() {
            return Opening.DONE;
        }

        @Override
        public Runnable task() {
            throw new IllegalStateException("there is nothing to do");
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return channel.read(bytes);
        }

        @Override
        public boolean holdsInput() {
            return false;
        }

        @Override
        public Kind onPeerEnd() {
            return Kind.ENDED;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            channel.write(bytes);
        }

        @Override
        public boolean flush() {
            return true;
        }

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public boolean end() throws IOException {
            channel.shutdownOutput();
            return true;
        }

        @Override
        public @Nullable SSLSession session() {
            return null;
        }
    }
}
