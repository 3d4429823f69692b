package io.parley.client;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.model.Verdict;
import io.parley.transport.FatalErrors;
import io.parley.transport.Scheduler;
import io.parley.wire.ClientFrame;
import io.parley.wire.Goaway;
import io.parley.wire.Hello;
import io.parley.wire.Limits;
import io.parley.wire.Ping;
import io.parley.wire.Response;
import io.parley.wire.Resumed;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a client is while its connections come and go. The connection ends, and its requests, commands and rooms go on over
 * the next; see {@link ClientState}.
 *
 * <p><b>One after the other.</b> There is one attempt or connection at a time. The next begins when the transport has told the
 * end of the one before. So what belongs to "the reader's thread" is never used by two threads at once. Who finds that there
 * is none, or hears of the end of one, either begins the next or ends the client.
 *
 * <p><b>Coming back.</b> The server says with WELCOME whether the old session goes on (RESUMED follows). If so, memberships are
 * continued, and commands without outcome are sent again under their numbers. If not, a new session begins: rooms are entered
 * anew, and their entries tell which commands had been ordered.
 *
 * <p>(Over 300 lines: the beginning and the end of everything belong together.)
 */
final class ClientSession implements Link {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ClientOptions options;
    private final Scheduler scheduler;
    private final Callbacks callbacks;
    private final Reconnect reconnect;
    private final PendingRequests requests = new PendingRequests(this);
    private final PendingCommands commands = new PendingCommands(this);
    private final Markers markers = new Markers(this);
    private final ClientRooms rooms;
    private final ServerFrames frames = new ServerFrames(this);
    private final CompletableFuture<ClientSession> opened;
    private final CompletableFuture<@Nullable Void> closed;
    private final AtomicBoolean finished = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private @Nullable ClientConnection attempt; // until its end is told; lock
    private @Nullable ChatException stopping; // why no attempt is to follow; lock
    private volatile @Nullable ClientConnection connection; // the same
    private volatile @Nullable Welcome welcome; // the last
    private volatile long[] origins = {}; // of all sessions, the present one last; replaced, never changed
    private volatile long[] selves = {}; // who this user was in them; replaced, never changed
    private volatile Login login; // how the next connection logs in
    private volatile @Nullable LoginExchange
            exchange; // what speaks the mechanism of this attempt, if it has several steps
    private volatile boolean responding; // to a challenge
    private volatile boolean mayResume; // whether this attempt has shown the token of a session
    private volatile UserItem user = new UserItem(0, UserKind.GUEST, "");
    private volatile ClientState state = ClientState.CONNECTING;
    private volatile Scheduler.Timeout retry = () -> {}; // the next attempt
    private volatile boolean paused; // whether the program is behind
    private volatile boolean leaving; // the connection ends when nothing is owed
    private volatile boolean closing; // and the client with it

    ClientSession(ClientOptions options, Addresses addresses) {
        this.options = options;
        this.login = options.login();
        this.scheduler = options.scheduler();
        this.callbacks = new Callbacks(options.executor(), scheduler, () -> pause(true), () -> pause(false));
        this.reconnect = new Reconnect(scheduler, addresses, options.longestRetry());
        this.rooms = new ClientRooms(this, options.listener());
        this.opened = callbacks.future();
        this.closed = callbacks.future();
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
    public CompletableFuture<@Nullable Void> read(Marked room, long seq) {
        return markers.read(room, seq);
    }

    @Override
    public PendingCommands commands() {
        return commands;
    }

    ClientRooms rooms() {
        return rooms;
    }

    ClientListener listener() {
        return options.listener();
    }

    ClientState state() {
        return state;
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

    @Override
    public boolean isOwn(long session) {
        return contains(origins, session);
    }

    @Override
    public boolean isSelf(long id) {
        return contains(selves, id);
    }

    /** Whether the client has logged in with credentials. */
    boolean isAccount() {
        return login.isSecret();
    }

    /** The account has another password. */
    void changed(String password) {
        login = login.changed(password);
    }

    private static boolean contains(long[] all, long one) {
        for (int i = all.length - 1; i >= 0; i--) {
            if (all[i] == one) {
                return true;
            }
        }
        return false;
    }

    private static long[] with(long[] all, long one) {
        if (contains(all, one)) {
            return all;
        }
        long[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = one;
        return more;
    }

    String greeting() {
        Welcome given = welcome;
        return given == null ? "" : given.server();
    }

    // ---- attempts

    /**
     * Connects and logs in for the first time. To be called once.
     *
     * @return completes, inside a callback, when somebody is logged in
     * @throws RuntimeException as the transport does that does not know the address
     */
    CompletableFuture<ClientSession> connect() {
        scheduler.schedule(TICK, this::tick);
        SocketAddress fixed = reconnect.fixed();
        if (fixed == null) {
            reconnect.begin(this::tryAt, this::lost);
            return opened;
        }
        try {
            attempt(fixed);
        } catch (RuntimeException unknown) {
            stop(ChatException.lost("the address is not known", unknown));
            throw unknown;
        }
        return opened;
    }

    private void tryAgain() {
        if (finished.get()) {
            return;
        }
        become(ClientState.CONNECTING);
        reconnect.begin(this::tryAt, this::lost);
    }

    private void tryAt(SocketAddress address) {
        try {
            attempt(address);
        } catch (RuntimeException unknown) {
            lost(ChatException.lost("the address is not known: " + unknown.getMessage(), unknown));
        }
    }

    private void attempt(SocketAddress address) {
        if (!options.maySend(address)) {
            lost(ClientOptions.inTheClear());
            return;
        }
        Welcome given = welcome;
        Bytes token = given == null ? Bytes.EMPTY : given.resumeToken();
        Hello hello;
        try {
            exchange = login.begin();
            hello = options.hello(login, exchange, given == null ? options.name() : user.name(), token);
        } catch (RuntimeException | Error broken) { // the program's
            lost(loginFailed(broken));
            return;
        }
        responding = false;
        mayResume = token.length() > 0;
        ClientConnection made = new ClientConnection(scheduler, hello, frames, this::closeIfLeaving, this::ended);
        lock.lock();
        try {
            if (stopping != null) {
                return; // whoever stops it ends it
            }
            attempt = made;
            connection = made;
        } finally {
            lock.unlock();
        }
        try {
            made.connect(options.transport(), address, options.connectTimeout());
        } catch (RuntimeException unknown) {
            forget();
            throw unknown;
        }
    }

    private void forget() {
        lock.lock();
        try {
            attempt = null;
            connection = null;
        } finally {
            lock.unlock();
        }
    }

    /** A connection or an attempt has ended. The transport's thread. */
    private void ended(ChatException why) {
        requests.suspend();
        commands.suspend();
        rooms.lost();
        lost(why);
    }

    /** There is no connection: tries another address, waits, or ends. */
    private void lost(ChatException why) {
        boolean wasOnline = state.phase() == ClientState.Phase.ONLINE;
        SocketAddress next = wasOnline ? null : reconnect.next(why);
        boolean over = next == null && (origins.length == 0 || !options.reconnects() || isFinal(why));
        boolean end;
        lock.lock();
        try {
            attempt = null;
            connection = null;
            if (stopping == null && over) {
                stopping = why;
            }
            end = stopping != null;
        } finally {
            lock.unlock();
        }
        if (end) {
            finish(why);
        } else if (next != null) {
            tryAt(next);
        } else {
            leaving = false;
            if (wasOnline) {
                reconnect.lost();
            }
            Duration delay = reconnect.delay(why);
            Instant at = Instant.ofEpochMilli(scheduler.epochMillis()).plus(delay);
            become(ClientState.offline(at, why));
            retry = scheduler.schedule(delay, this::tryAgain);
            if (finished.get()) {
                retry.cancel();
            }
        }
    }

    /** Whether coming back would be of no use, or is not wanted. */
    private static boolean isFinal(ChatException why) {
        return switch (why.code()) {
            case ErrorCode.SESSION_GONE -> false; // another begins
            case ErrorCode.BAD_NAME, ErrorCode.UNSUPPORTED_VERSION, ErrorCode.UNSUPPORTED_MECHANISM -> true;
            default -> why.verdict() == Verdict.BANNED; // REPLACED is one of them
        };
    }

    private void become(ClientState next) {
        lock.lock();
        try {
            if (state.phase() == ClientState.Phase.ENDED) {
                return;
            }
            state = next;
        } finally {
            lock.unlock();
        }
        callbacks.tell(() -> {
            if (state.phase() != ClientState.Phase.ENDED) { // else that is told, and last
                listener().onState(next);
            }
        });
    }

    // ---- what the server says of the connection; the reader's thread

    void challenged(Bytes challenge) {
        LoginExchange steps = exchange;
        ClientConnection current = connection;
        if (steps == null || current == null || current.isOpen() || responding) {
            end(new ChatException(ErrorCode.UNEXPECTED_FRAME, "the server asks for what this login does not have"));
            return;
        }
        responding = true;
        callbacks.tell(() -> {
            try {
                Bytes response = steps.respond(challenge, current.tls());
                responding = false; // first: the next challenge may come at once
                current.queue(new Response(response).toBytes());
                current.flush();
            } catch (RuntimeException | Error no) {
                current.end(loginFailed(no));
            }
        });
    }

    /** What the program's part of a login has thrown. */
    private static ChatException loginFailed(Throwable why) {
        FatalErrors.handOver(why);
        ChatException failed = new ChatException(ErrorCode.AUTH_FAILED, "the login failed: " + why.getMessage());
        failed.initCause(why);
        return failed;
    }

    /** Whether a server lets this client in that has not proved what the mechanism wants of it; a session that goes on needs no proof. */
    private boolean isUnproved(Welcome given) {
        LoginExchange steps = exchange;
        return steps != null && !steps.isComplete() && !(given.resumed() && mayResume);
    }

    void welcome(Welcome given) {
        ClientConnection current = connection;
        if (isUnproved(given)) {
            end(new ChatException(ErrorCode.AUTH_FAILED, "the server has not proved that it knows this account"));
            return;
        }
        if (current == null || !current.open(given)) {
            return;
        }
        boolean first = origins.length == 0;
        String before = user.name();
        welcome = given;
        login = login.again();
        user = given.user();
        origins = with(origins, given.origin());
        selves = with(selves, given.user().id());
        if (paused) {
            current.pause(true);
            if (!paused) {
                current.pause(false);
            }
        }
        if (!first && !before.equals(given.user().name())) {
            callbacks.tell(() -> listener().onRenamed(given.user().name()));
        }
        if (first) {
            callbacks.tell(() -> opened.complete(this));
        }
        if (first || !given.resumed()) {
            online(current);
            commands.restart(given.limits(), given.origin());
            rooms.restart();
            requests.resume();
        } // else RESUMED follows
    }

    void resumed(Resumed memberships) {
        Welcome given = welcome;
        ClientConnection current = connection;
        if (given == null || current == null || !given.resumed()) {
            return;
        }
        if (state.phase() != ClientState.Phase.ONLINE) {
            online(current);
            rooms.resume(memberships);
            commands.resume(given.limits());
            requests.resume();
        }
    }

    private void online(ClientConnection current) {
        current.complete();
        reconnect.online();
        become(ClientState.ONLINE);
    }

    void end(ChatException why) {
        ClientConnection current = connection;
        if (current != null) {
            current.end(why);
        }
    }

    void answer(Ping ping) {
        ClientConnection current = connection;
        if (current != null) {
            current.answer(ping);
        }
    }

    void goingAway(Goaway goaway) {
        if (options.reconnects()) {
            reconnect.notBefore(goaway.reconnectAfterMillis(), goaway.spreadMillis());
            commands.suspend();
        } else {
            commands.refuseMore(new ChatException(ErrorCode.GOING_AWAY, goaway.text(), goaway.reconnectAfterMillis()));
        }
        ClientConnection current = connection;
        if (current != null) {
            current.because(new ChatException(ErrorCode.GOING_AWAY, "the server went away"));
        }
        leaving = true;
        // Last: whoever is told may say something at once.
        callbacks.tell(() -> listener().onGoingAway(goaway.text(), goaway.reconnectAfterMillis()));
    }

    private void closeIfLeaving() {
        ClientConnection current = connection;
        if (!leaving || current == null) {
            return;
        }
        boolean comesBack = options.reconnects() && !closing;
        if (!comesBack && commands.isIdle()) {
            current.bye();
        } else if (comesBack && commands.isAnswered()) {
            Welcome given = welcome;
            if (given != null && given.resumeToken().length() > 0) {
                current.drop(); // a goodbye would end the session
            } else {
                current.bye();
            }
        }
    }

    // ---- the end

    /** Ends at once: no connection follows. Any thread. Idempotent. */
    void stop(ChatException why) {
        ClientConnection current = stopped(why);
        if (current == null) {
            finish(why);
        } else {
            current.end(why);
        }
    }

    /** Has no attempt follow; gives the present one. */
    private @Nullable ClientConnection stopped(ChatException why) {
        closing = true;
        lock.lock();
        try {
            if (stopping == null) {
                stopping = why;
            }
            return attempt;
        } finally {
            lock.unlock();
        }
    }

    /** Ends when everything that was said has its outcome, or after a while; without a connection at once. Idempotent. */
    void close() {
        ChatException why = new ChatException(ChatException.NOT_CONNECTED, "closed");
        commands.refuseMore(why);
        markers.flush();
        ClientConnection current = stopped(why);
        if (current == null) {
            finish(why);
        } else if (current.isOpen() && !commands.isIdle()) {
            leaving = true;
            scheduler.schedule(CLOSE_TIMEOUT, current::bye);
            if (commands.isIdle()) {
                current.bye();
            }
        } else {
            current.bye();
        }
    }

    /** Cuts the connection of a client that is closed. */
    void abort() {
        ClientConnection current = connection;
        if (current != null) {
            current.abort();
        }
    }

    /** It is over: whoever gets here first tells everybody. */
    private void finish(ChatException why) {
        if (!finished.compareAndSet(false, true)) {
            return;
        }
        lock.lock();
        try {
            state = ClientState.ended(why);
        } finally {
            lock.unlock();
        }
        retry.cancel();
        commands.end(why);
        requests.end(why);
        callbacks.tell(() -> opened.completeExceptionally(why));
        rooms.end(why);
        callbacks.tell(() -> {
            try {
                listener().onState(ClientState.ended(why));
            } finally {
                try {
                    listener().onClosed(why);
                } finally {
                    closed.complete(null);
                }
            }
        });
    }

    // ---- sending

    @Override
    public void queue(ClientFrame frame) {
        queue(frame.toBytes());
    }

    @Override
    public void queue(byte[] frame) {
        ClientConnection current = connection;
        if (current != null && current.isOpen()) {
            current.queue(frame);
        }
    }

    @Override
    public void flush() {
        ClientConnection current = connection;
        if (current != null) {
            current.flush();
        }
    }

    @Override
    public boolean mayBeSent(int bytes) {
        Welcome given = welcome;
        return given == null || bytes - Wire.HEADER_BYTES <= given.limits().maxFrame();
    }

    private Limits limits() {
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

    @Override
    public int historyPage() {
        return limits().historyPage();
    }

    @Nullable
    SSLSession tls() {
        ClientConnection current = connection;
        return current == null ? null : current.tls();
    }

    // ---- flow and time

    private void pause(boolean pause) {
        paused = pause;
        ClientConnection current = connection;
        if (current != null && current.isOpen()) {
            current.pause(pause);
        }
    }

    @Override
    public void later(long millis, Runnable task) {
        ClientConnection present = connection;
        scheduler.schedule(Duration.ofMillis(millis), () -> {
            if (present != null && present.equals(connection) && present.isOpen()) {
                task.run();
            }
        });
    }

    @Override
    public void after(long millis, Runnable task) {
        scheduler.schedule(Duration.ofMillis(millis), task);
    }

    private void tick() {
        if (finished.get()) {
            return;
        }
        try {
            if (!paused) {
                requests.expire(now() - ANSWER_TIMEOUT.toNanos());
            }
        } finally {
            scheduler.schedule(TICK, this::tick); // whatever happened
        }
    }
}
