package io.parley.server;

import static java.util.Objects.requireNonNull;

import io.parley.gateway.Connections;
import io.parley.gateway.Gateway;
import io.parley.gateway.GatewayOptions;
import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Checks;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomPlan;
import io.parley.policy.ChatPolicy;
import io.parley.room.Hub;
import io.parley.room.HubOptions;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.transport.Scheduler;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A chat server inside a program. Any thread may call it.
 *
 * <p>It is built with {@link #builder}; {@link Builder#start} opens its listeners, which share all rooms. What happens
 * is told to a {@link ServerListener}, what is allowed is asked of a {@link ChatPolicy}; the rooms themselves are at
 * {@link #hub}. (Over 300 lines, half of them Javadoc and builder.)
 */
public final class ChatServer implements AutoCloseable {
    private final Hub hub;
    private final Counters counters = new Counters();
    private final Connections connections;
    private final Bots bots;
    private final ServerLife life;

    private ChatServer(Builder builder) {
        Scheduler scheduler = builder.scheduler;
        Listeners told = new Listeners(builder.told, counters, scheduler.executor());
        hub = builder.hub
                .listener(told)
                .clock(scheduler::nanoTime, scheduler::epochMillis)
                .executor(scheduler.executor())
                .build();
        connections = new Connections(hub, scheduler, told, builder.options, builder.greeting);
        bots = new Bots(hub, scheduler, builder.nativeGateway.encoding());
        life = new ServerLife(hub, scheduler, told, connections, bots);
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
     * Users and rooms.
     *
     * @return the hub of this server
     */
    public Hub hub() {
        return hub;
    }

    /**
     * Where the server listens, with the ports that were chosen where 0 was asked for.
     *
     * @return an address for each listener, in the order given
     */
    public List<SocketAddress> addresses() {
        return life.addresses();
    }

    /**
     * Says something to everybody, in the operator's name.
     *
     * @param text what to say
     * @return completes when it is on its way to everybody, or fails with a {@link RoomException}
     */
    public CompletableFuture<Long> announce(String text) {
        return hub.announcements().say(requireNonNull(text, "text"));
    }

    /**
     * Says something in one room, in the operator's name. The room is opened for it if it is not in use, and closed again if
     * nobody is in it.
     *
     * @param room the room's name
     * @param text what to say
     * @return completes with the number of the message, or fails with a {@link RoomException}
     */
    public CompletableFuture<Long> say(String room, String text) {
        return hub.program().say(requireNonNull(room, "room"), text);
    }

    /**
     * Says something to one user, in the operator's name, in the direct conversation between the two: on every connection of
     * the user, and kept where the journal keeps. The user can answer there as long as the conversation is open, and the
     * program's listeners are told of the answer.
     *
     * @param name the user's name
     * @param text what to say
     * @return completes with the number of the message, or fails with a {@link RoomException}: NO_SUCH_USER if nobody of
     *     the name is here
     */
    public CompletableFuture<Long> tell(String name, String text) {
        return hub.program().tell(requireNonNull(name, "name"), text);
    }

    /**
     * Makes a room.
     *
     * @param name the room's name
     * @param plan what it is to be like
     * @return completes with the room, or fails with a {@link RoomException}: ROOM_EXISTS if the room is in use or has a
     *     history
     */
    public CompletableFuture<Room> createRoom(String name, RoomPlan plan) {
        return hub.program().create(name, plan);
    }

    /**
     * Closes a room: everybody is out. What the journal keeps of it stays.
     *
     * @param name the room's name
     * @param text why, for the members; may be empty
     * @return completes when it is closed, or fails with a {@link RoomException}: UNKNOWN_ROOM if it is not in use
     */
    public CompletableFuture<@Nullable Void> closeRoom(String name, String text) {
        return hub.program().close(name, text);
    }

    /**
     * Closes a room, and forgets its history, settings, roles and restrictions, whether it is in use or not.
     *
     * @param name the room's name
     * @param text why, for the members; may be empty
     * @return completes when all is forgotten, or fails with a {@link RoomException}
     */
    public CompletableFuture<@Nullable Void> deleteRoom(String name, String text) {
        return hub.program().delete(name, text);
    }

    /**
     * Acts on a user in one room, in the operator's name.
     *
     * @param room the room's name
     * @param action what to do
     * @param target the user's name; it need not be here, except for roles and KICK
     * @param duration for how long, for BAN and MUTE; zero means for good
     * @param text why; may be empty
     * @return completes with the number of the entry, or fails with a {@link RoomException}: UNKNOWN_ROOM if the room is
     *     not in use
     */
    public CompletableFuture<Long> moderate(String room, Action action, String target, Duration duration, String text) {
        return in(room, found -> found.moderate(action, target, duration, text));
    }

    /**
     * Changes the topic of a room, in the operator's name.
     *
     * @param room the room's name
     * @param topic the topic; empty to remove it
     * @return completes with the number of the entry, or fails with a {@link RoomException}: UNKNOWN_ROOM if the room is
     *     not in use
     */
    public CompletableFuture<Long> setTopic(String room, String topic) {
        return in(room, found -> found.setTopic(topic));
    }

    /** Does something in a room in use. */
    private CompletableFuture<Long> in(String room, Function<Room, CompletableFuture<Long>> command) {
        try {
            Room found = hub.findRoom(room);
            if (found == null) {
                throw new RoomException(RoomException.Reason.UNKNOWN_ROOM, "there is no room " + room);
            }
            return command.apply(found);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
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
        User user = hub.user(requireNonNull(name, "name"));
        boolean bot = user != null && bots.remove(user, reason);
        return (user != null && connections.remove(user, reason)) || bot;
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
        return counters.stats(hub, connections);
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
            ChatServer server = new ChatServer(this);
            server.life.start(rooms, listeners);
            return server;
        }
    }
}
