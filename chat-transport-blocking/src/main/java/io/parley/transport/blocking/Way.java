package io.parley.transport.blocking;

import io.parley.transport.Disconnect.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * How bytes go through a connected channel: as they are, or under TLS. Every method may block as long as the peer
 * likes; closing the channel frees it, and nothing else is to be closed.
 *
 * <p>The reader calls {@link #open}, {@link #read} and {@link #answerEnd}, the writer, from when it is open, the two
 * others.
 */
interface Way {

    /**
     * Agrees with the peer on what has to be agreed on. Called once and first.
     *
     * @param computing runs what is long to compute
     * @return false if the peer left before that was done
     */
    boolean open(Computing computing) throws IOException;

    /** Reads one byte or more; -1 at the end. */
    int read(ByteBuffer bytes) throws IOException;

    /** What kind of end the peer made, when {@link #read} has said that it did. */
    Kind peerEnd();

    /** Answers the peer's end in the way that the peer may expect, if the writer is not stuck. */
    void answerEnd();

    /**
     * Writes all there is.
     *
     * @return false if that cannot be, for a reason that the reader has met
     */
    boolean write(ByteBuffer bytes) throws IOException;

    /** Tells the peer that no more will come. */
    void end() throws IOException;

    /** What TLS has agreed on, since this is open; null without TLS. Any thread. */
    @Nullable
    SSLSession session();

    /** Runs what is long to compute where it holds up nobody else. */
    @FunctionalInterface
    interface Computing {
        /**
         * Returns when it is done.
         *
         * @throws java.nio.channels.ClosedChannelException if the connection ended before that
         */
        void run(Runnable task) throws IOException;
    }

    /**
     * Bytes as they are.
     *
     * @param channel where they go
     */
    record Clear(SocketChannel channel) implements Way {
        @Override
        public boolean open(Computing computing) {
            return true;
        }

        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return channel.read(bytes);
        }

        @Override
        public Kind peerEnd() {
            return Kind.ENDED;
        }

        @Override
        public void answerEnd() {
            // The channel is closed next, and that is all.
        }

        @Override
        public boolean write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        }

        @Override
        public void end() throws IOException {
            channel.shutdownOutput();
        }

        @Override
        public @Nullable SSLSession session() {
            return null;
        }
    }
}
