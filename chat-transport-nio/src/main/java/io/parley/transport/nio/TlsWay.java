package io.parley.transport.nio;

import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tlschannel.BufferAllocator;
import tlschannel.ClientTlsChannel;
import tlschannel.HeapBufferAllocator;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;
import tlschannel.ServerTlsChannel;
import tlschannel.TlsChannel;

/**
 * Bytes under TLS. What the library cannot do at once it says by throwing; here that becomes a state.
 *
 * <p>A write that had to stop has taken bytes all the same: the source's position tells. Its ciphertext stays in the
 * library, and an empty write goes on with it. The library's {@code shutdown} is not used: after it nothing can be read,
 * and a peer may send until it has seen our end.
 */
final class TlsWay implements Way {
    private static final int LARGEST_RECORD = 16 * 1024; // of plain bytes
    /** In one read: a peer may put one byte into each, and decrypting them takes the loop's time. */
    private static final int MOST_RECORDS = 64;

    private static final int MOST_DISCARDED_READS = 64;
    /**
     * Whence the library's buffers come and go with each record, and nothing is kept between them. Ciphers work on arrays,
     * and a direct buffer costs more to make than a record.
     */
    private static final BufferAllocator ON_HEAP = new HeapBufferAllocator();

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final TlsChannel tls;
    private @Nullable Runnable task;
    private boolean full; // ciphertext waits in the library
    private boolean holdsInput = true;
    private boolean ending;
    private boolean notified; // close_notify is encrypted
    private @Nullable IOException failure; // of a read that gave bytes all the same
    private volatile @Nullable SSLSession session; // written once, by the loop

    private TlsWay(SocketChannel channel, SSLEngine engine, TlsChannel tls, @Nullable Runnable first) {
        this.channel = channel;
        this.engine = engine;
        this.tls = tls;
        this.task = first;
    }

    static TlsWay server(SocketChannel channel, TlsOptions options) {
        SSLEngine engine = options.serverEngine();
        // The library wants a context and hands it to the factory, which has its engine already.
        TlsChannel tls = ServerTlsChannel.newBuilder(channel, options.context().get())
                .withEngineFactory(context -> engine)
                .withRunTasks(false)
                .withEncryptedBufferAllocator(ON_HEAP)
                .build();
        return new TlsWay(channel, engine, tls, null);
    }

    static TlsWay client(SocketChannel channel, TlsOptions options, SocketAddress address) {
        SSLEngine engine = options.clientEngine(address);
        TlsChannel tls = ClientTlsChannel.newBuilder(channel, engine)
                .withRunTasks(false)
                .withEncryptedBufferAllocator(ON_HEAP)
                .build();
        // A client's first keys are made when the handshake begins, which takes long enough to be a task.
        return new TlsWay(channel, engine, tls, () -> begin(engine));
    }

    private static void begin(SSLEngine engine) {
        try {
            engine.beginHandshake();
        } catch (SSLException refused) {
            // The loop's own attempt meets the same, and says so.
            Loop.LOG.log(System.Logger.Level.DEBUG, "a handshake could not begin", refused);
        }
    }

    // ---- the handshake

    @Override
    public Opening open() throws IOException {
        if (task != null) {
            return Opening.AFTER_TASK;
        }
        try {
            tls.handshake();
            if (tls.shutdownReceived()) {
                throw new PeerLeftException(); // it was cancelled, which ends it without an error
            }
            session = engine.getSession();
            return Opening.DONE;
        } catch (NeedsReadException e) {
            return Opening.WHEN_READABLE;
        } catch (NeedsWriteException e) {
            return Opening.WHEN_WRITABLE;
        } catch (NeedsTaskException needed) {
            task = needed.getTask();
            return Opening.AFTER_TASK;
        } catch (ClosedChannelException e) {
            throw channel.isOpen() ? new PeerLeftException() : e;
        } catch (SSLException | RuntimeException refused) {
            sayWhy();
            throw refused;
        }
    }

    @Override
    public Runnable task() {
        Runnable next = task;
        task = null;
        if (next == null) {
            throw new IllegalStateException("there is nothing to do");
        }
        return next;
    }

    /** Sends the alert that the engine has ready, so that the peer hears what is wrong. */
    private void sayWhy() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(NOTHING.duplicate(), bytes);
            channel.write(bytes.flip());
            // A channel closed with input unread is reset, and a reset may overtake what was sent.
            int left = MOST_DISCARDED_READS;
            while (left > 0 && channel.read(bytes.clear()) > 0) {
                left--;
            }
        } catch (IOException | RuntimeException e) {
            // Then it will wonder: the connection fails anyway, with the first reason.
            Loop.LOG.log(System.Logger.Level.DEBUG, "a peer could not be told why its handshake failed", e);
        }
    }

    @Override
    public @Nullable SSLSession session() {
        return session;
    }

    // ---- reading

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        if (failure != null) {
            throw failure;
        }
        holdsInput = true;
        int from = bytes.position();
        int last = 0;
        try {
            for (int n = 0; n < MOST_RECORDS && last >= 0 && bytes.remaining() >= LARGEST_RECORD; n++) {
                last = tls.read(bytes);
            }
        } catch (NeedsReadException e) {
            holdsInput = false;
        } catch (NeedsWriteException e) {
            full = true; // an answer to the peer's change of keys
        } catch (NeedsTaskException renegotiation) {
            // Nothing else needs a task once the handshake is done.
            failure = new SSLHandshakeException("the peer wants to negotiate again");
        } catch (IOException broken) {
            failure = broken;
        }
        int count = bytes.position() - from;
        if (count == 0 && failure != null) {
            throw failure;
        }
        return count == 0 && last < 0 ? -1 : count; // what came before an end or a failure comes before it here
    }

    @Override
    public boolean holdsInput() {
        return holdsInput;
    }

    @Override
    public Kind onPeerEnd() {
        if (!tls.shutdownReceived()) {
            return Kind.TRUNCATED;
        }
        try {
            end();
        } catch (IOException e) {
            Loop.LOG.log(System.Logger.Level.DEBUG, "a peer's end could not be answered", e);
        }
        return Kind.ENDED;
    }

    // ---- writing

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (failure != null) {
            // Of a read, while reads are paused. An engine that waits for a task takes nothing: the library would spin.
            throw failure;
        }
        try {
            tls.write(bytes);
            full = false;
            if (bytes.hasRemaining() && !ending) {
                throw new ClosedChannelException(); // before TLS 1.3 the peer's end is the end of both ways
            }
        } catch (NeedsWriteException e) {
            full = true;
        }
    }

    @Override
    public boolean flush() throws IOException {
        if (full) {
            write(NOTHING.duplicate());
        }
        return !full;
    }

    @Override
    public boolean isFull() {
        return full;
    }

    @Override
    public boolean end() throws IOException {
        if (!notified) {
            if (!flush()) {
                return false;
            }
            ending = true;
            engine.closeOutbound();
            // The engine gives its close_notify instead of taking the byte, and the empty write sends it.
            write(ByteBuffer.allocate(1));
            notified = !full;
            full = true;
        }
        if (!flush()) {
            return false;
        }
        channel.shutdownOutput();
        return true;
    }
}
