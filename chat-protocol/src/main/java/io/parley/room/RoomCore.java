package io.parley.room;

import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomState;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a room: its members, its state and its logs, and what each ticket of the lane does to them. Everything
 * here happens under the room's lock, so that whoever joins gets a snapshot and a cursor of the very same point. Longer
 * than other files because it is the whole life of a room, in one place to read.
 */
final class RoomCore {
    private static final long PRESENCE_INTERVAL_NANOS = 100_000_000;
    private static final long PRESENCE_NANOS_A_MEMBER = 200_000; // where it is a count: some thousands told a second
    private static final RoomLog[] NO_LOGS = {};

    private final Room room;
    private final Hub hub;
    private final ReentrantLock lock;
    private final Roster roster = new Roster();
    private final Rules rules;
    private RoomState state;
    private volatile long head; // read by any thread
    private volatile long floor; // read by any thread
    private volatile RoomLog[] logs = NO_LOGS; // replaced; read by any thread
    private long lastPresence; // when presence was last told
    private volatile boolean stirred; // since readers were woken; set under the lock, taken by who moves the lane
    private boolean pinned;
    private boolean doomed; // never to be opened again
    private boolean closed;

    RoomCore(Room room, Hub hub, ReentrantLock lock, Journal.Opened opened) {
        this.room = room;
        this.hub = hub;
        this.lock = lock;
        this.rules = new Rules(hub, room.kind(), room.pair(), roster);
        this.head = opened.head();
        this.floor = opened.floor();
        this.state = opened.state();
        this.pinned = room.kind() == RoomKind.ANNOUNCEMENTS;
        this.lastPresence = hub.nanoTime() - PRESENCE_INTERVAL_NANOS;
    }

    Roster roster() {
        return roster;
    }

    RoomState state() {
        return state;
    }

    long head() {
        return head;
    }

    boolean isMember(User user) {
        return user.isServer() || roster.find(user) != null;
    }

    /** Keeps the room open without members; false if it is closed already. */
    boolean pin() {
        pinned |= !closed;
        return !closed;
    }

    // ---- commands

    /** Judges a command by the state at its place; throws if it may not be. */
    Entry.Sequenced order(Ticket.Order order, RoomState before, long seq) {
        if (closed) {
            throw gone();
        }
        return rules.entry(order, before, seq);
    }

    private static RoomException gone() {
        return new RoomException(Reason.ROOM_GONE, "the room was closed");
    }

    void kept(long newFloor) {
        floor = newFloor;
    }

    /** Makes an entry that was kept part of the room; it is that even if telling of something else throws. */
    void publish(Entry.Sequenced entry, Command command, Lane.Step step) {
        try {
            tellPresence(true);
            if (room.kind() == RoomKind.DIRECT) {
                openOnEveryDevice(step);
            }
        } finally {
            add(entry, command, step);
        }
    }

    private void add(Entry.Sequenced entry, Command command, Lane.Step step) {
        head = entry.seq();
        state = state.after(entry);
        write(entry);
        if (command instanceof Command.Moderate act
                && act.action().removes()
                && act.target().user() != null) {
            Roster.Membership member = roster.find(act.target().user());
            if (member != null) {
                boolean ban = act.action() == Action.BAN;
                String words = (ban ? "banned" : "kicked") + (act.text().isEmpty() ? "" : ": " + act.text());
                remove(member, words, new RoomException(ban ? Reason.BANNED : Reason.KICKED, words), step);
            }
        }
    }

    /** Tells the program of entries. Under no lock. */
    void tell(List<Entry.Sequenced> entries) {
        try {
            hub.listener().onEntries(room, entries);
        } catch (Throwable broken) {
            Lane.report(broken);
        }
    }

    private void openOnEveryDevice(Lane.Step step) {
        for (User user : room.pair()) {
            for (Participant participant : user.participants()) {
                Roster.Membership member = roster.find(user);
                if (member == null || member.cursors().stream().noneMatch(c -> c.participant() == participant)) {
                    Joined joined = attach(participant, step);
                    step.then(() -> participant.outlet().opened(joined));
                }
            }
        }
    }

    private void write(Entry entry) {
        if (!stirred) { // once a batch: a volatile write costs more than this look
            stirred = true;
        }
        for (RoomLog log : logs) {
            log.append(entry);
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
            tellPresence(isListed());
        } else if (ticket instanceof Ticket.Mark mark) {
            step.then(() -> mark.passed().complete(null));
        } else if (ticket instanceof Ticket.Close close) {
            for (Roster.Membership member : roster.all()) {
                remove(member, close.cause().text(), close.cause(), step);
            }
            pinned = false;
            doomed = true;
        }
    }

    private void leave(Ticket.Leave ticket, Lane.Step step) {
        Cursor cursor = ticket.cursor();
        if (cursor.isOver()) {
            return;
        }
        Roster.Membership member = roster.find(cursor.participant().user());
        if (member == null) { // a listener to announcements
            end(cursor, null);
            return;
        }
        end(member, cursor, null);
        if (member.cursors().isEmpty()) {
            remove(member, ticket.text(), null, step);
        }
    }

    private void end(Roster.Membership member, Cursor cursor, @Nullable RoomException cause) {
        member.remove(cursor);
        end(cursor, cause);
    }

    private void end(Cursor cursor, @Nullable RoomException cause) {
        stirred = true;
        cursor.end(new Cursor.End(cursor.log().end(), head, cause));
    }

    private void remove(Roster.Membership member, String text, @Nullable RoomException cause, Lane.Step step) {
        for (Cursor cursor : member.cursors()) {
            end(member, cursor, cause);
        }
        User user = member.user;
        roster.remove(member, text);
        user.member(room, false);
        step.then(() -> hub.listener().onLeave(room, user));
        tellPresence(false);
        // A guest's identity ends with its session, which may be now: its role must not outlive it.
        if (user.isGuest() && Permissions.role(state, user) != Role.MEMBER) {
            giveRole(user, Action.MAKE_MEMBER);
        }
    }

    private void giveRole(User user, Action action) {
        Command.Target target = Command.Target.of(user);
        room.enqueue(new Ticket.Order(hub.operator(), new Command.Moderate(action, target, 0, ""), Hub.IGNORED));
    }

    private void pass(Ticket.Pass ticket) {
        Roster.Membership speaker = ticket.speaker() == null ? null : roster.find(ticket.speaker());
        if (speaker == null || room.kind() == RoomKind.ANNOUNCEMENTS) {
            return;
        }
        if (ticket.entry() instanceof Entry.Renamed) {
            roster.rename(speaker);
        }
        if (state.settings().presence() == PresenceMode.FULL && isListed()) {
            tellPresence(true);
            write(ticket.entry());
        }
    }

    /** Whether the room is small enough for its members to be told by name. */
    private boolean isListed() {
        return roster.size() <= hub.options().maxListed();
    }

    /**
     * Tells who came and went: at once if nothing was told just before, else with the next entry or tick. A count, which
     * wakes a whole crowd to say one number, is told the less often the more there are to hear it.
     */
    private void tellPresence(boolean now) {
        if (!roster.hasNews()) {
            return;
        }
        long time = hub.nanoTime();
        long interval = isListed() ? 0 : PRESENCE_NANOS_A_MEMBER * roster.size();
        if (!now && time - lastPresence < Math.max(PRESENCE_INTERVAL_NANOS, interval)) {
            hub.flushLater(room);
            return;
        }
        lastPresence = time;
        roster.takeNews(state.settings().presence(), hub.options().maxListed()).forEach(this::write);
    }

    /** A room that nobody is in is put away when its lane has come to rest; its history stays in the journal. */
    void closeIfDeserted(Lane.Step step) {
        if (!pinned && !closed && roster.size() == 0) {
            closed = true;
            step.then(() -> hub.unload(room, doomed));
        }
    }

    // ---- coming in

    private void enter(Ticket.Enter ticket, Lane.Step step) {
        Participant participant = ticket.participant();
        User user = participant.user();
        try {
            if (closed) {
                throw gone();
            }
            if (room.kind() != RoomKind.ANNOUNCEMENTS) {
                rules.checkRooms(user);
            }
            if (room.kind() == RoomKind.ROOM) {
                rules.checkMayJoin(user, state);
                if (rules.isForsaken(state) && !pinned && !user.isServer()) {
                    giveRole(user, Action.MAKE_OWNER);
                }
            }
            Joined joined = attach(participant, step);
            step.then(() -> ticket.joined().complete(joined));
        } catch (RoomException no) {
            step.then(() -> ticket.joined().completeExceptionally(no));
        } catch (Throwable broken) {
            RoomException why = new RoomException(Reason.UNAVAILABLE, "the room cannot be joined now");
            step.then(() -> ticket.joined().completeExceptionally(why));
            step.then(() -> Lane.report(broken));
            Roster.Membership half = roster.find(user);
            if (half != null && half.cursors().isEmpty()) {
                remove(half, "", null, step);
            }
        }
    }

    /** Makes a cursor at the present end, with a snapshot of the very same point. */
    private Joined attach(Participant participant, Lane.Step step) {
        // Announcements are heard by everybody, and nobody is a member of them.
        Roster.Membership member = room.kind() == RoomKind.ANNOUNCEMENTS ? null : enroll(participant, step);
        Snapshot snapshot = snapshot(participant.user()); // before the cursor: without one, nobody would close that
        Cursor cursor = new Cursor(logFor(participant.encoding()), participant);
        cursor.log().add(cursor);
        if (member != null) {
            member.add(cursor);
        }
        return new Joined(cursor, snapshot, false, 0, List.of());
    }

    private Roster.Membership enroll(Participant participant, Lane.Step step) {
        User user = participant.user();
        Roster.Membership member = roster.find(user);
        if (member == null) {
            member = roster.add(user, Permissions.role(state, user));
            user.member(room, true);
            step.then(() -> hub.listener().onJoin(room, user));
            tellPresence(false);
        }
        for (Cursor former : member.cursors()) {
            if (former.participant() == participant) {
                end(member, former, null);
            }
        }
        return member;
    }

    @SuppressWarnings("ReferenceEquality") // a door has one instance; equality says nothing about bytes
    private RoomLog logFor(Encoding encoding) {
        for (RoomLog log : logs) {
            if (log.encoding() == encoding) {
                return log;
            }
        }
        RoomLog log = new RoomLog(room, encoding, hub.budget(), lock, head);
        RoomLog[] more = Arrays.copyOf(logs, logs.length + 1);
        more[more.length - 1] = log;
        logs = more;
        return log;
    }

    private Snapshot snapshot(User viewer) {
        boolean listed = state.settings().presence() == PresenceMode.FULL && isListed();
        List<Member> members = listed ? roster.page("", Integer.MAX_VALUE, state) : List.of();
        return new Snapshot(
                room,
                room.nameFor(viewer),
                room.epoch(),
                head,
                floor,
                state,
                Permissions.role(state, viewer),
                roster.size(),
                members);
    }

    // ---- cursors

    Cursor.Gap skip(Cursor cursor, long from) {
        long to = cursor.moveToWindow();
        return new Cursor.Gap(from, to, snapshot(cursor.participant().user()));
    }

    void close(Cursor cursor) {
        RoomLog log = cursor.log();
        if (cursor.slot() >= 0 && log.remove(cursor)) {
            logs = Arrays.stream(logs).filter(other -> other != log).toArray(RoomLog[]::new);
        }
        cursor.slot(-1);
    }

    /**
     * Wakes those who have something to read or have come to their end, if there can be any: who joins a crowd must not
     * cost a look at each of it. The one thread that moves the lane, under no lock.
     */
    void wake() {
        if (!stirred) {
            return;
        }
        stirred = false; // first; nobody else stirs meanwhile, or takes it
        for (RoomLog log : logs) {
            log.wake();
        }
    }
}
