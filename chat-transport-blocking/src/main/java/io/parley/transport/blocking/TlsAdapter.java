package io.parley.transport.blocking;

import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tlschannel.NeedsTaskException;
import tlschannel.TlsChannel;

/**
 * Moves bytes under TLS. For the threads that {@link ChannelAdapter} names: one reads and one writes, which the library
 * lets run at the same time.
 *
 * <p>The library's {@code shutdown} is not used: it would wait for a read to return, and a read returns when the peer
 * likes. So the writer ends its direction at the engine, and the reader goes on until the peer has ended the other.
 */
final class TlsAdapter implements ChannelAdapter {
    private static final int MAX_DISCARDED_READS = 64;
    private static final long ANSWER_MILLIS = 1000;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final TlsChannel tls;

    /**
     * Guards the output of the library. Held while bytes are written, which blocks as long as the peer likes. A leaf: no
     * other lock of this module is taken under it.
     */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile @Nullable SSLSession session; // written once, by the reader thread

    private TlsAdapter(SocketChannel channel, SSLEngine engine, TlsChannel tls) {
        this.channel = channel;
        this.engine = engine;
        this.tls = tls;
    }

    static TlsAdapter server(SocketChannel channel, TlsOptions options) {
        SSLEngine engine = options.serverEngine();
        return new TlsAdapter(channel, engine, TlsChannels.server(channel, options, engine));
    }

    static TlsAdapter client(SocketChannel channel, TlsOptions options, SocketAddress address) {
        SSLEngine engine = options.clientEngine(address);
        return new TlsAdapter(channel, engine, TlsChannels.client(channel, engine));
    }

    @Override
    public boolean handshake(TaskRunner tasks) throws IOException {
        try {
            while (true) {
                try {
                    tls.handshake();
                    if (tls.shutdownReceived()) {
                        return false; // the peer cancelled it, which is no error to the library
                    }
                    session = engine.getSession();
                    return true;
                } catch (NeedsTaskException needed) {
                    tasks.run(needed.getTask());
                }
            }
        } catch (ClosedChannelException e) {
            if (channel.isOpen()) {
                return false;
            }
            throw e;
        } catch (SSLException | RuntimeException refused) {
            sendAlert();
            throw refused;
        }
    }

    /** Sends the alert that the engine has ready: it tells the peer why the handshake failed. */
    private void sendAlert() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), bytes);
            channel.write(bytes.flip());
            // Closing a channel with unread input resets it, and the reset may overtake the alert.
            channel.configureBlocking(false);
            for (int n = 0; n < MAX_DISCARDED_READS && channel.read(bytes.clear()) > 0; n++) {}
        } catch (IOException | RuntimeException e) {
            // The connection fails anyway, with the first reason.
        }
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        try {
            return tls.read(bytes);
        } catch (NeedsTaskException renegotiation) {
            // Nothing else needs a task after the handshake. The writer must not wait until this one is run.
            engine.closeOutbound();
            SSLException refusal = new SSLHandshakeException("the peer wants to negotiate again");
            refusal.addSuppressed(renegotiation);
            throw refusal;
        }
    }

    @Override
    public Kind peerEnd() {
        return tls.shutdownReceived() ? Kind.ENDED : Kind.TRUNCATED;
    }

    @Override
    public void answerPeerEnd() {
        try {
            // A short wait: the writer is about to see that the connection ends, unless it is stuck.
            if (tls.shutdownReceived() && writing.tryLock(ANSWER_MILLIS, TimeUnit.MILLISECONDS)) {
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
        return !bytes.hasRemaining() || writeAll(bytes);
    }

    @Override
    public void endOutput() throws IOException {
        engine.closeOutbound();
        // The engine gives its close_notify instead of taking the byte, and the second call sends it.
        writeAll(ByteBuffer.allocate(1));
        writeAll(ByteBuffer.allocate(0));
        channel.shutdownOutput();
    }

    /** Writes the ciphertext that is left in the library, then all bytes; false if the engine takes no more. */
    private boolean writeAll(ByteBuffer bytes) throws IOException {
        writing.lock();
        try {
            tls.write(bytes);
            return !bytes.hasRemaining();
        } catch (ClosedChannelException e) {
            if (channel.isOpen()) {
                return false;
            }
            throw e;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public @Nullable SSLSession session() {
        return session;
    }
}
