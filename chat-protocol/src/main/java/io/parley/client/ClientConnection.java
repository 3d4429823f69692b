package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Scheduler;
import io.parley.transport.Sink;
import io.parley.transport.Transport;
import io.parley.wire.Bye;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Hello;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.ProtocolException;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of one connection, or of one attempt to make it: bytes to frames and back, signs of life, and how it
 * begins and ends (see {@link ConnectionState}).
 *
 * <p>Threads: {@code onBytes} and {@code onWritable} as the transport calls them, the timers on the scheduler's, everything
 * else from any.
 */
final class ClientConnection implements ConnectionHandler {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long LONGEST_HEARTBEAT_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final Hello hello;
    private final ServerFrame.Handler frames;
    private final Runnable afterRead;
    private final Consumer<ChatException> atEnd;
    private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
    private final AtomicReference<ConnectionState> state = new AtomicReference<>(ConnectionState.CONNECTING);
    private final AtomicReference<@Nullable ChatException> cause = new AtomicReference<>();
    private final Outbox outbox = new Outbox();
    private volatile @Nullable Connection connection; // set by onOpen
    private volatile Scheduler.Timeout timeout = () -> {};
    private volatile boolean complete; // set before the timeout is cancelled
    private volatile long heartbeat; // in nanoseconds; set by WELCOME
    private volatile boolean paused;
    private volatile long lastInbound;
    private volatile long lastOutbound;

    /**
     * Makes a connection that is not begun.
     *
     * @param frames told of each frame, on the reader's thread
     * @param afterRead run when all frames that came at once were told
     * @param atEnd told of the end, once and last
     */
    ClientConnection(
            Scheduler scheduler,
            Hello hello,
            ServerFrame.Handler frames,
            Runnable afterRead,
            Consumer<ChatException> atEnd) {
        this.scheduler = scheduler;
        this.hello = hello;
        this.frames = frames;
        this.afterRead = afterRead;
        this.atEnd = atEnd;
        lastInbound = scheduler.nanoTime();
    }

    /** Connects and says who comes. To be called once. */
    void connect(Transport transport, SocketAddress address, Duration atMost) {
        Connection made = transport.connect(address, this);
        connection = made;
        timeout = scheduler.schedule(
                atMost, () -> end(new ChatException(ErrorCode.TIMEOUT, "the server did not answer in time")));
        if (state.get() == ConnectionState.CLOSED
                || complete) { // all that is the transport's threads' may be done by now
            timeout.cancel();
        } else if (cause.get() != null || state.get() == ConnectionState.CLOSING) {
            made.abort(); // it was given up meanwhile
        }
    }

    // ---- the transport's calls

    @Override
    public void onOpen(Connection made) {
        connection = made;
        lastInbound = scheduler.nanoTime();
        if (state.compareAndSet(ConnectionState.CONNECTING, ConnectionState.GREETING)) {
            outbox.addFirst(hello.toBytes());
            outbox.addFirst(Wire.PREFACE.toArray());
            flush();
            scheduler.schedule(TICK, this::tick);
        } else {
            made.abort();
        }
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        lastInbound = scheduler.nanoTime();
        try {
            ServerFrame frame = decoder.next(bytes);
            while (frame != null) {
                frame.accept(frames);
                frame = decoder.next(bytes);
            }
        } catch (ProtocolException | ClassCastException malformed) {
            bytes.position(bytes.limit());
            end(new ChatException(ErrorCode.MALFORMED, "the server sent what cannot be: " + malformed.getMessage()));
        }
        afterRead.run();
    }

    @Override
    public Progress onWritable(Sink sink) {
        return outbox.write(sink);
    }

    @Override
    public void onClosed(Disconnect disconnect) {
        boolean byUs = state.getAndSet(ConnectionState.CLOSED) == ConnectionState.CLOSING && cause.get() == null;
        timeout.cancel();
        ChatException lost = ChatException.lost(byUs ? "closed" : words(disconnect), byUs ? null : disconnect.cause());
        ChatException why = cause.compareAndExchange(null, lost);
        atEnd.accept(why == null ? lost : why);
    }

    private static String words(Disconnect disconnect) {
        Throwable thrown = disconnect.cause();
        return switch (disconnect.kind()) {
            case ENDED -> "the server ended the connection";
            case TRUNCATED -> "the connection broke off";
            case FAILED ->
                thrown == null || thrown.getMessage() == null
                        ? "the connection failed"
                        : "the connection failed: " + thrown.getMessage();
            default -> "the connection was cut";
        };
    }

    @Nullable
    SSLSession tls() {
        Connection current = connection;
        return current == null ? null : current.tls();
    }

    // ---- sending

    void queue(byte[] frame) {
        outbox.add(frame);
    }

    void answer(Ping ping) {
        outbox.answer(new Pong(ping.nonce()));
        flush();
    }

    void flush() {
        Connection current = connection;
        if (current != null && state.get() != ConnectionState.CONNECTING) {
            lastOutbound = scheduler.nanoTime();
            current.wantWrite();
        }
    }

    // ---- the login

    /** The login succeeded; false if it had already. {@link #complete} is to follow. The reader's thread. */
    boolean open(Welcome welcome) {
        boolean opened = state.compareAndSet(ConnectionState.GREETING, ConnectionState.OPEN);
        if (opened) {
            decoder.maxFrameBytes(Math.max(welcome.limits().maxFrame(), Wire.DEFAULT_MAX_FRAME));
            heartbeat = TimeUnit.MILLISECONDS.toNanos(
                    Math.min(welcome.limits().heartbeatMillis(), LONGEST_HEARTBEAT_MILLIS));
        }
        return opened;
    }

    /** All is there that belongs to the login: the time for it does not run any more. */
    void complete() {
        complete = true;
        timeout.cancel();
    }

    /** Whether this client is logged in over it, and has not begun to end it. */
    boolean isOpen() {
        return state.get() == ConnectionState.OPEN;
    }

    // ---- the end

    /** Says why the connection is about to end. */
    void because(ChatException why) {
        cause.compareAndSet(null, why);
    }

    /** Ends the connection for a reason. */
    void end(ChatException why) {
        because(why);
        abort();
    }

    void abort() {
        Connection current = connection;
        if (current != null) {
            current.abort();
        }
    }

    /** Ends when what was queued is sent, with a goodbye: it ends the session, too. */
    void bye() {
        close(true);
    }

    /** Ends when what was queued is sent; the session may go on over another connection. */
    void drop() {
        close(false);
    }

    private void close(boolean goodbye) {
        Connection current = connection;
        ConnectionState before =
                state.getAndUpdate(now -> now.canBecome(ConnectionState.CLOSING) ? ConnectionState.CLOSING : now);
        if (current != null && before == ConnectionState.OPEN) {
            if (goodbye) {
                queue(new Bye("").toBytes());
                flush();
            }
            current.close();
            scheduler.schedule(CLOSE_TIMEOUT, current::abort);
        } else if (current != null && before != ConnectionState.CLOSED && before != ConnectionState.CLOSING) {
            current.abort();
        }
    }

    // ---- flow and time

    void pause(boolean pause) {
        Connection current = connection;
        paused = pause;
        if (current != null && pause) {
            current.pauseReads();
        } else if (current != null) {
            lastInbound = scheduler.nanoTime();
            current.resumeReads();
        }
    }

    private void tick() {
        if (state.get() == ConnectionState.CLOSED) {
            return;
        }
        try {
            beat(scheduler.nanoTime(), heartbeat);
        } finally {
            scheduler.schedule(TICK, this::tick); // whatever happened
        }
    }

    private void beat(long now, long most) {
        if (most > 0) {
            if (!paused && now - lastInbound > 2 * most) {
                end(new ChatException(ErrorCode.IDLE, "nothing was heard from the server for too long"));
            } else if (now - lastOutbound > most || (!paused && now - lastInbound > most)) {
                // Nobody waits for its answer. It is sent also while nothing is read: the server listens for signs of
                // life.
                queue(new Ping(0).toBytes());
                flush();
            }
        }
    }
}
