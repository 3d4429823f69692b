package io.parley.transport.nio;

import io.parley.transport.nio.ChannelAdapter.HandshakeStep;
import io.parley.transport.nio.ChannelAdapter.HandshakeTruncatedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;

/**
 * One TLS handshake. Loop thread only; the tasks that it gives out run on other threads. The library throws what it
 * needs before it can go on; here that becomes a {@link HandshakeStep}.
 */
final class TlsHandshake {
    private static final int MAX_DISCARDED_READS = 64;

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final TlsChannel tls;
    private @Nullable Runnable task; // loop thread only; the next one to run

    private TlsHandshake(SocketChannel channel, SSLEngine engine, TlsChannel tls, @Nullable Runnable firstTask) {
        this.channel = channel;
        this.engine = engine;
        this.tls = tls;
        this.task = firstTask;
    }

    static TlsHandshake server(SocketChannel channel, SSLEngine engine, TlsChannel tls) {
        return new TlsHandshake(channel, engine, tls, null);
    }

    /** A client makes its first keys when the handshake begins. That takes long enough to be a task. */
    static TlsHandshake client(SocketChannel channel, SSLEngine engine, TlsChannel tls) {
        return new TlsHandshake(channel, engine, tls, () -> begin(engine));
    }

    private static void begin(SSLEngine engine) {
        try {
            engine.beginHandshake();
        } catch (SSLException refused) {
            // The loop's own attempt fails in the same way and reports it.
            TransportLog.debug("a handshake could not begin", refused);
        }
    }

    HandshakeStep advance() throws IOException {
        if (task != null) {
            return HandshakeStep.NEEDS_TASK;
        }
        try {
            tls.handshake();
            if (tls.shutdownReceived()) {
                throw new HandshakeTruncatedException(); // the peer cancelled it, which is no error to the library
            }
            return HandshakeStep.DONE;
        } catch (NeedsReadException e) {
            return HandshakeStep.NEEDS_READ;
        } catch (NeedsWriteException e) {
            return HandshakeStep.NEEDS_WRITE;
        } catch (NeedsTaskException needed) {
            task = needed.getTask();
            return HandshakeStep.NEEDS_TASK;
        } catch (ClosedChannelException e) {
            throw channel.isOpen() ? new HandshakeTruncatedException() : e;
        } catch (SSLException | RuntimeException refused) {
            sendAlert();
            throw refused;
        }
    }

    /** The task that the last step asked for. */
    Runnable takeTask() {
        Runnable next = task;
        task = null;
        if (next == null) {
            throw new IllegalStateException("no handshake task");
        }
        return next;
    }

    /** What the complete handshake agreed on. */
    SSLSession session() {
        return engine.getSession();
    }

    /** Sends the alert that the engine has ready: it tells the peer why the handshake failed. */
    private void sendAlert() {
        try {
            ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), bytes);
            channel.write(bytes.flip());
            // Closing a channel with unread input resets it, and the reset may overtake the alert.
            int left = MAX_DISCARDED_READS;
            while (left > 0 && channel.read(bytes.clear()) > 0) {
                left--;
            }
        } catch (IOException | RuntimeException e) {
            // The connection fails anyway, with the first reason.
            TransportLog.debug("the alert of a failed handshake could not be sent", e);
        }
    }
}
