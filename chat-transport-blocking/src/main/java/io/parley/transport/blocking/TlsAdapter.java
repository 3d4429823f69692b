package io.parley.transport.blocking;

import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsOptions;
import io.parley.transport.TlsStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes under TLS. For the threads that {@link ChannelAdapter} names: one reads and one writes at the same time.
 *
 * <p>Now and then the reader has an answer to write. It does so if the writer is not writing; if the writer is, the
 * writer does it next. So a reader never waits for a peer that does not read.
 */
final class TlsAdapter implements ChannelAdapter {
    private static final int MAX_RECORDS = 64; // in one read; a peer may put one byte into each
    private static final long END_MILLIS = 1000;

    private final SocketChannel channel;
    private final TlsStream tls;

    /**
     * Guards the output side. Held while bytes are written, which blocks as long as the peer likes. A leaf: no other lock
     * of this module is taken under it.
     */
    private final ReentrantLock writing = new ReentrantLock();

    private TlsAdapter(SocketChannel channel, TlsStream tls) {
        this.channel = channel;
        this.tls = tls;
    }

    static TlsAdapter server(SocketChannel channel, TlsOptions options) {
        return new TlsAdapter(channel, TlsStream.server(options, channel::read, channel::write, TlsAdapter::buffer));
    }

    static TlsAdapter client(SocketChannel channel, TlsOptions options, SocketAddress address) {
        return new TlsAdapter(
                channel, TlsStream.client(options, address, channel::read, channel::write, TlsAdapter::buffer));
    }

    /** On the heap: ciphers work on arrays, and a direct buffer costs more to make than a record costs to encrypt. */
    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(TlsStream.BUFFER_BYTES);
    }

    @Override
    public boolean handshake(TaskRunner tasks) throws IOException {
        try {
            while (true) {
                switch (tls.handshake()) {
                    case DONE -> {
                        return true;
                    }
                    case PEER_LEFT -> {
                        return false;
                    }
                    case NEEDS_TASK -> tasks.run(tls.takeTask());
                    case NEEDS_INPUT, NEEDS_OUTPUT -> {} // not of a channel that blocks
                }
            }
        } catch (SSLException | RuntimeException refused) {
            discardInput();
            throw refused;
        }
    }

    /** Closing a channel with unread input resets it, and the reset may overtake the alert. */
    private void discardInput() {
        try {
            channel.configureBlocking(false);
            tls.discardInput();
        } catch (IOException e) {
            // The connection fails with the first reason.
        }
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        int count;
        do {
            count = tls.read(bytes, MAX_RECORDS);
            answer();
        } while (count == 0);
        return count;
    }

    /** Writes the answer that is due, unless another thread writes: that thread looks again when it is done. */
    private void answer() {
        while (tls.isAnswerDue() && writing.tryLock()) {
            try {
                tls.answer();
            } catch (IOException broken) {
                // The bytes that were read are given out first. The next read or write finds the same fault.
            } finally {
                writing.unlock();
            }
        }
    }

    @Override
    public Kind peerEnd() {
        return tls.isPeerEnded() ? Kind.ENDED : Kind.TRUNCATED;
    }

    @Override
    public void answerPeerEnd() {
        try {
            // A short wait: the writer is about to see that the connection ends, unless it is stuck.
            if (tls.isPeerEnded() && writing.tryLock(END_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    endOutput();
                } finally {
                    writing.unlock();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The peer has sent everything, and the channel is closed next.
        }
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        writing.lock();
        try {
            tls.write(bytes);
        } finally {
            writing.unlock();
        }
        answer();
        return !bytes.hasRemaining();
    }

    @Override
    public void endOutput() throws IOException {
        writing.lock();
        try {
            tls.endOutput();
            channel.shutdownOutput();
        } finally {
            writing.unlock();
        }
    }

    @Override
    public @Nullable SSLSession session() {
        return tls.session();
    }
}
