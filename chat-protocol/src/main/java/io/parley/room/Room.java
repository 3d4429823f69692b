package io.parley.room;

import static java.util.Objects.requireNonNull;

import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.Member;
import io.parley.model.RoomException;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A room: a log that its members read with cursors. Any thread may call its public methods; none blocks.
 *
 * <p>This is its outside. What is asked of it takes its place in the {@link Lane}, and happens in the {@link RoomCore} in
 * that order. (Over 300 lines, half of it Javadoc: it is all that a front door can ask of a room.)
 */
public final class Room {
    private final Hub hub;
    private final RoomRef ref;
    private final String key;
    private final List<User> pair;
    private final long epoch;
    private final ReentrantLock lock = new ReentrantLock();
    private final RoomCore core; // under the lock, but for what it says is not
    private final Lane lane;

    Room(Hub hub, RoomKind kind, String key, String name, int number, List<User> pair, Journal.Opened opened) {
        this.hub = hub;
        this.ref = new RoomRef(number, kind, name);
        this.key = key;
        this.pair = List.copyOf(pair);
        this.epoch = opened.epoch();
        this.core = new RoomCore(this, hub, lock, opened);
        this.lane = new Lane(this, core, lock);
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The kind of room.
     *
     * @return the kind
     */
    public RoomKind kind() {
        return ref.kind();
    }

    /**
     * Which room this is, as a value.
     *
     * @return its number, kind and name
     */
    public RoomRef ref() {
        return ref;
    }

    /**
     * The room's name; of a direct conversation both names.
     *
     * @return the name as it was first given
     */
    public String name() {
        return kind() == RoomKind.DIRECT
                ? pair.get(0).name() + " and " + pair.get(1).name()
                : ref.name();
    }

    /**
     * The hub's number for it, not used again while the process lives.
     *
     * @return the number, from 1
     */
    public int number() {
        return ref.number();
    }

    /**
     * The number of its history.
     *
     * @return the epoch
     */
    public long epoch() {
        return epoch;
    }

    /**
     * The last sequence number that was given and published.
     *
     * @return the head, 0 before the first
     */
    public long head() {
        return core.head();
    }

    /**
     * How many members there are.
     *
     * @return the number of users, not of connections
     */
    public int memberCount() {
        return locked(() -> core.roster().size());
    }

    /**
     * The topic.
     *
     * @return the topic, empty if none was set
     */
    public String topic() {
        return state().topic();
    }

    /**
     * Topic, settings, roles and restrictions as they are.
     *
     * @return the state
     */
    public RoomState state() {
        return locked(core::state);
    }

    // ---- what users ask for

    /**
     * Says something.
     *
     * @param sender the member who speaks, or the server's user
     * @param origin its session's public number
     * @param cid its own number for the message
     * @param body the text
     * @param tags what programs add
     * @param outcome told how it came out
     */
    public void say(User sender, long origin, long cid, String body, Tags tags, Outcome outcome) {
        take(sender, origin, cid, body, tags, outcome);
        proceed();
    }

    /**
     * Takes the place of something to be said, and leaves it to {@link #proceed} to have it happen: what came in one
     * burst is kept as one, and wakes each reader once.
     *
     * @param sender the member who speaks, or the server's user
     * @param origin its session's public number
     * @param cid its own number for the message
     * @param body the text
     * @param tags what programs add
     * @param outcome told how it came out
     */
    public void take(User sender, long origin, long cid, String body, Tags tags, Outcome outcome) {
        // Refused here and not in the lane, where it would stop the room.
        Command say = new Command.Say(origin, cid, requireNonNull(body), requireNonNull(tags));
        lane.take(new Ticket.Order(requireNonNull(sender), say, requireNonNull(outcome)));
    }

    /** Has happen what has taken its place: to be called when a burst is over, whatever ended it. */
    public void proceed() {
        lane.proceed();
    }

    /**
     * Sets the topic.
     *
     * @param actor a moderator
     * @param topic the topic
     * @param outcome told how it came out
     */
    public void setTopic(User actor, String topic, Outcome outcome) {
        order(actor, new Command.SetTopic(requireNonNull(topic)), outcome);
    }

    /**
     * Changes the settings.
     *
     * @param actor an owner
     * @param settings the new settings
     * @param outcome told how it came out
     */
    public void configure(User actor, RoomSettings settings, Outcome outcome) {
        order(actor, new Command.Configure(requireNonNull(settings)), outcome);
    }

    /**
     * Acts on a user.
     *
     * @param actor a moderator or, to give roles, an owner
     * @param action what to do
     * @param target the user's name; it need not be here, except for roles and KICK
     * @param durationMillis for how long, for BAN and MUTE; 0 means for good
     * @param text why
     * @param outcome told how it came out
     */
    public void moderate(User actor, Action action, String target, long durationMillis, String text, Outcome outcome) {
        Command.Target found;
        try {
            found = hub.target(target);
        } catch (RoomException badName) {
            outcome.refused(badName);
            return;
        }
        order(actor, new Command.Moderate(action, found, Math.max(0, durationMillis), requireNonNull(text)), outcome);
    }

    private void order(User actor, Command command, Outcome outcome) {
        lane.submit(new Ticket.Order(requireNonNull(actor), command, requireNonNull(outcome)));
    }

    /**
     * Tells the others that a member is writing; nothing happens if it is no member.
     *
     * @param user the member
     */
    public void typing(User user) {
        lane.submit(new Ticket.Pass(new Entry.Typing(user.name()), user));
    }

    /**
     * Ends a cursor's membership; the cursor still reads what was ordered before.
     *
     * @param cursor the cursor; nothing happens if it is over
     * @param text why, for the others; may be empty
     */
    public void leave(Cursor cursor, String text) {
        lane.submit(new Ticket.Leave(cursor, text));
    }

    /**
     * Reads history: with {@code after} the oldest entries above it, else the newest below {@code before}.
     *
     * @param reader a member, or the server's user
     * @param after exclusive lower bound or {@link Journal#NONE}
     * @param before exclusive upper bound or {@link Journal#NONE}
     * @param limit how many at most; the hub's own bound applies too
     * @return completes with the page, or fails with a {@link RoomException}
     */
    public CompletableFuture<EntryPage> history(User reader, long after, long before, int limit) {
        if (!isMember(reader)) {
            return CompletableFuture.failedFuture(Rules.notMember());
        }
        long published = head() + 1;
        long bound = before == Journal.NONE ? published : Math.min(before, published);
        return read(Math.min(after, head()), bound, Math.max(1, limit));
    }

    private CompletableFuture<EntryPage> read(long after, long before, int limit) {
        int most = Math.min(limit, hub.options().pageEntries());
        try {
            return hub.journal().read(key, after, before, most, hub.options().pageBytes());
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private boolean isMember(User user) {
        return locked(() -> core.isMember(user));
    }

    /**
     * A page of members in the order of their names.
     *
     * @param reader a member, or the server's user
     * @param after the name the page begins behind; empty for the first page
     * @param limit how many at most
     * @return the members
     * @throws RoomException if the reader is no member
     */
    public List<Member> members(User reader, String after, int limit) {
        String afterKey = after.isEmpty() ? "" : hub.names().user(after).key();
        if (!isMember(reader)) {
            throw Rules.notMember();
        }
        return locked(() -> core.roster().page(afterKey, limit, core.state()));
    }

    // ---- joining

    CompletableFuture<Joined> join(Participant participant, Past past) {
        CompletableFuture<Joined> entered = new CompletableFuture<>();
        lane.submit(new Ticket.Enter(participant, entered));
        return entered.thenCompose(joined -> withBacklog(joined, past));
    }

    /** Reads what was asked of the past up to the cursor's place: journal before it, log behind it, and no hole. */
    private CompletableFuture<Joined> withBacklog(Joined joined, Past past) {
        long until = joined.snapshot().head();
        boolean recovered = past.known() && past.epoch() == epoch && past.seq() <= until;
        long missing = recovered ? until - past.seq() : Math.min(until, past.last());
        long from = until - missing + 1;
        if (missing == 0) {
            return CompletableFuture.completedFuture(
                    new Joined(joined.cursor(), joined.snapshot(), recovered, from, List.of()));
        }
        return read(Journal.NONE, until + 1, (int) Math.min(missing, Integer.MAX_VALUE))
                .handle((page, error) -> {
                    List<Entry.Sequenced> backlog = page == null ? List.of() : page.entries();
                    // Whoever asked for the last few misses nothing that it asked for, unless reading failed.
                    long begin = backlog.isEmpty() ? until + 1 : backlog.get(0).seq();
                    long skipped = recovered || page == null ? from : begin;
                    return new Joined(joined.cursor(), joined.snapshot(), recovered, skipped, backlog);
                });
    }

    // ---- for the lane, the hub and cursors

    CompletableFuture<Long> append(List<Entry.Sequenced> entries, @Nullable RoomState stateAfter) {
        return kind() == RoomKind.ANNOUNCEMENTS
                ? CompletableFuture.completedFuture(head() + entries.size() + 1) // there is no history to keep
                : hub.journal().append(key, entries, stateAfter);
    }

    /** Wakes readers after something has happened. Called under no lock. */
    void wake() {
        core.wake();
        hub.budget().trim();
    }

    /** A guest's mute is kept under its name: whoever is under one keeps the name. */
    void checkMayRename(User user) {
        if (user.isGuest() && Permissions.isMuted(state(), user, hub.epochMillis())) {
            throw new RoomException(RoomException.Reason.MUTED, "you are muted in " + nameFor(user));
        }
    }

    void renamed(User user, String from, String to) {
        lane.submit(new Ticket.Pass(new Entry.Renamed(from, to), user));
    }

    void flush() {
        lane.submit(new Ticket.Flush());
    }

    /** Completes when all that was asked of the room before has happened and was told. */
    CompletableFuture<@Nullable Void> settled() {
        CompletableFuture<@Nullable Void> passed = new CompletableFuture<>();
        lane.submit(new Ticket.Mark(passed));
        return passed;
    }

    void shut(RoomException cause) {
        lane.submit(new Ticket.Close(cause));
    }

    /** Takes a place in the lane from within it; under the lock. */
    void enqueue(Ticket ticket) {
        lane.enqueue(ticket);
    }

    /** Keeps the room open without members; false if it is closed already. */
    boolean pin() {
        return locked(core::pin);
    }

    String key() {
        return key;
    }

    /** The two of a direct conversation; empty for any other room. */
    List<User> pair() {
        return pair;
    }

    /** The name as one user sees it. */
    String nameFor(User viewer) {
        return kind() == RoomKind.DIRECT
                ? pair.get(pair.get(0) == viewer ? 1 : 0).name()
                : ref.name();
    }

    Cursor.Gap skip(Cursor cursor, long from) {
        return locked(() -> core.skip(cursor, from));
    }

    void close(Cursor cursor) {
        lock.lock();
        try {
            core.close(cursor);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
