package io.parley.server;

import static java.util.Objects.requireNonNull;

import io.parley.gateway.Connections;
import io.parley.gateway.Gateway;
import io.parley.gateway.GatewayOptions;
import io.parley.journal.Journal;
import io.parley.model.Checks;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.policy.ChatPolicy;
import io.parley.room.Hub;
import io.parley.room.HubOptions;
import io.parley.room.User;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A chat server inside a program. Any thread may call it.
 *
 * <p>It is built with {@link #builder}; {@link Builder#start} opens its listeners, which share all rooms. What happens
 * is told to a {@link ServerListener}, what is allowed is asked of a {@link ChatPolicy}; the rooms themselves are at
 * {@link #hub}. (Over 300 lines, half of them Javadoc and builder.)
 */
public final class ChatServer extends OperatorCommands implements AutoCloseable {
    private final Counters counters;
    private final Connections connections;
    private final Bots bots;
    private final ServerLife life;

    private ChatServer(Builder builder, Counters counters, Listeners told) {
        super(builder.hub
                .listener(told)
                .clock(builder.scheduler::nanoTime, builder.scheduler::epochMillis)
                .executor(builder.scheduler.executor())
                .build());
        this.counters = counters;
        connections = new Connections(hub(), builder.scheduler, told, builder.options, builder.greeting);
        bots = new Bots(hub(), builder.scheduler, builder.nativeGateway.encoding());
        life = new ServerLife(hub(), builder.scheduler, told, connections, bots);
    }

    /**
     * Begins to build a server.
     *
     * @return a builder with every option at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    // ---- what an embedding program asks for

    /**
     * Where the server listens, with the ports that were chosen where 0 was asked for.
     *
     * @return an address for each listener, in the order given
     */
    public List<SocketAddress> addresses() {
        return life.addresses();
    }

    /**
     * Logs a bot in: a user that is a program inside the server. The policy is asked, as for any guest.
     *
     * @param name the bot's name
     * @param listener what the bot hears
     * @return completes with the bot, or fails with a {@link RoomException}: BAD_NAME, NAME_TAKEN, AUTH_FAILED, or
     *     UNAVAILABLE while the server shuts down
     */
    public CompletableFuture<Bot> bot(String name, BotListener listener) {
        return bots.login(requireNonNull(name, "name"), requireNonNull(listener, "listener"));
    }

    /**
     * Ends every connection of a user, or a bot.
     *
     * @param name the user's name
     * @param reason why, for the user
     * @return whether there was such a user
     */
    public boolean remove(String name, String reason) {
        requireNonNull(reason, "reason");
        User user = hub().user(requireNonNull(name, "name"));
        boolean bot = user != null && bots.remove(user, reason);
        boolean here = user != null && connections.remove(user, reason);
        boolean held = user != null && hub().endHeld(user); // behind that: else it may be lost in between
        return here || held || bot;
    }

    /**
     * Where a user's connections come from.
     *
     * @param user the user
     * @return an address for each connection
     */
    public List<SocketAddress> addressesOf(User user) {
        return connections.addressesOf(requireNonNull(user, "user"));
    }

    /**
     * How many connections there are, those not logged in included.
     *
     * @return the number of open connections
     */
    public int connections() {
        return connections.size();
    }

    /**
     * Figures of this server. Cheap enough to be asked every second.
     *
     * @return the figures of this moment
     */
    public ServerStats stats() {
        return counters.stats(hub(), connections);
    }

    /**
     * Gives the server other bounds and another greeting. They hold for connections that come from now on; those that
     * are there keep theirs.
     *
     * @param newOptions the bounds
     * @param newGreeting a word to every client that logs in
     */
    public void reconfigure(GatewayOptions newOptions, String newGreeting) {
        connections.reconfigure(requireNonNull(newOptions, "options"), requireNonNull(newGreeting, "greeting"));
    }

    // ---- the end

    /**
     * Ends the server in order: no new connections; everybody is told and may finish; what is left at the deadline is
     * cut. Further calls change nothing.
     *
     * @param drain how long clients have
     * @return completes when the last connection has ended and the listener has been told all that happened, though a
     *     journal or listener that hangs holds it up for one second behind the deadline only. Not to be waited for in
     *     one of the listener's callbacks
     */
    public CompletableFuture<@Nullable Void> shutdown(Duration drain) {
        return life.shutdown(Checks.notNegative("drain", drain));
    }

    /**
     * Ends the server in order, as {@link #shutdown} with five seconds does, and waits for it, ten seconds at most;
     * inside one of the listener's callbacks it does not wait. Idempotent.
     */
    @Override
    public void close() {
        life.close();
    }

    /**
     * Waits until the server has ended, however long that takes.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitClosed() throws InterruptedException {
        life.awaitClosed();
    }

    /** Builds a server. One thread. */
    public static final class Builder {
        private final Gateway nativeGateway = new NativeGateway();
        private final List<ServerLife.Listener> listeners = new ArrayList<>();
        private final List<String> rooms = new ArrayList<>();
        private final Hub.Builder hub = Hub.builder();
        private GatewayOptions options = GatewayOptions.DEFAULT;
        private final List<ServerListener> told = new ArrayList<>();
        private Scheduler scheduler = Scheduler.system();
        private String greeting = "";

        private Builder() {}

        /**
         * Adds a listener for the native protocol. All listeners of a server share its rooms.
         *
         * @param transport how to listen
         * @param address where to listen
         * @return this builder
         */
        public Builder listen(Transport transport, SocketAddress address) {
            return listen(nativeGateway, transport, address);
        }

        /**
         * Adds a listener for any protocol. The users of all listeners share the server's rooms, limits and policy.
         *
         * @param gateway the protocol that is spoken there
         * @param transport how to listen
         * @param address where to listen
         * @return this builder
         */
        public Builder listen(Gateway gateway, Transport transport, SocketAddress address) {
            listeners.add(new ServerLife.Listener(
                    requireNonNull(gateway, "gateway"),
                    requireNonNull(transport, "transport"),
                    requireNonNull(address, "address")));
            return this;
        }

        /**
         * Adds a room that the server opens before anybody can come in, keeps open, and alone owns.
         *
         * @param name the room's name
         * @return this builder
         */
        public Builder room(String name) {
            rooms.add(requireNonNull(name, "room"));
            return this;
        }

        /**
         * Bounds and timeouts of connections.
         *
         * @param value the options
         * @return this builder
         */
        public Builder options(GatewayOptions value) {
            options = requireNonNull(value, "options");
            return this;
        }

        /**
         * Bounds of rooms and users.
         *
         * @param value the options
         * @return this builder
         */
        public Builder hubOptions(HubOptions value) {
            hub.options(value);
            return this;
        }

        /**
         * Where what is said is kept.
         *
         * @param value the journal; one in memory if none is given
         * @return this builder
         */
        public Builder journal(Journal value) {
            hub.journal(value);
            return this;
        }

        /**
         * Which names there may be.
         *
         * @param value the policy
         * @return this builder
         */
        public Builder names(NamePolicy value) {
            hub.names(value);
            return this;
        }

        /**
         * The name in which the server itself speaks.
         *
         * @param value the name; nobody else can take it
         * @return this builder
         */
        public Builder operatorName(String value) {
            hub.operatorName(value);
            return this;
        }

        /**
         * Who may come in, and what users may do.
         *
         * @param value the policy
         * @return this builder
         */
        public Builder policy(ChatPolicy value) {
            hub.policy(value);
            return this;
        }

        /**
         * Adds somebody who is told of what happens, in order, on the scheduler's executor. Each listener has a queue of its
         * own: one that blocks or throws is nothing to the others.
         *
         * @param value the listener; it may block, but misses events when it falls too far behind
         * @return this builder
         */
        public Builder listener(ServerListener value) {
            told.add(requireNonNull(value, "listener"));
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
         * A word to every client that logs in.
         *
         * @param value the text
         * @return this builder
         */
        public Builder greeting(String value) {
            greeting = requireNonNull(value, "greeting");
            return this;
        }

        /**
         * Makes the server, opens its rooms, then its listeners.
         *
         * @return the running server
         * @throws IOException if a room cannot be opened or an address cannot be bound; nothing stays open then
         * @throws IllegalArgumentException if a room cannot have its name
         */
        public ChatServer start() throws IOException {
            Counters counters = new Counters();
            Listeners listeners = new Listeners(told, counters, scheduler.executor());
            ChatServer server = new ChatServer(this, counters, listeners);
            server.life.start(rooms, this.listeners);
            return server;
        }
    }
}
