package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Scheduler;
import io.parley.transport.Sink;
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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a connection: bytes to frames and back, and the order in which it begins and ends.
 *
 * <pre>
 *   CONNECTING --connected, HELLO sent--> GREETING --WELCOME--> OPEN --BYE--> CLOSING --> CLOSED
 *        any of them --refused, lost, aborted--> CLOSED
 * </pre>
 *
 * <p>Threads: {@code onBytes} and {@code onWritable} as the transport calls them, {@link #tick} on the scheduler's,
 * everything else from any. Over 300 lines because all that begins and ends a connection is kept together.
 */
final class ClientSession implements ConnectionHandler {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final long LONGEST_HEARTBEAT_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** How far a session has come; only ever forwards. */
    enum State {
        CONNECTING,
        GREETING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final Scheduler scheduler;
    private final ClientListener listener;
    private final Hello hello;
    private final Callbacks callbacks;
    private final Calls calls = new Calls(this);
    private final Says says = new Says(this);
    private final ServerFrames frames = new ServerFrames(this);
    private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
    private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
    private final AtomicReference<@Nullable ChatException> cause = new AtomicReference<>();
    private final CompletableFuture<ClientSession> opened = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock(); // a leaf; guards outbox
    private final ArrayDeque<byte[]> outbox = new ArrayDeque<>(2); // lock
    private @Nullable Pong pong; // that is owed; lock
    private byte[] writing = {}; // the writer's
    private int written; // the writer's
    private volatile @Nullable Connection connection; // set by onOpen
    private volatile @Nullable Welcome welcome;
    private volatile String name = "";
    private volatile boolean paused;
    private volatile boolean leaving; // close when nothing is owed
    private volatile long lastInbound;
    private volatile long lastOutbound;

    ClientSession(ChatClient.Builder options) {
        scheduler = options.scheduler();
        listener = options.listener();
        hello = options.hello();
        callbacks = new Callbacks(options.executor(), () -> pause(true), () -> pause(false));
        lastInbound = now();
    }

    long now() {
        return scheduler.nanoTime();
    }

    Callbacks callbacks() {
        return callbacks;
    }

    Calls calls() {
        return calls;
    }

    Says says() {
        return says;
    }

    ServerFrames frames() {
        return frames;
    }

    ClientListener listener() {
        return listener;
    }

    CompletableFuture<ClientSession> opened() {
        return opened;
    }

    CompletableFuture<@Nullable Void> closed() {
        return closed;
    }

    String name() {
        return name;
    }

    void renamed(String given) {
        name = given;
    }

    long origin() {
        Welcome given = welcome;
        return given == null ? 0 : given.origin();
    }

    String greeting() {
        Welcome given = welcome;
        return given == null ? "" : given.server();
    }

    // ---- the transport's calls

    @Override
    public void onOpen(Connection made) {
        connection = made;
        lastInbound = now();
        if (state.compareAndSet(State.CONNECTING, State.GREETING)) {
            lock.lock();
            try {
                outbox.addFirst(hello.toBytes());
                outbox.addFirst(Wire.PREFACE.toArray());
            } finally {
                lock.unlock();
            }
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
        while (true) {
            if (written == writing.length) {
                byte[] next = next();
                if (next == null) {
                    return Progress.DRAINED;
                }
                writing = next;
                written = 0;
            }
            int taken = sink.write(writing, written, writing.length - written);
            if (taken == 0) {
                return Progress.MORE;
            }
            written += taken;
        }
    }

    private byte @Nullable [] next() {
        lock.lock();
        try {
            byte[] next = outbox.poll();
            if (next == null && pong != null) {
                next = pong.toBytes();
                pong = null;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onClosed(Disconnect disconnect) {
        boolean byUs = state.getAndSet(State.CLOSED) == State.CLOSING && cause.get() == null;
        String text = byUs ? "closed" : words(disconnect);
        cause.compareAndSet(null, ChatException.lost(text, byUs ? null : disconnect.cause()));
        ChatException why = cause.get();
        if (why != null) {
            says.end(why);
            calls.end(why);
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

    /** Queues a frame; {@link #flush} sends it. Any thread, under any lock. */
    void queue(ClientFrame frame) {
        queue(frame.toBytes());
    }

    void queue(byte[] frame) {
        lock.lock();
        try {
            outbox.add(frame);
        } finally {
            lock.unlock();
        }
    }

    /** Answers a PING, behind all else; one answer is enough for a server that takes none and goes on asking. */
    void answer(Ping ping) {
        lock.lock();
        try {
            pong = new Pong(ping.nonce());
        } finally {
            lock.unlock();
        }
        flush();
    }

    void flush() {
        Connection current = connection;
        if (current != null && state.get() != State.CONNECTING) {
            lastOutbound = now();
            current.wantWrite();
        }
    }

    boolean mayBeSent(byte[] frame) {
        Welcome given = welcome;
        return given == null
                || frame.length - Wire.HEADER_BYTES <= given.limits().maxFrame();
    }

    CompletableFuture<Receipt> say(int room, String text, Tags tags) {
        Limits limits = limits();
        if (text.length() > limits.maxBody() / 3 && text.getBytes(StandardCharsets.UTF_8).length > limits.maxBody()) {
            return CompletableFuture.failedFuture(new ChatException(
                    ErrorCode.TOO_LARGE, "a message has at most " + limits.maxBody() + " bytes here"));
        }
        if (tags.encodedBytes() > limits.maxTags() && !tags.isEmpty()) {
            return CompletableFuture.failedFuture(
                    new ChatException(ErrorCode.TOO_LARGE, "tags have at most " + limits.maxTags() + " bytes here"));
        }
        return says.say(room, text, tags);
    }

    Limits limits() {
        Welcome given = welcome;
        if (given == null) {
            throw new IllegalStateException("not connected yet");
        }
        return given.limits();
    }

    /** The largest frame that may come. */
    int maxFrameBytes() {
        return Math.max(limits().maxFrame(), Wire.DEFAULT_MAX_FRAME);
    }

    // ---- what the server says of the connection; the reader's thread

    void welcome(Welcome given) {
        if (state.compareAndSet(State.GREETING, State.OPEN)) {
            welcome = given;
            name = given.name();
            decoder.maxFrameBytes(maxFrameBytes());
            says.limit(given.limits().inFlight());
            callbacks.tell(() -> opened.complete(this));
        }
    }

    void goingAway(Goaway goaway) {
        says.refuseMore(new ChatException(ErrorCode.GOING_AWAY, goaway.text(), goaway.reconnectAfterMillis()));
        callbacks.tell(() -> listener.onGoingAway(goaway.text(), goaway.reconnectAfterMillis()));
        cause.compareAndSet(null, new ChatException(ErrorCode.GOING_AWAY, "the server went away"));
        leaving = true;
    }

    private void closeIfLeaving() {
        if (leaving && says.isIdle()) {
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
        says.refuseMore(new ChatException(ChatException.NOT_CONNECTED, "closed"));
        if (state.get() == State.OPEN && !says.isIdle()) {
            leaving = true;
            scheduler.schedule(CLOSE_TIMEOUT, this::bye);
            if (!says.isIdle()) {
                return;
            }
        }
        bye();
    }

    /** Says goodbye, and ends when what was queued is sent. */
    private void bye() {
        Connection current = connection;
        State before = state.getAndUpdate(now -> now == State.CLOSED ? now : State.CLOSING);
        if (current != null && before == State.OPEN) {
            queue(new Bye(""));
            flush();
            current.close();
            scheduler.schedule(CLOSE_TIMEOUT, current::abort);
        } else if (current != null && before != State.CLOSED && before != State.CLOSING) {
            current.abort();
        }
    }

    void connecting(Connection attempt) {
        connection = attempt;
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

    /** Runs something on the timer's thread, unless the session is over by then. */
    void later(long millis, Runnable task) {
        scheduler.schedule(Duration.ofMillis(millis), () -> {
            if (state.get() == State.OPEN) {
                task.run();
            }
        });
    }

    private void tick() {
        if (state.get() == State.CLOSED) {
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
                calls.expire(now - ANSWER_TIMEOUT.toNanos());
            }
        }
        scheduler.schedule(TICK, this::tick);
    }
}
