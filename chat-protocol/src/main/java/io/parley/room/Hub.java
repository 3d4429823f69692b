package io.parley.room;

import static java.util.Objects.requireNonNull;

import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.log.Faults;
import io.parley.model.BacklogRequest;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomItem;
import io.parley.model.UserAddress;
import io.parley.model.UserKind;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where users and rooms find each other. Any thread may call it; nothing blocks.
 *
 * <p>A gateway brings users in with {@link #login}, and does everything else with the {@link Session} that gives.
 */
public final class Hub {
    private final HubContext context;
    private final Logins logins;
    private final Users users;
    private final Rooms rooms;
    private final ProgramRooms program;
    private final Bans bans;
    private final Renames renames;
    private final Belonging membership;
    private final Resuming resuming;
    private final Revocations revocations;

    private Hub(Builder builder) {
        Journal journal = builder.journal.get();
        Ids ids = new Ids(journal.secret());
        User.Entrant operator = new User.Entrant(ids.next(), UserKind.OPERATOR, "", 0, null, 0, Map.of());
        users = new Users(new User(operator, builder.names.user(builder.operatorName)), builder.nanoTime);
        context = new HubContext(
                journal,
                builder.options,
                builder.names,
                builder.listener,
                ids,
                users,
                HubContext.room(builder.options, users, ids, builder.nanoTime, builder.epochMillis),
                builder.policy,
                builder.executor);
        rooms = new Rooms(context);
        program = new ProgramRooms(context, rooms);
        resuming = new Resuming(context, rooms, this::exit);
        bans = new Bans(context, resuming);
        renames = new Renames(context, rooms, bans);
        membership = new Belonging(context, rooms);
        revocations = new Revocations(context, resuming);
        logins = new Logins(context, renames::makeWay, resuming.sessions(), revocations);
    }

    /**
     * Begins to build a hub.
     *
     * @return a builder with every option at its default
     */
    public static Builder builder() {
        return new Builder();
    }

    // ---- users

    /**
     * Logs a user in, if the policy admits it. A guest is a new user, who goes with its session; all sessions of an account
     * are one user.
     *
     * @param applicant who wants to come in
     * @param encoding how its gateway writes entries: the same instance for all its sessions
     * @param subscriber told when there is something to read
     * @return completes with the session, or fails with a {@link RoomException}: AUTH_FAILED, FORBIDDEN, BAD_NAME, NAME_TAKEN
     *     or UNAVAILABLE
     */
    public CompletableFuture<Session> login(Applicant applicant, Encoding encoding, Subscriber subscriber) {
        return logins.login(
                applicant,
                (who, name) ->
                        new Session(this, context, logins.enter(who, name, encoding, subscriber), Resumption.NONE));
    }

    /**
     * Goes on with a session, if its token is good; else logs a user in as above, to a session that outlives its connection.
     *
     * @param applicant who wants to come in; null if only the token counts
     * @param wish the token, if there is one
     * @param address where the connection comes from; null for a user inside the program
     * @param encoding how its gateway writes entries: the same instance for all its sessions
     * @param subscriber told when there is something to read
     * @return completes with the session, or fails with a {@link RoomException}: SESSION_GONE without an applicant, a ban of
     *     the server, or as at a login
     */
    public CompletableFuture<Session> resume(
            @Nullable Applicant applicant,
            ResumeRequest wish,
            @Nullable SocketAddress address,
            Encoding encoding,
            Subscriber subscriber) {
        LastingParticipant.Arrival arrival = new LastingParticipant.Arrival(
                encoding, subscriber, UserAddress.of(address).orElse(null));
        CompletableFuture<Session> claimed = resuming.claim(
                wish, arrival, (participant, resumption) -> new Session(this, context, participant, resumption));
        CompletableFuture<Session> done = new CompletableFuture<>();
        Faults.whenDone(claimed, (session, no) -> {
            if (applicant != null && no != null && Resuming.isGone(no)) {
                logins.login(applicant, (who, name) -> enter(logins.enter(who, name, encoding, subscriber, wish)))
                        .whenComplete((entered, error) -> Asking.complete(done, entered, error));
            } else {
                Asking.complete(done, session, no);
            }
        });
        return done;
    }

    private Session enter(Logins.Lasting lasting) {
        return new Session(this, context, lasting.participant(), lasting.resumption());
    }

    /** How sessions outlive their connections. */
    Resuming resuming() {
        return resuming;
    }

    /**
     * How many sessions have no connection at the moment, and are held for their clients to come back.
     *
     * @return the number
     */
    public int heldCount() {
        return resuming.sessions().heldCount();
    }

    /**
     * Ends the sessions of a user that have no connection.
     *
     * @param user the user
     * @return whether there was one
     */
    public boolean endHeld(User user) {
        boolean any = false;
        for (Participant participant : user.participants()) {
            any |= resuming.end(participant);
        }
        return any;
    }

    /**
     * Ends the sessions of an account, with and without connections: its password was reset, or it was deleted. A login that
     * is under way ends, too.
     *
     * @param account the account's id, as the policy gives it
     * @param text why, for the user
     * @return whether there was a session
     */
    public boolean endAccount(String account, String text) {
        return revocations.end(context.ids().account(account), null, requireNonNull(text, "text"));
    }

    /**
     * Ends an account that is no more: its sessions, and its memberships with the roles in those rooms. What it has said stays, and
     * so does the other's part of a conversation. To be called when the policy does not know the account any more.
     *
     * @param account the account's id, as the policy gave it
     * @param text why, for the user and the rooms it was in
     * @return completes when that has happened; fails with a {@link RoomException}, UNAVAILABLE, if not all memberships could be
     *     ended: then its sessions have ended, and this is to be called again
     */
    public CompletableFuture<@Nullable Void> deleteAccount(String account, String text) {
        endAccount(account, text);
        return membership.end(context.ids().account(account), new RoomException(RoomException.Reason.ROOM_GONE, text));
    }

    /** How sessions end whose account has another password. */
    Revocations revocations() {
        return revocations;
    }

    /** How users get other names. */
    Renames renames() {
        return renames;
    }

    /**
     * Ends a connection's part in the hub; with the user's last one the name is free again. The owner leaves its rooms
     * first. Idempotent.
     */
    void exit(Participant participant) {
        if (users.exit(participant)) {
            User user = participant.user();
            rooms.exited(user);
            context.listener().onExit(user);
        }
    }

    /** How users come in, if nobody is asked. */
    Logins logins() {
        return logins;
    }

    /** Which rooms accounts are members of. */
    Belonging membership() {
        return membership;
    }

    /** The one of an id who is here, or an account that a room in use knows; null if there is neither. */
    @Nullable
    User known(long id) {
        return users.known(id);
    }

    /** Another user, for a direct conversation: one who is here, or an account. */
    User other(User self, long id) {
        return users.other(self, id);
    }

    /**
     * The server's own user, who speaks for the operator and owns every room. It has no connection.
     *
     * @return the user
     */
    public User operator() {
        return users.operator();
    }

    /**
     * Finds a user who is here.
     *
     * @param name the name
     * @return the user, or null
     * @throws RoomException BAD_NAME if nobody can have that name
     */
    public @Nullable User user(String name) {
        return users.find(names().user(name));
    }

    /**
     * Lists everybody who is here.
     *
     * @return the users, by name
     */
    public List<User> users() {
        return users.all();
    }

    /**
     * How many users are here.
     *
     * @return the number, without the operator
     */
    public int userCount() {
        return users.size();
    }

    /**
     * {@return who is kept off the server}
     */
    public Bans bans() {
        return bans;
    }

    // ---- rooms

    /**
     * Opens a room for the server's own use, keeps it in use with or without members, and takes their role from its owners.
     *
     * @param name the room's name
     * @return completes with the room when nobody but the server owns it, or fails with a {@link RoomException}
     */
    public CompletableFuture<Room> room(String name) {
        return context.told(rooms.in(requireNonNull(name, "name"), OpenRoom::pinned));
    }

    /**
     * {@return what the program does with rooms by their names, and says there}
     */
    public ProgramRooms program() {
        return program;
    }

    /** Joins a room; the exception tells why the user may not create it, or is null. */
    CompletableFuture<Opening> join(
            Participant participant, NamePolicy.Name name, BacklogRequest backlog, @Nullable RoomException uncreated) {
        return membership.in(
                participant.user(), Rooms.Wanted.room(name), room -> room.join(participant, backlog, uncreated));
    }

    /** Opens the direct conversation with another user. */
    CompletableFuture<Opening> direct(Participant participant, User other, BacklogRequest backlog) {
        Rooms.Wanted wanted = Rooms.Wanted.direct(participant.user(), other);
        return membership.in(participant.user(), wanted, room -> room.join(participant, backlog, null));
    }

    /** Subscribes to what the server says to everybody. */
    CompletableFuture<Opening> joinAnnouncements(Participant participant) {
        return rooms.announcements().join(participant, BacklogRequest.NOTHING, null);
    }

    /** Whether whoever joins a room now creates it. */
    boolean isNew(NamePolicy.Name name) {
        OpenRoom room = rooms.find(Rooms.Wanted.room(name).key());
        return room == null || room.isNew();
    }

    /**
     * The room in which the server speaks to everybody.
     *
     * @return the room of kind ANNOUNCEMENTS
     */
    public Room announcements() {
        return rooms.announcements();
    }

    /**
     * The rooms in use, without direct conversations.
     *
     * @return the rooms, by name
     */
    public List<Room> rooms() {
        return rooms.all();
    }

    /**
     * The rooms in use that a user sees in lists: if hidden or invite-only, as a member, invited, or with a role there.
     *
     * @param viewer the user
     * @param after the name to begin behind; empty for the first page
     * @param limit how many at most, not negative
     * @return the rooms, by name
     */
    public List<RoomItem> rooms(User viewer, String after, int limit) {
        return rooms.listed(viewer, after, limit);
    }

    /**
     * Finds a room in use.
     *
     * @param name the room's name
     * @return the room, or null
     * @throws RoomException BAD_NAME if no room can have that name
     */
    public @Nullable Room findRoom(String name) {
        return rooms.find(Rooms.Wanted.room(names().room(name)).key());
    }

    /**
     * The time that restrictions are measured in: the wall time as it was when the hub was built, advanced by the time that has
     * passed since. Nobody can set it.
     *
     * @return milliseconds since 1970
     */
    public long steadyMillis() {
        return context.steadyMillis();
    }

    /**
     * Memory held by encoded entries at the moment.
     *
     * @return the bytes of all chunks of all rooms
     */
    public long windowBytes() {
        return context.room().budget().used();
    }

    /**
     * Waits for what is under way.
     *
     * @return completes when all that was asked of any room before has happened, and the listener was told
     */
    public CompletableFuture<@Nullable Void> settled() {
        return rooms.settled();
    }

    /**
     * Brings back what an earlier process has kept in the journal beside rooms: the bans of the server, whose messages accounts
     * take, and sessions, without connections and with the whole time to come back. To be called once, before anybody comes in.
     *
     * @return completes when they are there; fails if the journal cannot be read
     */
    public CompletableFuture<@Nullable Void> restore() {
        return resuming.restore();
    }

    /**
     * Has the journal store what it does not have yet of sessions and memberships. To be called last.
     *
     * @return completes when that is done, or cannot be done
     */
    public CompletableFuture<@Nullable Void> flush() {
        return resuming.flush().thenCompose(done -> context.memberships().flush(context.nanos()));
    }

    /** Does what is due: to be called a few times a second. */
    public void tick() {
        rooms.tick();
        resuming.tick();
        long now = context.nanos();
        context.memberships().tick(now);
        context.waiting().forEach(waiting -> waiting.expire(now));
    }

    /** How many sessions, logins apart from them, wait for the policy. */
    int waitingForPolicy() {
        return context.waiting().size();
    }

    /**
     * The bounds.
     *
     * @return the options the hub was built with
     */
    public HubOptions options() {
        return context.options();
    }

    /**
     * The name policy.
     *
     * @return the policy the hub was built with
     */
    public NamePolicy names() {
        return context.names();
    }

    /** Builds a hub. One thread. */
    public static final class Builder {
        private Supplier<Journal> journal = MemoryJournal::withDefaults;
        private HubOptions options = HubOptions.DEFAULT;
        private NamePolicy names = NamePolicy.standard();
        private HubListener listener = new HubListener() {};
        private LongSupplier nanoTime = System::nanoTime;
        private LongSupplier epochMillis = System::currentTimeMillis;
        private String operatorName = "operator";
        private ChatPolicy policy = ChatPolicy.OPEN;
        private Executor executor = ForkJoinPool.commonPool();

        private Builder() {}

        /**
         * Where what is said is kept.
         *
         * @param value the journal; a new {@link MemoryJournal} if none is given
         * @return this builder
         */
        public Builder journal(Journal value) {
            requireNonNull(value, "journal");
            journal = () -> value;
            return this;
        }

        /**
         * The bounds.
         *
         * @param value the options
         * @return this builder
         */
        public Builder options(HubOptions value) {
            options = requireNonNull(value, "options");
            return this;
        }

        /**
         * Which names there may be.
         *
         * @param value the policy
         * @return this builder
         */
        public Builder names(NamePolicy value) {
            names = requireNonNull(value, "names");
            return this;
        }

        /**
         * Who is told of everything.
         *
         * @param value the listener
         * @return this builder
         */
        public Builder listener(HubListener value) {
            listener = requireNonNull(value, "listener");
            return this;
        }

        /**
         * The clocks.
         *
         * @param nanos monotonic time in nanoseconds
         * @param millis wall time in milliseconds since 1970
         * @return this builder
         */
        public Builder clock(LongSupplier nanos, LongSupplier millis) {
            nanoTime = requireNonNull(nanos, "nanos");
            epochMillis = requireNonNull(millis, "millis");
            return this;
        }

        /**
         * The name of the server's own user, which nobody else can take.
         *
         * @param value the name
         * @return this builder
         */
        public Builder operatorName(String value) {
            operatorName = requireNonNull(value, "operatorName");
            return this;
        }

        /**
         * Who may do what.
         *
         * @param value the policy
         * @return this builder
         */
        public Builder policy(ChatPolicy value) {
            policy = requireNonNull(value, "policy");
            return this;
        }

        /**
         * Where is done what waited for the policy.
         *
         * @param value an executor
         * @return this builder
         */
        public Builder executor(Executor value) {
            executor = requireNonNull(value, "executor");
            return this;
        }

        /**
         * Makes the hub.
         *
         * @return a hub without users and rooms
         */
        public Hub build() {
            return new Hub(this);
        }
    }
}
