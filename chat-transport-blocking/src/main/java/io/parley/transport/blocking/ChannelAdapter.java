package io.parley.transport.blocking;

import io.parley.transport.Disconnect.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes through a connected channel, plain or under TLS. The reader thread calls {@link #handshake}, {@link
 * #read} and {@link #answerPeerEnd}. After the handshake the writer thread calls {@link #write} and {@link
 * #endOutput}. Both call {@link #peerEnd}.
 *
 * <p>These methods may block as long as the peer likes. Closing the channel unblocks them and frees everything that an
 * adapter holds.
 */
interface ChannelAdapter {

    /**
     * Runs the handshake with the peer. Called once, before everything else.
     *
     * @param tasks runs the long computations
     * @return false if the peer left before the handshake was complete
     */
    boolean handshake(TaskRunner tasks) throws IOException;

    /** Reads one byte or more; -1 at the end of the stream. */
    int read(ByteBuffer bytes) throws IOException;

    /** How the peer ended the stream, after {@link #read} gave -1. */
    Kind peerEnd();

    /** Answers a close_notify of the peer with ours, unless the writer is stuck. */
    void answerPeerEnd();

    /**
     * Writes all bytes.
     *
     * @return false if the output has ended for a reason that the reader meets
     */
    boolean write(ByteBuffer bytes) throws IOException;

    /** Ends the output: tells the peer that no more bytes will come. */
    void endOutput() throws IOException;

    /** What the TLS handshake agreed on; null before it is complete, and without TLS. Any thread. */
    @Nullable
    SSLSession session();

    /** Runs a long computation where it delays nobody else. */
    @FunctionalInterface
    interface TaskRunner {
        /**
         * Returns when the task is done.
         *
         * @throws java.nio.channels.ClosedChannelException if the connection ended before that
         */
        void run(Runnable task) throws IOException;
    }
}
