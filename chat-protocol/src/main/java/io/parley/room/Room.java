package io.parley.room;

import io.parley.room.RoomException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A room: a log that its members read with cursors. Any thread may call its public methods; none blocks.
 *
 * <p>Everything that happens in it goes through its {@link Lane}; this class says what each thing means. State,
 * members and logs change there only, under the one lock, so that whoever joins gets a snapshot and a cursor of the
 * very same point. Longer than other files because this is the whole life of a room, in one place to read.
 */
public final class Room {
    private static final long PRESENCE_INTERVAL_NANOS = 100_000_000;
    private static final RoomLog[] NO_LOGS = {};

    private final Hub hub;
    private final RoomKind kind;
    private final String key;
    private final String name;
    private final int number;
    private final List<User> pair;
    private final ReentrantLock lock = new ReentrantLock();
    private final Lane lane = new Lane(this, lock);
    private final Roster roster = new Roster(); // lock
    private final long epoch;
    private RoomState state; // lock
    private volatile long head; // written under the lock
    private volatile long floor; // written under the lock
    private volatile RoomLog[] logs = NO_LOGS; // replaced under the lock
    private long lastPresence; // when presence was last told; lock
    private boolean pinned; // lock
    private boolean doomed; // never to be opened again; lock
    private boolean closed; // lock

    Room(Hub hub, RoomKind kind, String key, String name, int number, List<User> pair, Journal.Opened opened) {
        this.hub = hub;
        this.kind = kind;
        this.key = key;
        this.name = name;
        this.number = number;
        this.pair = List.copyOf(pair);
        this.epoch = opened.epoch();
        this.head = opened.head();
        this.floor = opened.floor();
        this.state = opened.state();
        this.pinned = kind == RoomKind.ANNOUNCEMENTS;
        this.lastPresence = hub.nanoTime() - PRESENCE_INTERVAL_NANOS;
    }

    /**
     * The kind of room.
     *
     * @return the kind
     */
    public RoomKind kind() {
        return kind;
    }

    /**
     * The room's name; of a direct conversation both names.
     *
     * @return the name as it was first given
     */
    public String name() {
        return kind == RoomKind.DIRECT ? pair.get(0).name() + " and " + pair.get(1).name() : name;
    }

    /**
     * The hub's number for it, not used again while the process lives.
     *
     * @return the number, from 1
     */
    public int number() {
        return number;
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
        return head;
    }

    /**
     * How many members there are.
     *
     * @return the number of users, not of connections
     */
    public int memberCount() {
        lock.lock();
        try {
            return roster.size();
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    // ---- what users ask for

    /**
     * Says something.
     *
     * @param sender the member who speaks, or the server's user
     * @param origin its session's public number
     * @param cid its own number for the message
     * @param body the text
     * @param tags what programs add; not to be changed afterwards
     * @param outcome told how it came out
     */
    public void say(
            User sender, long origin, long cid, String body, Map<String, byte[]> tags, Outcome outcome) {
        order(sender, new Command.Say(origin, cid, body, tags), outcome);
    }

    /**
     * Sets the topic.
     *
     * @param actor a moderator
     * @param topic the topic
     * @param outcome told how it came out
     */
    public void setTopic(User actor, String topic, Outcome outcome) {
        order(actor, new Command.SetTopic(topic), outcome);
    }

    /**
     * Changes the settings.
     *
     * @param actor an owner
     * @param settings the new settings
     * @param outcome told how it came out
     */
    public void configure(User actor, RoomSettings settings, Outcome outcome) {
        order(actor, new Command.Configure(settings), outcome);
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
    public void moderate(
            User actor, Action action, String target, long durationMillis, String text, Outcome outcome) {
        Command.Target found;
        try {
            found = hub.target(target);
        } catch (RoomException badName) {
            outcome.refused(badName);
            return;
        }
        order(actor, new Command.Moderate(action, found, Math.max(0, durationMillis), text), outcome);
    }

    private void order(User actor, Command command, Outcome outcome) {
        lane.submit(new Ticket.Order(actor, command, outcome));
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
    public CompletableFuture<Journal.Page> history(User reader, long after, long before, int limit) {
        if (!isMember(reader)) {
            return CompletableFuture.failedFuture(notMember());
        }
        long published = head + 1;
        long bound = before == Journal.NONE ? published : Math.min(before, published);
        return read(after, bound, Math.max(1, limit));
    }

    private CompletableFuture<Journal.Page> read(long after, long before, int limit) {
        int most = Math.min(limit, hub.options().pageEntries());
        return hub.journal().read(key, after, before, most, hub.options().pageBytes());
    }

    private boolean isMember(User user) {
        lock.lock();
        try {
            return user.isServer() || roster.find(user) != null;
        } finally {
            lock.unlock();
        }
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
    public List<Entry.Listed> members(User reader, String after, int limit) {
        String afterKey = after.isEmpty() ? "" : hub.names().user(after).key();
        if (!isMember(reader)) {
            throw notMember();
        }
        lock.lock();
        try {
            return roster.page(afterKey, Math.min(limit, hub.options().maxListed()), state);
        } finally {
            lock.unlock();
        }
    }

    private static RoomException notMember() {
        return new RoomException(Reason.NOT_A_MEMBER, "you are not in this room");
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

    private void enter(Ticket.Enter ticket, Lane.Step step) {
        Participant participant = ticket.participant();
        User user = participant.user();
        try {
            if (closed) {
                throw new RoomException(Reason.ROOM_GONE, "the room was closed");
            }
            if (kind == RoomKind.ROOM) {
                checkRoom(user);
            }
            Joined joined = attach(participant, step);
            step.then(() -> ticket.joined().complete(joined));
        } catch (RoomException no) {
            step.then(() -> ticket.joined().completeExceptionally(no));
        }
    }

    private void checkRoom(User user) {
        state.checkMayJoin(user, hub.epochMillis());
        if (roster.find(user) == null) {
            int limit = state.settings().memberLimit();
            int most = limit <= 0 ? hub.options().maxMembers() : Math.min(limit, hub.options().maxMembers());
            if (roster.size() >= most) {
                throw new RoomException(Reason.ROOM_FULL, "the room is full: it has " + most + " members");
            }
            if (user.rooms().size() >= hub.options().maxRoomsPerUser()) {
                throw new RoomException(Reason.TOO_MANY_ROOMS, "you are in as many rooms as you may");
            }
            boolean founder = roster.size() == 0 && !pinned && !state.hasOwner();
            if (founder && !user.isServer()) {
                giveRole(user, Action.MAKE_OWNER);
            }
        }
    }

    /** Makes a cursor at the present end, with a snapshot of the very same point. */
    private Joined attach(Participant participant, Lane.Step step) {
        User user = participant.user();
        Roster.Member member = roster.find(user);
        if (member == null) {
            member = roster.add(user, state.role(user));
            if (kind != RoomKind.ANNOUNCEMENTS) {
                user.rooms().add(this);
                step.then(() -> hub.listener().onJoin(this, user));
            }
            tellPresence(false);
        }
        for (Cursor former : List.copyOf(member.cursors)) {
            if (former.participant() == participant) {
                end(member, former, null);
            }
        }
        Cursor cursor = new Cursor(this, logFor(participant.encoding()), participant);
        cursor.log().add(cursor);
        member.cursors.add(cursor);
        return new Joined(cursor, snapshot(user), false, 0, List.of());
    }

    private RoomLog logFor(Encoding encoding) {
        for (RoomLog log : logs) {
            if (log.encoding() == encoding) {
                return log;
            }
        }
        RoomLog log = new RoomLog(encoding, hub.budget(), lock, head);
        RoomLog[] more = Arrays.copyOf(logs, logs.length + 1);
        more[more.length - 1] = log;
        logs = more;
        return log;
    }

    private Snapshot snapshot(User viewer) {
        boolean listed =
                state.settings().presence() == PresenceMode.FULL && roster.size() <= hub.options().maxListed();
        List<Entry.Listed> members = listed && kind != RoomKind.ANNOUNCEMENTS
                ? roster.page("", Integer.MAX_VALUE, state)
                : List.of();
        return new Snapshot(this, nameFor(viewer), epoch, head, floor, state, state.role(viewer), roster.size(), members);
    }

    private String nameFor(User viewer) {
        return kind == RoomKind.DIRECT ? pair.get(pair.get(0) == viewer ? 1 : 0).name() : name;
    }

    // ---- what happens in the lane; all of it under the lock

    /** Judges a command by the state at its place; throws if it may not be. */
    Entry.Sequenced order(Ticket.Order order, RoomState before, long seq) {
        User actor = order.actor();
        if (closed) {
            throw new RoomException(Reason.ROOM_GONE, "the room was closed");
        }
        if (!actor.isServer() && roster.find(actor) == null) {
            throw notMember();
        }
        long now = hub.epochMillis();
        if (order.command() instanceof Command.Say say) {
            checkSay(actor, say, before, now);
            return new Entry.Message(seq, now, say.origin(), say.cid(), actor.name(), say.body(), say.tags());
        }
        if (kind != RoomKind.ROOM) {
            throw new RoomException(Reason.FORBIDDEN, "this is not a room with owners");
        }
        before.checkMay(actor, order.command(), hub.options().maxRestrictions());
        if (order.command() instanceof Command.SetTopic set) {
            checkText(set.topic());
            return new Entry.TopicChanged(seq, now, actor.name(), set.topic());
        }
        if (order.command() instanceof Command.Configure configure) {
            return new Entry.Configured(seq, now, actor.name(), configure.settings());
        }
        return moderated(actor, (Command.Moderate) order.command(), seq, now);
    }

    private void checkSay(User actor, Command.Say say, RoomState before, long now) {
        if (kind == RoomKind.ANNOUNCEMENTS && !actor.isServer()) {
            throw new RoomException(Reason.FORBIDDEN, "only the server speaks here");
        }
        before.checkMaySpeak(actor, now);
        if (isLonger(say.body(), hub.options().maxBodyBytes())) {
            throw new RoomException(
                    Reason.TOO_LARGE, "a message has at most " + hub.options().maxBodyBytes() + " bytes");
        }
        for (User one : pair) {
            if (one.isGuest() && !one.isHere()) {
                throw new RoomException(Reason.NO_SUCH_USER, one.name() + " is not here any more");
            }
        }
    }

    private Entry.Moderated moderated(User actor, Command.Moderate act, long seq, long now) {
        Command.Target target = act.target();
        checkText(act.text());
        if ((act.action().givesRole() || act.action() == Action.KICK) && !knows(target)) {
            throw new RoomException(Reason.NO_SUCH_USER, target.name() + " is not in this room");
        }
        String subject =
                act.action().givesRole() || act.action() == Action.KICK ? target.identity() : target.banKey();
        return new Entry.Moderated(
                seq, now, actor.name(), act.action(), target.name(), subject, act.durationMillis(), act.text());
    }

    private boolean knows(Command.Target target) {
        return state.roles().containsKey(target.identity())
                || (target.user() != null && roster.find(target.user()) != null);
    }

    private void checkText(String text) {
        if (isLonger(text, hub.options().maxTextBytes())) {
            throw new RoomException(
                    Reason.TOO_LARGE, "a text here has at most " + hub.options().maxTextBytes() + " bytes");
        }
    }

    private static boolean isLonger(String text, int maxBytes) {
        // One char is at most three bytes, so most texts need not be encoded to be measured.
        return text.length() > maxBytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }

    CompletableFuture<Long> append(List<Entry.Sequenced> entries, @Nullable RoomState stateAfter) {
        return kind == RoomKind.ANNOUNCEMENTS
                ? CompletableFuture.completedFuture(head + 1) // for those who are here: there is no history to keep
                : hub.journal().append(key, entries, stateAfter);
    }

    void kept(long newFloor) {
        floor = newFloor;
    }

    /** Makes an entry that was kept part of the room. */
    void publish(Entry.Sequenced entry, Command command, Lane.Step step) {
        tellPresence(true);
        if (kind == RoomKind.DIRECT) {
            openOnEveryDevice(step);
        }
        head = entry.seq();
        state = state.after(entry);
        write(entry);
        if (command instanceof Command.Moderate act && act.action().removes() && act.target().user() != null) {
            Roster.Member member = roster.find(act.target().user());
            if (member != null) {
                boolean ban = act.action() == Action.BAN;
                String words = (ban ? "banned" : "kicked") + (act.text().isEmpty() ? "" : ": " + act.text());
                remove(member, words, new RoomException(ban ? Reason.BANNED : Reason.KICKED, words), step);
            }
        }
    }

    private void openOnEveryDevice(Lane.Step step) {
        for (User user : pair) {
            for (Participant participant : user.participants()) {
                Roster.Member member = roster.find(user);
                if (member == null || member.cursors.stream().noneMatch(c -> c.participant() == participant)) {
                    Joined joined = attach(participant, step);
                    step.then(() -> participant.outlet().opened(joined));
                }
            }
        }
    }

    private void write(Entry entry) {
        for (RoomLog log : logs) {
            log.append(this, entry);
        }
    }

    /** Does what needs no journal. */
    void apply(Ticket ticket, Lane.Step step) {
        if (ticket instanceof Ticket.Enter enter) {
            enter(enter, step);
        } else if (ticket instanceof Ticket.Leave leave) {
            leave(leave, step);
        } else if (ticket instanceof Ticket.Pass pass) {
            pass(pass);
        } else if (ticket instanceof Ticket.Flush) {
            tellPresence(true);
        } else if (ticket instanceof Ticket.Close close) {
            for (Roster.Member member : roster.all()) {
                remove(member, close.cause().text(), close.cause(), step);
            }
            pinned = false;
            doomed = true;
        }
    }

    private void leave(Ticket.Leave ticket, Lane.Step step) {
        Cursor cursor = ticket.cursor();
        Roster.Member member = roster.find(cursor.participant().user());
        if (cursor.isOver() || member == null) {
            return;
        }
        end(member, cursor, null);
        if (member.cursors.isEmpty()) {
            remove(member, ticket.text(), null, step);
        }
    }

    private void end(Roster.Member member, Cursor cursor, @Nullable RoomException cause) {
        member.cursors.remove(cursor);
        cursor.end(new Cursor.End(cursor.log().end(), head, cause));
    }

    private void remove(Roster.Member member, String text, @Nullable RoomException cause, Lane.Step step) {
        for (Cursor cursor : List.copyOf(member.cursors)) {
            end(member, cursor, cause);
        }
        User user = member.user;
        roster.remove(member, text);
        if (user.rooms().remove(this)) {
            step.then(() -> hub.listener().onLeave(this, user));
        }
        tellPresence(false);
        // A guest's identity ends with its session, which may be now: its role must not outlive it.
        if (user.isGuest() && state.role(user) != Role.MEMBER) {
            giveRole(user, Action.MAKE_MEMBER);
        }
    }

    private void giveRole(User user, Action action) {
        Command.Target target = new Command.Target(user.name(), user.identity(), user.banKey(), user);
        lane.enqueue(new Ticket.Order(hub.operator(), new Command.Moderate(action, target, 0, ""), Hub.IGNORED));
    }

    private void pass(Ticket.Pass ticket) {
        Roster.Member speaker = ticket.speaker() == null ? null : roster.find(ticket.speaker());
        if (speaker == null || kind == RoomKind.ANNOUNCEMENTS) {
            return;
        }
        if (ticket.entry() instanceof Entry.Renamed) {
            roster.rename(speaker);
        }
        if (state.settings().presence() == PresenceMode.FULL && roster.size() <= hub.options().maxListed()) {
            tellPresence(true);
            write(ticket.entry());
        }
    }

    /** Tells who came and went: at once if nothing was told just before, else with the next entry or tick. */
    private void tellPresence(boolean now) {
        if (!roster.hasNews()) {
            return;
        }
        long time = hub.nanoTime();
        if (!now && time - lastPresence < PRESENCE_INTERVAL_NANOS) {
            hub.flushLater(this);
            return;
        }
        lastPresence = time;
        Entry.Presence news = roster.takeNews(
                kind == RoomKind.ANNOUNCEMENTS ? PresenceMode.OFF : state.settings().presence(),
                hub.options().maxListed());
        if (news != null) {
            write(news);
        }
    }

    /** A room that nobody is in is put away when its lane has come to rest; its history stays in the journal. */
    void closeIfDeserted(Lane.Step step) {
        if (!pinned && !closed && roster.size() == 0) {
            closed = true;
            step.then(() -> hub.unload(this, doomed));
        }
    }

    // ---- for the hub and for cursors

    void renamed(User user, String from, String to) {
        lane.submit(new Ticket.Pass(new Entry.Renamed(from, to), user));
    }

    void flush() {
        lane.submit(new Ticket.Flush());
    }

    void shut(RoomException cause) {
        lane.submit(new Ticket.Close(cause));
    }

    /** Keeps the room open without members; false if it is closed already. */
    boolean pin() {
        lock.lock();
        try {
            pinned |= !closed;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    String key() {
        return key;
    }

    /** The two of a direct conversation; empty for any other room. */
    List<User> pair() {
        return pair;
    }

    void wake() {
        for (RoomLog log : logs) {
            log.wake();
        }
        hub.budget().trim();
    }

    void tell(Entry.Sequenced entry) {
        hub.listener().onEntry(this, entry);
    }

    Cursor.Gap skip(Cursor cursor, long from) {
        lock.lock();
        try {
            long to = cursor.moveToWindow();
            return new Cursor.Gap(from, to, snapshot(cursor.participant().user()));
        } finally {
            lock.unlock();
        }
    }

    void close(Cursor cursor) {
        lock.lock();
        try {
            RoomLog log = cursor.log();
            if (cursor.slot() >= 0 && log.remove(cursor)) {
                logs = Arrays.stream(logs).filter(other -> other != log).toArray(RoomLog[]::new);
            }
            cursor.slot(-1);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
