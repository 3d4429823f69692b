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
import tlschannel.BufferAllocator;
import tlschannel.ClientTlsChannel;
import tlschannel.HeapBufferAllocator;
import tlschannel.NeedsTaskException;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;

/**
 * Bytes under TLS. The reader shakes hands before there is a writer, and waits while others compute for it; from then on one thread reads
 * and one writes, which the library lets run side by side.
 *
 * <p>The library's {@code shutdown} would wait for a read to return, and a read returns when the peer likes. So the
 * writer ends its direction at the engine, and the reader goes on until the peer has ended the other.
 */
final class TlsWay implements Way {
    /**
     * Whence the library's buffers come and go with each record, and nothing is kept between them. Ciphers work on arrays,
     * and a direct buffer costs more to make than a record.
     */
    private static final BufferAllocator ON_HEAP = new HeapBufferAllocator();

    private static final int MOST_DISCARDED_READS = 64;
    private static final long PATIENCE_MILLIS = 1000;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final TlsChannel tls;
    /** Held by the writer while it writes. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile @Nullable SSLSession session; // written once, by the reader

    private TlsWay(SocketChannel channel, SSLEngine engine, TlsChannel tls) {
        this.channel = channel;
        this.engine = engine;
        this.tls = tls;
    }

    static TlsWay server(SocketChannel channel, TlsOptions options) {
        SSLEngine engine = options.serverEngine();
        // The library wants a context and hands it to the factory, which has its engine already.
        TlsChannel tls = ServerTlsChannel.newBuilder(channel, options.context().get())
                .withEngineFactory(context -> engine)
                .withRunTasks(false)
                .withEncryptedBufferAllocator(ON_HEAP)
                .build();
        return new TlsWay(channel, engine, tls);
    }

    static TlsWay client(SocketChannel channel, TlsOptions options, SocketAddress address) {
        SSLEngine engine = options.clientEngine(address);
        TlsChannel tls = ClientTlsChannel.newBuilder(channel, engine)
                .withRunTasks(false)
                .withEncryptedBufferAllocator(ON_HEAP)
                .build();
        return new TlsWay(channel, engine, tls);
    }

    @Override
    public boolean open(Computing computing) throws IOException {
        try {
            while (true) {
                try {
                    tls.handshake();
                    if (tls.shutdownReceived()) {
                        return false; // it was cancelled, which ends it without an error
                    }
                    session = engine.getSession();
                    return true;
                } catch (NeedsTaskException needed) {
                    computing.run(needed.getTask());
                }
            }
        } catch (ClosedChannelException e) {
            if (channel.isOpen()) {
                return false;
            }
            throw e;
        } catch (SSLException | RuntimeException refused) {
            sayWhy();
            throw refused;
        }
    }

    /** Sends the alert that the engine has ready, so that the peer hears what is wrong. */
    private void sayWhy() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), bytes);
            channel.write(bytes.flip());
            // A channel closed with input unread is reset, and a reset may overtake what was sent.
            channel.configureBlocking(false);
            for (int n = 0; n < MOST_DISCARDED_READS && channel.read(bytes.clear()) > 0; n++) {}
        } catch (IOException | RuntimeException e) {
            // Then it will wonder: the connection fails anyway, with the first reason.
        }
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        try {
            return tls.read(bytes);
        } catch (NeedsTaskException renegotiation) {
            // Nothing else needs a task any more. A writer that comes by must not wait for this one to be run.
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
    public void answerEnd() {
        try {
            // Not for long: the writer is about to see that all is over, unless it is stuck.
            if (tls.shutdownReceived() && writing.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    end();
                } finally {
                    writing.unlock();
                }
            }
        } catch (IOException | InterruptedException e) {
            // The peer has said all it had to say, and the channel is closed next.
        }
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        return !bytes.hasRemaining() || push(bytes);
    }

    @Override
    public void end() throws IOException {
        engine.closeOutbound();
        // The engine gives its close_notify in place of the byte, which it leaves; the second call sends that.
        push(ByteBuffer.allocate(1));
        push(ByteBuffer.allocate(0));
        channel.shutdownOutput();
    }

    /** Sends what is left in the library, and all of this unless the engine takes no more. */
    private boolean push(ByteBuffer bytes) throws IOException {
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
