package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Scheduler;
import io.parley.transport.Sink;
import io.parley.transport.Transport;
import io.parley.wire.Bye;
import io.parley.wire.ClientFrame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Goaway;
import io.parley.wire.Hello;
import io.parley.wire.Limits;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.ProtocolException;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a connection: bytes to frames and back, and how it begins and ends (see {@link ClientState}).
 *
 * <p>Threads: {@code onBytes} and {@code onWritable} as the transport calls them, {@link #tick} on the scheduler's,
 * everything else from any.
 */
final class ClientSession implements ConnectionHandler, Link {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final long LONGEST_HEARTBEAT_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Scheduler scheduler;
    private final ClientListener listener;
    private final Hello hello;
    private final Callbacks callbacks;
    private final PendingRequests requests = new PendingRequests(this);
    private final PendingCommands commands = new PendingCommands(this);
    private final ServerFrames frames = new ServerFrames(this);
    private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
    private final AtomicReference<ClientState> state = new AtomicReference<>(ClientState.CONNECTING);
    private final AtomicReference<@Nullable ChatException> cause = new AtomicReference<>();
    private final CompletableFuture<ClientSession> opened = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private final Outbox outbox = new Outbox();
    private volatile @Nullable Connection connection; // set by onOpen
    private volatile @Nullable Welcome welcome;
    private volatile UserItem user = new UserItem(0, UserKind.GUEST, "");
    private volatile boolean paused;
    private volatile boolean leaving; // close when nothing is owed
    private volatile long lastInbound;
    private volatile long lastOutbound;

    ClientSession(Hello hello, ClientListener listener, Scheduler scheduler, Executor executor) {
        this.hello = hello;
        this.listener = listener;
        this.scheduler = scheduler;
        callbacks = new Callbacks(executor, () -> pause(true), () -> pause(false));
        lastInbound = now();
    }

    @Override
    public long now() {
        return scheduler.nanoTime();
    }

    @Override
    public Callbacks callbacks() {
        return callbacks;
    }

    @Override
    public PendingRequests requests() {
        return requests;
    }

    @Override
    public PendingCommands commands() {
        return commands;
    }

    ServerFrames frames() {
        return frames;
    }

    ClientListener listener() {
        return listener;
    }

    CompletableFuture<@Nullable Void> closed() {
        return closed;
    }

    @Override
    public UserItem user() {
        return user;
    }

    void renamed(String given) {
        user = new UserItem(user.id(), user.kind(), given);
    }

    @Override
    public long origin() {
        Welcome given = welcome;
        return given == null ? 0 : given.origin();
    }

    String greeting() {
        Welcome given = welcome;
        return given == null ? "" : given.server();
    }

    // ---- the beginning

    /** Connects and logs in. To be called once. */
    CompletableFuture<ClientSession> connect(Transport transport, SocketAddress address, Duration atMost) {
        connection = transport.connect(address, this);
        Scheduler.Timeout timeout = scheduler.schedule(
                atMost, () -> end(new ChatException(ErrorCode.TIMEOUT, "the server did not answer in time")));
        return opened.thenApply(open -> {
            timeout.cancel();
            return open;
        });
    }

    // ---- the transport's calls

    @Override
    public void onOpen(Connection made) {
        connection = made;
        lastInbound = now();
        if (state.compareAndSet(ClientState.CONNECTING, ClientState.GREETING)) {
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
        lastInbound = now();
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
        closeIfLeaving();
    }

    @Override
    public Progress onWritable(Sink sink) {
        return outbox.write(sink);
    }

    @Override
    public void onClosed(Disconnect disconnect) {
        boolean byUs = state.getAndSet(ClientState.CLOSED) == ClientState.CLOSING && cause.get() == null;
        String text = byUs ? "closed" : words(disconnect);
        cause.compareAndSet(null, ChatException.lost(text, byUs ? null : disconnect.cause()));
        ChatException why = cause.get();
        if (why != null) {
            commands.end(why);
            requests.end(why);
            callbacks.tell(() -> opened.completeExceptionally(why));
            frames.rooms().forEach(view -> view.closed(why.code(), String.valueOf(why.getMessage())));
            callbacks.tell(() -> {
                try {
                    listener.onClosed(why);
                } finally {
                    closed.complete(null);
                }
            });
        }
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

    @Override
    public void queue(ClientFrame frame) {
        outbox.add(frame.toBytes());
    }

    @Override
    public void queue(byte[] frame) {
        outbox.add(frame);
    }

    void answer(Ping ping) {
        outbox.answer(new Pong(ping.nonce()));
        flush();
    }

    @Override
    public void flush() {
        Connection current = connection;
        if (current != null && state.get() != ClientState.CONNECTING) {
            lastOutbound = now();
            current.wantWrite();
        }
    }

    @Override
    public boolean mayBeSent(int bytes) {
        Welcome given = welcome;
        return given == null || bytes - Wire.HEADER_BYTES <= given.limits().maxFrame();
    }

    Limits limits() {
        Welcome given = welcome;
        if (given == null) {
            throw new IllegalStateException("not connected yet");
        }
        return given.limits();
    }

    @Override
    public int maxFrameBytes() {
        return Math.max(limits().maxFrame(), Wire.DEFAULT_MAX_FRAME);
    }

    // ---- what the server says of the connection; the reader's thread

    void welcome(Welcome given) {
        if (state.compareAndSet(ClientState.GREETING, ClientState.OPEN)) {
            welcome = given;
            user = given.user();
            decoder.maxFrameBytes(maxFrameBytes());
            commands.limit(given.limits());
            callbacks.tell(() -> opened.complete(this));
        }
    }

    void goingAway(Goaway goaway) {
        commands.refuseMore(new ChatException(ErrorCode.GOING_AWAY, goaway.text(), goaway.reconnectAfterMillis()));
        callbacks.tell(() -> listener.onGoingAway(goaway.text(), goaway.reconnectAfterMillis()));
        cause.compareAndSet(null, new ChatException(ErrorCode.GOING_AWAY, "the server went away"));
        leaving = true;
    }

    private void closeIfLeaving() {
        if (leaving && commands.isIdle()) {
            bye();
        }
    }

    // ---- the end

    /** Ends the connection for a reason. Any thread. */
    void end(ChatException why) {
        cause.compareAndSet(null, why);
        abort();
    }

    void abort() {
        Connection current = connection;
        if (current != null) {
            current.abort();
        }
    }

    /** Ends when everything that was said has its outcome, or after a while. Any thread. Idempotent. */
    void close() {
        commands.refuseMore(new ChatException(ChatException.NOT_CONNECTED, "closed"));
        if (state.get() == ClientState.OPEN && !commands.isIdle()) {
            leaving = true;
            scheduler.schedule(CLOSE_TIMEOUT, this::bye);
            if (!commands.isIdle()) {
                return;
            }
        }
        bye();
    }

    /** Says goodbye, and ends when what was queued is sent. */
    private void bye() {
        Connection current = connection;
        ClientState before = state.getAndUpdate(now -> now.canBecome(ClientState.CLOSING) ? ClientState.CLOSING : now);
        if (current != null && before == ClientState.OPEN) {
            queue(new Bye(""));
            flush();
            current.close();
            scheduler.schedule(CLOSE_TIMEOUT, current::abort);
        } else if (current != null && before != ClientState.CLOSED && before != ClientState.CLOSING) {
            current.abort();
        }
    }

    // ---- flow and time

    private void pause(boolean pause) {
        Connection current = connection;
        paused = pause;
        if (current != null && pause) {
            current.pauseReads();
        } else if (current != null) {
            lastInbound = now();
            current.resumeReads();
        }
    }

    @Override
    public void later(long millis, Runnable task) {
        scheduler.schedule(Duration.ofMillis(millis), () -> {
            if (state.get() == ClientState.OPEN) {
                task.run();
            }
        });
    }

    private void tick() {
        if (state.get() == ClientState.CLOSED) {
            return;
        }
        long now = now();
        Welcome given = welcome;
        if (given != null) {
            long heartbeat =
                    TimeUnit.MILLISECONDS.toNanos(Math.min(given.limits().heartbeatMillis(), LONGEST_HEARTBEAT_MILLIS));
            if (!paused && now - lastInbound > 2 * heartbeat) {
                end(new ChatException(ErrorCode.IDLE, "nothing was heard from the server for too long"));
            } else if (now - lastOutbound > heartbeat || (!paused && now - lastInbound > heartbeat)) {
                queue(new Ping(
                        0)); // nobody waits for its answer; sent also while nothing is read: the server listens for
                // signs of life
                flush();
            }
            if (!paused) {
                requests.expire(now - ANSWER_TIMEOUT.toNanos());
            }
        }
        scheduler.schedule(TICK, this::tick);
    }
}
