package io.parley.room;

import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomState;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where users and rooms find each other. Any thread may call it; nothing blocks.
 *
 * <p>Front doors bring users in with {@link #enter}; everything else goes through the {@link Participant} that gives,
 * and through {@link Room}. (Over 300 lines, most of them Javadoc and builder: users are kept in {@link Users}, rooms in
 * {@link Rooms}.)
 */
public final class Hub {
    static final Outcome IGNORED = new Outcome() {
        @Override
        public void kept(long seq) {}

        @Override
        public void refused(RoomException why) {}
    };

    private final Journal journal;
    private final HubOptions options;
    private final NamePolicy names;
    private final HubListener listener;
    private final LongSupplier nanoTime;
    private final LongSupplier epochMillis;
    private final WindowBudget budget;
    private final User operator;
    private final SecureRandom random = new SecureRandom();
    private final Set<Room> unflushed = ConcurrentHashMap.newKeySet();
    private final Users users;
    private final Rooms rooms;
    private final Room announcements;

    private Hub(Builder builder) {
        journal = builder.journal.get();
        options = builder.options;
        options.check();
        names = builder.names;
        listener = builder.listener;
        nanoTime = builder.nanoTime;
        epochMillis = builder.epochMillis;
        budget = new WindowBudget(options.maxWindowBytes());
        NamePolicy.Name name = names.user(builder.operatorName);
        operator = new User(User.SERVER_IDENTITY, name);
        users = new Users(operator);
        rooms = new Rooms(this, users);
        Journal.Opened opened = new Journal.Opened(1, 0, 1, RoomState.EMPTY);
        announcements = new Room(this, RoomKind.ANNOUNCEMENTS, "announcements", "*", 0, List.of(), opened);
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
     * Brings a connection in as a guest, with a new identity that ends with it.
     *
     * @param wanted the name it asks for
     * @param encoding how its door writes entries: the same instance for all connections of a door
     * @param outlet told when there is something to read
     * @return the connection's hold on the hub
     * @throws RoomException BAD_NAME or NAME_TAKEN
     */
    public Participant enterGuest(String wanted, Encoding encoding, Outlet outlet) {
        long origin = random.nextLong();
        return enter("guest:" + HexFormat.of().toHexDigits(origin), wanted, origin, encoding, outlet);
    }

    /**
     * Brings a connection in as a user who has proved who it is; further connections of the same identity are the
     * same user.
     *
     * @param account the account's id; where accounts are called by their names, the name's {@link NamePolicy.Name#key}
     * @param wanted the name, which the account is entitled to
     * @param encoding how its door writes entries
     * @param outlet told when there is something to read
     * @return the connection's hold on the hub
     * @throws RoomException BAD_NAME or NAME_TAKEN
     */
    public Participant enterAccount(String account, String wanted, Encoding encoding, Outlet outlet) {
        return enter(User.ACCOUNT + account, wanted, random.nextLong(), encoding, outlet);
    }

    private Participant enter(String identity, String wanted, long origin, Encoding encoding, Outlet outlet) {
        Users.Entered entered = users.enter(
                identity, names.user(wanted), user -> new Participant(this, user, origin, encoding, outlet));
        if (entered.first()) {
            Lane.safely(() -> listener.onEnter(entered.participant().user())); // or nobody would hold the participant
        }
        return entered.participant();
    }

    String rename(User user, String wanted) {
        NamePolicy.Name next = names.user(wanted);
        String former = user.name();
        user.rooms().forEach(room -> room.checkMayRename(user));
        users.rename(user, next);
        if (!former.equals(next.display())) {
            user.rooms().forEach(room -> room.renamed(user, former, next.display()));
            listener.onRename(user, former, next.display());
        }
        return next.display();
    }

    void exit(Participant participant) {
        if (users.exit(participant)) {
            User user = participant.user();
            RoomException gone = new RoomException(Reason.ROOM_GONE, user.name() + " has gone");
            directsOf(user).forEach(room -> room.shut(gone));
            listener.onExit(user);
        }
    }

    /** The open conversations that end with a guest. */
    private List<Room> directsOf(User user) {
        return user.isGuest() ? user.directs() : List.of();
    }

    /**
     * The server's own user, who speaks for the operator and owns every room. It has no connection.
     *
     * @return the user
     */
    public User operator() {
        return operator;
    }

    /**
     * Finds a user who is here.
     *
     * @param name the name
     * @return the user, or null
     * @throws RoomException BAD_NAME if nobody can have that name
     */
    public @Nullable User user(String name) {
        return users.find(names.user(name));
    }

    /**
     * Everybody who is here.
     *
     * @return the users, by name
     */
    public List<User> users() {
        List<User> all = users.all();
        all.sort(Comparator.comparing(User::name));
        return all;
    }

    Command.Target target(String name) {
        NamePolicy.Name wanted = names.user(name);
        User user = user(name);
        return user == null ? Command.Target.away(wanted) : Command.Target.of(user);
    }

    // ---- rooms

    /**
     * Opens a room for the server's own use and keeps it open with or without members; nobody but the server owns it.
     *
     * @param name the room's name
     * @return completes with the room, or fails with a {@link RoomException}
     */
    public CompletableFuture<Room> room(String name) {
        return inRoom(name, room -> room.pin() ? CompletableFuture.completedFuture(room) : goneRoom());
    }

    private static <T> CompletableFuture<T> goneRoom() {
        return CompletableFuture.failedFuture(new RoomException(Reason.ROOM_GONE, "the room was closed"));
    }

    CompletableFuture<Joined> join(Participant participant, String name, Past past) {
        return inRoom(name, room -> room.join(participant, past));
    }

    private <T> CompletableFuture<T> inRoom(String name, Function<Room, CompletableFuture<T>> use) {
        try {
            NamePolicy.Name checked = names.room(name);
            return rooms.in(new Rooms.Place(roomKey(checked), RoomKind.ROOM, checked.display(), List.of()), use);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    CompletableFuture<Joined> direct(Participant participant, String name, Past past) {
        User self = participant.user();
        try {
            User other = user(name);
            if (other == null || other.isServer()) {
                throw new RoomException(Reason.NO_SUCH_USER, "nobody called " + name + " is here");
            }
            if (other == self) {
                throw new RoomException(Reason.BAD_REQUEST, "that is you");
            }
            boolean ordered = self.identity().compareTo(other.identity()) < 0;
            List<User> pair = ordered ? List.of(self, other) : List.of(other, self);
            String first = pair.get(0).identity();
            String key = "direct:" + first.length() + ":" + first + pair.get(1).identity();
            return rooms.in(new Rooms.Place(key, RoomKind.DIRECT, "", pair), room -> room.join(participant, past));
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    private static String roomKey(NamePolicy.Name name) {
        return "room:" + name.key();
    }

    /** Puts a closed room away. Called once for each room, under no lock. */
    void unload(Room room, boolean forGood) {
        unflushed.remove(room);
        rooms.unload(room, forGood);
    }

    /**
     * The room in which the server speaks to everybody.
     *
     * @return the room of kind {@link RoomKind#ANNOUNCEMENTS}
     */
    public Room announcements() {
        return announcements;
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
     * Finds a room in use.
     *
     * @param name the room's name
     * @return the room, or null
     * @throws RoomException BAD_NAME if no room can have that name
     */
    public @Nullable Room findRoom(String name) {
        return rooms.find(roomKey(names.room(name)));
    }

    /**
     * Memory held by encoded entries at the moment.
     *
     * @return the bytes of all chunks of all rooms
     */
    public long windowBytes() {
        return budget.used();
    }

    /**
     * Waits for what is under way.
     *
     * @return completes when all that was asked of any room before has happened, and the listener was told
     */
    public CompletableFuture<@Nullable Void> settled() {
        return rooms.settled();
    }

    /** Does what is due: to be called a few times a second. */
    public void tick() {
        for (Room room : List.copyOf(unflushed)) { // a copy: a room may put itself back
            unflushed.remove(room); // before it is told, or news that comes in between would be forgotten
            room.flush();
        }
    }

    void flushLater(Room room) {
        unflushed.add(room);
    }

    Journal journal() {
        return journal;
    }

    /**
     * The bounds.
     *
     * @return the options the hub was built with
     */
    public HubOptions options() {
        return options;
    }

    /**
     * The name policy.
     *
     * @return the policy the hub was built with
     */
    public NamePolicy names() {
        return names;
    }

    HubListener listener() {
        return listener;
    }

    WindowBudget budget() {
        return budget;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    long epochMillis() {
        return epochMillis.getAsLong();
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

        private Builder() {}

        /**
         * Where what is said is kept.
         *
         * @param value the journal; a new {@link MemoryJournal} if none is given
         * @return this builder
         */
        public Builder journal(Journal value) {
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
            options = value;
            return this;
        }

        /**
         * Which names there may be.
         *
         * @param value the policy
         * @return this builder
         */
        public Builder names(NamePolicy value) {
            names = value;
            return this;
        }

        /**
         * Who is told of everything.
         *
         * @param value the listener
         * @return this builder
         */
        public Builder listener(HubListener value) {
            listener = value;
            return this;
        }

        /**
         * Monotonic time in nanoseconds.
         *
         * @param value the clock
         * @return this builder
         */
        public Builder nanoTime(LongSupplier value) {
            nanoTime = value;
            return this;
        }

        /**
         * Wall time in milliseconds since 1970.
         *
         * @param value the clock
         * @return this builder
         */
        public Builder epochMillis(LongSupplier value) {
            epochMillis = value;
            return this;
        }

        /**
         * The name of the server's own user, which nobody else can take.
         *
         * @param value the name
         * @return this builder
         */
        public Builder operatorName(String value) {
            operatorName = value;
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
