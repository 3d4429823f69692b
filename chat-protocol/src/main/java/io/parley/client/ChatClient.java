package io.parley.client;

import static java.util.Objects.requireNonNull;

import io.parley.client.PendingRequests.WhenLost;
import io.parley.model.Checks;
import io.parley.model.DirectMode;
import io.parley.model.ErrorCode;
import io.parley.model.MyRoom;
import io.parley.model.RoomItem;
import io.parley.model.UserItem;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import io.parley.wire.AllowDirect;
import io.parley.wire.ClientFrame;
import io.parley.wire.Direct;
import io.parley.wire.Find;
import io.parley.wire.Found;
import io.parley.wire.Ignore;
import io.parley.wire.Join;
import io.parley.wire.Named;
import io.parley.wire.Nick;
import io.parley.wire.Password;
import io.parley.wire.Ping;
import io.parley.wire.Since;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A user of a chat server. Any thread may call it.
 *
 * <p>It lives through lost connections: it connects again by itself, and its rooms go on where they were; see {@link #state}
 * and {@link Builder#reconnect}. It ends when it is closed, or when the server does not want it back.
 *
 * <p>Methods that end in {@code Async}, and all that give a future, return at once; {@link Builder#connect}, {@link
 * #enter}, {@link #direct} and {@link #close} wait. To wait inside one of the client's own callbacks would wait for
 * itself, so there they throw {@link IllegalStateException} ({@code close} just does not wait), and so do {@code get} and
 * {@code join} of the futures. To cancel the future of a connection or of a room is to leave again. (Over 300 lines, two thirds
 * of them Javadoc: it is all that a program does with a client but for its rooms.)
 */
public final class ChatClient implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int DEFAULT_BACKLOG = 50;

    private static final Duration LONGEST_WAIT = Duration.ofDays(1); // for what has bounds of its own

    private final ClientSession session;
    private final Scheduler scheduler;

    private ChatClient(ClientSession session, Scheduler scheduler) {
        this.session = session;
        this.scheduler = scheduler;
    }

    /**
     * Begins to build a client.
     *
     * @return a builder with every option at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The name this user goes by.
     *
     * @return the name as the server gave it
     */
    public String name() {
        return session.user().name();
    }

    /**
     * Who this user is, as others see it.
     *
     * @return the user, with its present name
     */
    public UserItem user() {
        return session.user();
    }

    /**
     * How this client stands with its server. {@link ClientListener#onState} tells when it changes.
     *
     * @return the state
     */
    public ClientState state() {
        return session.state();
    }

    /**
     * The public number of this session. It stays when the session goes on over a new connection.
     *
     * @return 64 bits that the server chose
     */
    public long origin() {
        return session.origin();
    }

    /**
     * What the server said when this client came.
     *
     * @return a line of text, or nothing
     */
    public String greeting() {
        return session.greeting();
    }

    // ---- rooms

    /**
     * Enters a room and waits for it. The listener hears the last 50 entries first, then everything that follows.
     *
     * @param room the room's name
     * @param listener who is told of what happens in the room
     * @return the room
     * @throws ChatException if the server refuses
     */
    public ChatRoom enter(String room, RoomListener listener) {
        return await(enterAsync(room, DEFAULT_BACKLOG, listener));
    }

    /**
     * Enters a room.
     *
     * @param room the room's name
     * @param backlog how many of the last entries to hear, at most
     * @param listener who is told of what happens in the room
     * @return completes with the room
     */
    public CompletableFuture<ChatRoom> enterAsync(String room, int backlog, RoomListener listener) {
        return enter(room, null, (int) Checks.notNegative("backlog", backlog), listener);
    }

    /**
     * Enters a room again, from where it was read before.
     *
     * @param room the room's name
     * @param epoch the epoch of that time
     * @param seq the last number that was heard
     * @param listener who is told of everything after that number, and of what is lost of it
     * @return completes with the room
     */
    public CompletableFuture<ChatRoom> resumeAsync(String room, long epoch, long seq, RoomListener listener) {
        return enter(room, new Since(epoch, Checks.notNegative("seq", seq)), DEFAULT_BACKLOG, listener);
    }

    private CompletableFuture<ChatRoom> enter(String room, @Nullable Since since, int backlog, RoomListener listener) {
        requireNonNull(room, "room");
        requireNonNull(listener, "listener");
        return enter(id -> new Join(id, room, since, backlog, ""), since, backlog, listener);
    }

    private CompletableFuture<ChatRoom> enter(
            LongFunction<ClientFrame> request, @Nullable Since since, int backlog, RoomListener listener) {
        CompletableFuture<ChatRoom> future = session.callbacks().future();
        session.rooms().enter(request, since, backlog, listener, future);
        return future;
    }

    /**
     * Opens a direct conversation and waits for it.
     *
     * @param name the other's name
     * @param listener who is told of what is said in it
     * @return the conversation
     * @throws ChatException if the server refuses
     */
    public ChatRoom direct(String name, RoomListener listener) {
        return await(directAsync(name, DEFAULT_BACKLOG, listener));
    }

    /**
     * Opens a direct conversation. The other hears of it with the first message.
     *
     * @param name the other's name
     * @param backlog how many of the last entries to hear, at most
     * @param listener who is told of what is said in it
     * @return completes with the conversation
     */
    public CompletableFuture<ChatRoom> directAsync(String name, int backlog, RoomListener listener) {
        requireNonNull(name, "name");
        requireNonNull(listener, "listener");
        int last = (int) Checks.notNegative("backlog", backlog);
        CompletableFuture<ChatRoom> future = session.callbacks().future();
        session.requests()
                .ask(new PendingRequests.Request(
                        id -> new Find(id, name),
                        null,
                        WhenLost.REPEAT,
                        reply -> {
                            long user = ((Found) reply).user().id();
                            session.rooms().enter(id -> new Direct(id, user, null, last), null, last, listener, future);
                        },
                        why -> session.callbacks().tell(() -> future.completeExceptionally(why))));
        return future;
    }

    /**
     * Opens the conversation with another user.
     *
     * @param user the other's id, as members, messages and {@link #find} have it
     * @param backlog how many of the last messages to give
     * @param listener told of what is said
     * @return completes with the conversation
     */
    public CompletableFuture<ChatRoom> directAsync(long user, int backlog, RoomListener listener) {
        requireNonNull(listener, "listener");
        int last = (int) Checks.notNegative("backlog", backlog);
        return enter(id -> new Direct(id, user, null, last), null, last, listener);
    }

    /**
     * Takes or refuses direct messages of one user. What it says in rooms is still told; an operator is always taken.
     *
     * @param user the other's id, as members, messages and {@link #find} have it
     * @param on whether its messages are refused
     * @return completes when that holds
     */
    public CompletableFuture<@Nullable Void> ignore(long user, boolean on) {
        return session.requests().ask(id -> new Ignore(id, user, on), null, WhenLost.FAIL, reply -> null);
    }

    /**
     * Says whose direct messages this user takes. Whoever it has written to may always answer.
     *
     * @param mode whose
     * @return completes when that holds
     */
    public CompletableFuture<@Nullable Void> allowDirect(DirectMode mode) {
        int code = mode.code();
        return session.requests().ask(id -> new AllowDirect(id, code), null, WhenLost.FAIL, reply -> null);
    }

    /**
     * Finds who has a name.
     *
     * @param name the name
     * @return completes with somebody who is here, with the account of that name, or with the guest who had it last; fails
     *     with NO_SUCH_USER
     */
    public CompletableFuture<UserItem> find(String name) {
        requireNonNull(name, "name");
        return session.requests().ask(id -> new Find(id, name), null, WhenLost.REPEAT, reply -> ((Found) reply).user());
    }

    /**
     * Lists the rooms in use.
     *
     * @param after the name to begin behind; empty for the first page
     * @param limit how many at most
     * @return completes with the rooms, by name
     */
    public CompletableFuture<List<RoomItem>> rooms(String after, int limit) {
        return Pages.rooms(
                session.requests(), requireNonNull(after, "after"), Checks.positive("limit", limit), List.of());
    }

    /**
     * Lists the rooms and conversations that this user's account is a member of, with what there is to read in each. To read on
     * from the marker, enter a room with {@link #resumeAsync}.
     *
     * @return completes with the rooms; fails with FORBIDDEN for a guest
     */
    public CompletableFuture<List<MyRoom>> mine() {
        return Pages.mine(session.requests(), "", List.of());
    }

    /**
     * Takes another name.
     *
     * @param name the new name
     * @return completes with the name as the server gave it
     */
    public CompletableFuture<String> rename(String name) {
        requireNonNull(name, "name");
        return session.requests().ask(id -> new Nick(id, name), null, WhenLost.FAIL, reply -> {
            String given = ((Named) reply).name();
            session.renamed(given);
            return given;
        });
    }

    /**
     * Changes the password of this user's account. The account's other sessions end. From then on this client connects with the
     * new password. If the connection is lost before the answer, the future fails, and it is not known whether the
     * password has changed.
     *
     * @param old the present password
     * @param next the new password
     * @return completes when the new password holds; fails with FORBIDDEN for a guest, and where the server says so
     */
    public CompletableFuture<@Nullable Void> changePassword(String old, String next) {
        requireNonNull(old, "old");
        requireNonNull(next, "next");
        if (!session.isAccount()) { // nothing secret is sent over a connection that may be in the clear
            return CompletableFuture.failedFuture(new ChatException(ErrorCode.FORBIDDEN, "a guest has no password"));
        }
        return session.requests().ask(id -> new Password(id, old, next), null, WhenLost.FAIL, reply -> {
            session.changed(next);
            return null;
        });
    }

    /**
     * Measures how long a word to the server and back takes.
     *
     * @return completes with the time between asking and the answer's arrival
     */
    public CompletableFuture<Duration> ping() {
        long asked = session.now();
        return session.requests().ask(Ping::new, null, WhenLost.FAIL, pong -> Duration.ofNanos(session.now() - asked));
    }

    /**
     * What TLS has agreed on with the server.
     *
     * @return the session, or null if the connection is in the clear
     */
    public @Nullable SSLSession tls() {
        return session.tls();
    }

    // ---- the end

    /**
     * Waits for the end without blocking.
     *
     * @return completes when this client has ended for good and the last callback has returned; never fails
     */
    public CompletableFuture<@Nullable Void> closed() {
        return session.closed().copy();
    }

    /**
     * Says goodbye and ends the connection when all that was asked before is sent. Without a connection it ends at once.
     *
     * @return completes when the last callback has returned
     */
    public CompletableFuture<@Nullable Void> closeAsync() {
        session.close();
        return closed();
    }

    /** Ends as {@link #closeAsync} does and waits for it; inside a callback it does not wait. Idempotent. */
    @Override
    public void close() {
        session.close();
        if (session.callbacks().isCurrent()) {
            return;
        }
        try {
            if (!scheduler.await(session.closed(), WAIT)) {
                session.abort();
            }
        } catch (InterruptedException interrupted) {
            session.abort();
            Thread.currentThread().interrupt();
        }
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            return Waiting.await(scheduler, session.callbacks(), future, WAIT);
        } catch (RuntimeException failed) {
            future.cancel(false); // nobody waits for it any more
            throw failed;
        }
    }

    /** Builds clients. One thread. */
    public static final class Builder {
        private String name = "guest";
        private Function<String, Login> login = name -> Login.GUEST;
        private String program = "parley";
        private ClientListener listener = ClientListener.NONE;
        private Scheduler scheduler = Scheduler.system();
        private @Nullable Executor executor;
        private Duration connectTimeout = Duration.ofSeconds(10);
        private boolean reconnects = true;
        private Duration longestRetry = Duration.ofSeconds(30);

        private Builder() {}

        /**
         * The name to go by.
         *
         * @param value the name
         * @return this builder
         */
        public Builder name(String value) {
            name = requireNonNull(value, "name");
            return this;
        }

        /**
         * The password of the account that the name is; without any credentials the client comes as a guest. Credentials are
         * never sent in the clear over a network: there, connecting fails. Of several the last counts.
         *
         * @param value the password
         * @return this builder
         */
        public Builder password(String value) {
            requireNonNull(value, "password");
            login = account -> Login.password(account, value);
            return this;
        }

        /**
         * Makes an account that the name is, and logs in to it. Later connections log in with the password. The server says
         * whether it takes registrations, and whether it wants an invitation code.
         *
         * @param value the password that the account is to have
         * @param code the invitation code; empty if there is none
         * @return this builder
         */
        public Builder register(String value, String code) {
            requireNonNull(value, "password");
            requireNonNull(code, "code");
            login = account -> Login.registration(account, value, code);
            return this;
        }

        /**
         * A token that somebody else issued. It says who the client is, and the name is not used.
         *
         * @param value the token
         * @return this builder
         */
        public Builder token(String value) {
            requireNonNull(value, "token");
            login = account -> Login.token(value);
            return this;
        }

        /**
         * The certificate that the client shows in the TLS handshake says who it is. The name says which account is wanted.
         *
         * @return this builder
         */
        public Builder certificate() {
            login = Login::certificate;
            return this;
        }

        /**
         * A login in several steps, such as SCRAM. When the password is changed, {@code exchanges} must use the new one from then on.
         *
         * @param mechanism the mechanism, as the protocol names it, such as {@code scram-sha-256}
         * @param exchanges makes what speaks it, for each connection
         * @return this builder
         */
        public Builder exchange(String mechanism, Supplier<? extends LoginExchange> exchanges) {
            requireNonNull(mechanism, "mechanism");
            requireNonNull(exchanges, "exchanges");
            login = account -> Login.exchange(mechanism, exchanges);
            return this;
        }

        /**
         * What the client program calls itself.
         *
         * @param value a name and perhaps a version
         * @return this builder
         */
        public Builder program(String value) {
            program = requireNonNull(value, "program");
            return this;
        }

        /**
         * Who is told of what concerns the whole connection.
         *
         * @param value the listener
         * @return this builder
         */
        public Builder listener(ClientListener value) {
            listener = requireNonNull(value, "listener");
            return this;
        }

        /**
         * Where callbacks run and futures complete: one after another, in order.
         *
         * @param value the executor; the scheduler's own if none is given
         * @return this builder
         */
        public Builder executor(Executor value) {
            executor = requireNonNull(value, "executor");
            return this;
        }

        /**
         * Time and threads.
         *
         * @param value the scheduler
         * @return this builder
         */
        public Builder scheduler(Scheduler value) {
            scheduler = requireNonNull(value, "scheduler");
            return this;
        }

        /**
         * Whether a client that was connected once connects again by itself. It does, unless it is told not to: then it ends
         * with its first connection.
         *
         * @param value whether it does
         * @return this builder
         */
        public Builder reconnect(boolean value) {
            reconnects = value;
            return this;
        }

        /**
         * The longest time between two attempts to connect again. The first is made almost at once; then the time doubles, with
         * a random part. After a connection that held for a second it is not longer than that connection was, and after one that
         * held for ten it begins anew. What the server asks for is kept even if it is longer.
         *
         * @param value the time; 30 seconds if none is given
         * @return this builder
         */
        public Builder longestRetry(Duration value) {
            longestRetry = Checks.positive("longestRetry", value);
            return this;
        }

        /**
         * How long connecting and logging in may take, for each address that is tried.
         *
         * @param value the time
         * @return this builder
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = Checks.positive("connectTimeout", value);
            return this;
        }

        private ClientOptions options(Transport transport) {
            return new ClientOptions(
                    name,
                    login.apply(name),
                    program,
                    listener,
                    scheduler,
                    executor == null ? scheduler.executor() : executor,
                    connectTimeout,
                    reconnects,
                    longestRetry,
                    requireNonNull(transport, "transport"));
        }

        /**
         * Connects, logs in, and waits for both.
         *
         * @param transport how to connect
         * @param address where the server is; if it is an unresolved Internet address, it is looked up for each attempt to
         *     connect, and all addresses of the host are tried in turn
         * @return the connected client
         * @throws ChatException if it cannot be reached or refuses
         */
        public ChatClient connect(Transport transport, SocketAddress address) {
            return await(connectAsync(transport, address));
        }

        /**
         * Connects to the first of several addresses that answers, logs in, and waits for both.
         *
         * @param transport how to connect
         * @param addresses as of {@link #connectAsync(Transport, Supplier)}
         * @return the connected client
         * @throws ChatException if none can be reached, or the server refuses
         */
        public ChatClient connect(Transport transport, Supplier<? extends List<? extends SocketAddress>> addresses) {
            return await(connectAsync(transport, addresses));
        }

        private ChatClient await(CompletableFuture<ChatClient> coming) {
            try {
                return Waiting.await(scheduler, coming, LONGEST_WAIT);
            } catch (RuntimeException failed) {
                coming.cancel(false); // if it is still trying
                throw failed;
            }
        }

        /**
         * Connects and logs in.
         *
         * @param transport how to connect
         * @param address as of {@link #connect(Transport, SocketAddress)}
         * @return completes with the connected client; if it is cancelled, the client ends
         */
        public CompletableFuture<ChatClient> connectAsync(Transport transport, SocketAddress address) {
            Addresses addresses = Addresses.of(requireNonNull(address, "address"));
            if (addresses.fixed() != null && !options(transport).maySend(address)) {
                return CompletableFuture.failedFuture(ClientOptions.inTheClear());
            }
            return connectAsync(transport, addresses);
        }

        /**
         * Connects to the first of several addresses that answers, and logs in.
         *
         * @param transport how to connect
         * @param addresses gives the addresses in the order in which they are to be tried; asked for each attempt to connect,
         *     on a thread of the scheduler's executor, where it may block. Unresolved ones are looked up
         * @return completes with the connected client; if it is cancelled, the client ends
         */
        public CompletableFuture<ChatClient> connectAsync(
                Transport transport, Supplier<? extends List<? extends SocketAddress>> addresses) {
            return connectAsync(transport, Addresses.of(requireNonNull(addresses, "addresses")));
        }

        private CompletableFuture<ChatClient> connectAsync(Transport transport, Addresses addresses) {
            ClientSession session = new ClientSession(options(transport), addresses);
            Scheduler time = scheduler;
            CompletableFuture<ChatClient> coming = session.callbacks().future();
            session.connect().whenComplete((open, why) -> {
                if (why != null) {
                    coming.completeExceptionally(why);
                } else if (!coming.complete(new ChatClient(open, time))) {
                    session.close();
                }
            });
            coming.whenComplete((client, why) -> {
                if (why != null) { // cancelled, say: nobody has a handle of the client
                    session.close();
                }
            });
            return coming;
        }
    }
}
