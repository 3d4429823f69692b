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
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a room: its members, its state and its logs, and what each task of the sequencer does to them.
 *
 * <p><b>Threads.</b> Only the sequencer's mover changes anything here, so it reads without the lock. It changes what others
 * read (members, state, head, the ends of the logs) under the room's lock, and all of one step together: whoever joins gets
 * a snapshot and a subscription of the very same point. Others read under the lock, or what is volatile.
 */
final class RoomCore {
    private static final long PRESENCE_INTERVAL_NANOS = 100_000_000;
    private static final long PRESENCE_NANOS_A_MEMBER = 200_000; // where it is a count: some thousands told a second

    private final Subscription.Source room;
    private final Place place;
    private final long epoch;
    private final Runnable flushLater;
    private final RoomContext context;
    private final ReentrantLock lock;
    private final RoomLogs logs;
    private final Roster roster = new Roster(); // changed under the lock
    private final Rules rules;
    private volatile RoomLife life; // changed under the lock
    private RoomState state; // changed under the lock
    private volatile long head; // changed under the lock
    private volatile long floor; // changed under the lock
    private long lastPresence; // when presence was last told; the mover's

    RoomCore(
            Subscription.Source room,
            Place place,
            RoomContext context,
            ReentrantLock lock,
            Journal.Opened opened,
            Runnable flushLater) {
        this.room = room;
        this.place = place;
        this.context = context;
        this.lock = lock;
        this.flushLater = flushLater;
        this.logs = new RoomLogs(place.ref(), context.budget(), lock);
        this.rules = new Rules(context, place, roster);
        this.epoch = opened.epoch();
        this.head = opened.head();
        this.floor = opened.floor();
        this.state = opened.state();
        this.life = place.kind() == RoomKind.ANNOUNCEMENTS ? RoomLife.PINNED : RoomLife.OPEN;
        this.lastPresence = context.nanos() - PRESENCE_INTERVAL_NANOS;
    }

    // ---- what others read

    /** Any thread. */
    long head() {
        return head;
    }

    /** The mover, or under the lock. */
    RoomState state() {
        return state;
    }

    /** The mover, or under the lock. */
    int memberCount() {
        return roster.size();
    }

    /** Under the lock. */
    boolean isMember(User user) {
        return user.isServer() || roster.find(user) != null;
    }

    /** Under the lock. */
    List<Member> page(String afterKey, int limit) {
        return roster.page(afterKey, limit, state);
    }

    private Snapshot snapshot(User viewer) {
        boolean listed = state.settings().presence() == PresenceMode.FULL && isListed();
        List<Member> members = listed ? roster.page("", Integer.MAX_VALUE, state) : List.of();
        return new Snapshot(
                place.ref(),
                place.nameFor(viewer),
                epoch,
                head,
                floor,
                state,
                Permissions.role(state, viewer),
                roster.size(),
                members);
    }

    // ---- how long it lives

    /** Keeps the room in use without members; false if it is closed already. Under the lock. */
    boolean pin() {
        if (life == RoomLife.OPEN) {
            life = life.become(RoomLife.PINNED);
        }
        return !life.isOver();
    }

    /** Closes the room if nobody is in it; true if that happens now. Under the lock, when no task is left. */
    boolean closeIfDeserted() {
        RoomLife next = life == RoomLife.ENDING ? RoomLife.ENDED : RoomLife.CLOSED;
        if (roster.size() > 0 || !life.canBecome(next)) {
            return false;
        }
        life = life.become(next);
        return true;
    }

    boolean isEnded() {
        return life == RoomLife.ENDED;
    }

    private static RoomException gone() {
        return new RoomException(Reason.ROOM_GONE, "the room was closed");
    }

    // ---- commands; the mover

    /** Judges a command by the state at its place; throws if it may not be. */
    Entry.Sequenced order(Task.Order order, RoomState before, long seq) {
        if (life.isOver()) {
            throw gone();
        }
        return rules.entry(order, before, seq);
    }

    /** Makes entries that were kept part of the room; they are that even if telling of something else throws. */
    void publish(Batch batch, long newFloor) {
        List<Entry.Sequenced> entries = batch.entries();
        Throwable fault = null;
        for (Entry.Sequenced entry : entries) {
            try {
                tellPresence(true);
                if (place.kind() == RoomKind.DIRECT) {
                    openOnEveryDevice(entry.seq() - 1, batch);
                }
            } catch (Throwable broken) {
                fault = broken;
            }
            logs.write(entry);
        }
        int last = entries.size() - 1;
        Removal removal = removal(batch.command(last)); // which ends its batch
        RoomState after = batch.stateAfter();
        lock.lock();
        try {
            head = entries.get(last).seq();
            floor = newFloor;
            state = after == null ? state : after;
            logs.commit();
            if (removal != null) {
                end(removal.member(), removal.cause());
            }
        } finally {
            lock.unlock();
        }
        if (removal != null) {
            removed(removal.member(), removal.cause().text(), batch);
            commit();
        }
        if (fault != null) {
            Calls.report(fault);
        }
    }

    /** A member who is removed, and why. */
    private record Removal(RosterItem member, RoomException cause) {}

    /** Who is removed by a command that was kept; null if nobody is. */
    private @Nullable Removal removal(Command command) {
        if (!(command instanceof Command.Moderate act && act.action().removes())) {
            return null;
        }
        User target = act.target().user();
        RosterItem member = target == null ? null : roster.find(target);
        if (member == null) {
            return null;
        }
        boolean ban = act.action() == Action.BAN;
        String words = (ban ? "banned" : "kicked") + (act.text().isEmpty() ? "" : ": " + act.text());
        return new Removal(member, new RoomException(ban ? Reason.BANNED : Reason.KICKED, words));
    }

    /** Opens a direct conversation on every connection of both that does not read it yet, behind a number. */
    private void openOnEveryDevice(long seq, Batch batch) {
        for (User user : place.pair()) {
            for (Participant participant : user.participants()) {
                RosterItem member = roster.find(user);
                if (member == null || member.of(participant) == null) {
                    Task.Entered entered = attach(participant, seq, batch);
                    batch.then(() -> participant.subscriber().opened(entered.subscription(), entered.snapshot()));
                }
            }
        }
    }

    /** Tells the program of entries. Under no lock. */
    void tell(List<Entry.Sequenced> entries) {
        Calls.safely(() -> context.listener().onEntries(room, entries));
    }

    // ---- other tasks; the mover

    void apply(Task task, Batch batch) {
        try {
            if (task instanceof Task.Enter enter) {
                enter(enter, batch);
            } else if (task instanceof Task.Leave leave) {
                leave(leave, batch);
            } else if (task instanceof Task.Pass pass) {
                pass(pass);
            } else if (task instanceof Task.Flush) {
                tellPresence(isListed());
            } else if (task instanceof Task.Mark mark) {
                batch.then(() -> mark.passed().complete(null));
            } else if (task instanceof Task.Close close) {
                close(close.cause(), batch);
            }
        } finally {
            commit();
        }
    }

    /** Shows the readers what was written, if anything was. */
    private void commit() {
        if (logs.isWriting()) {
            lock.lock();
            try {
                logs.commit();
            } finally {
                lock.unlock();
            }
        }
    }

    private void pass(Task.Pass task) {
        RosterItem speaker = roster.find(task.speaker());
        if (speaker == null || place.kind() == RoomKind.ANNOUNCEMENTS) {
            return;
        }
        if (task.entry() instanceof Entry.Renamed) {
            lock.lock();
            try {
                roster.rename(speaker);
            } finally {
                lock.unlock();
            }
        }
        if (state.settings().presence() == PresenceMode.FULL && isListed()) {
            tellPresence(true);
            logs.write(task.entry());
        }
    }

    // ---- presence

    /** Whether the room is small enough for its members to be told by name. */
    private boolean isListed() {
        return roster.size() <= context.options().maxListed();
    }

    /**
     * Tells who came and went: at once if nothing was told just before, else with the next entry or tick. A count, which
     * wakes a whole crowd to say one number, is told the less often the more there are to hear it.
     */
    private void tellPresence(boolean now) {
        if (!roster.hasNews()) {
            return;
        }
        long time = context.nanos();
        long interval = isListed() ? 0 : PRESENCE_NANOS_A_MEMBER * roster.size();
        if (!now && time - lastPresence < Math.max(PRESENCE_INTERVAL_NANOS, interval)) {
            flushLater.run();
            return;
        }
        lastPresence = time;
        roster.takeNews(state.settings().presence(), context.options().maxListed())
                .forEach(logs::write);
    }

    // ---- joining

    private void enter(Task.Enter task, Batch batch) {
        User user = task.participant().user();
        try {
            if (life.isOver()) {
                throw gone();
            }
            if (place.kind() != RoomKind.ANNOUNCEMENTS) {
                rules.checkRooms(user);
            }
            if (place.kind() == RoomKind.ROOM) {
                rules.checkMayJoin(user, state);
                if (rules.isForsaken(state) && life != RoomLife.PINNED && !user.isServer()) {
                    giveRole(user, Action.MAKE_OWNER, batch);
                }
            }
            Task.Entered entered = attach(task.participant(), head, batch);
            batch.then(() -> task.entered().complete(entered));
        } catch (RoomException no) {
            batch.then(() -> task.entered().completeExceptionally(no));
        } catch (Throwable broken) {
            RoomException why = new RoomException(Reason.UNAVAILABLE, "the room cannot be joined now");
            batch.then(() -> task.entered().completeExceptionally(why));
            batch.then(() -> Calls.report(broken));
            RosterItem half = roster.find(user);
            if (half != null && half.subscriptions().isEmpty()) {
                remove(half, "", null, batch);
            }
        }
    }

    /** Makes a subscription at the present end, behind a number, with a snapshot of the very same point. */
    private Task.Entered attach(Participant participant, long seq, Batch batch) {
        // Everybody hears announcements, and nobody is a member of them.
        RosterItem member = place.kind() == RoomKind.ANNOUNCEMENTS ? null : enroll(participant.user(), batch);
        lock.lock();
        try {
            head = seq;
            logs.commit();
            Snapshot snapshot = snapshot(participant.user()); // first: without one, nobody would close the subscription
            Subscription former = member == null ? null : member.of(participant);
            if (former != null) {
                end(member, former, null);
            }
            EncodedLog log = logs.in(participant.encoding(), head);
            Subscription subscription = new Subscription(room, log, participant);
            log.bytes().add(subscription);
            if (member != null) {
                member.add(subscription);
            }
            return new Task.Entered(subscription, snapshot);
        } finally {
            lock.unlock();
        }
    }

    private RosterItem enroll(User user, Batch batch) {
        RosterItem known = roster.find(user);
        if (known != null) {
            return known;
        }
        RosterItem member;
        lock.lock();
        try {
            member = roster.add(user, Permissions.role(state, user));
        } finally {
            lock.unlock();
        }
        user.member(place.ref(), true);
        batch.then(() -> context.listener().onJoin(room, user));
        tellPresence(false);
        return member;
    }

    // ---- leaving

    private void leave(Task.Leave task, Batch batch) {
        Subscription subscription = task.subscription();
        if (subscription.isOver()) {
            return;
        }
        RosterItem member = roster.find(subscription.participant().user()); // null for announcements
        lock.lock();
        try {
            end(member, subscription, null);
        } finally {
            lock.unlock();
        }
        if (member != null && member.subscriptions().isEmpty()) {
            remove(member, task.text(), null, batch);
        }
    }

    private void close(RoomException cause, Batch batch) {
        for (RosterItem member : roster.all()) {
            remove(member, cause.text(), cause, batch);
        }
        lock.lock();
        try {
            if (life.canBecome(RoomLife.ENDING)) {
                life = life.become(RoomLife.ENDING);
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(RosterItem member, String text, @Nullable RoomException cause, Batch batch) {
        lock.lock();
        try {
            logs.commit();
            end(member, cause);
        } finally {
            lock.unlock();
        }
        removed(member, text, batch);
    }

    /** Ends a membership and its subscriptions. Under the lock, with nothing uncommitted. */
    private void end(RosterItem member, @Nullable RoomException cause) {
        for (Subscription subscription : member.subscriptions()) {
            end(member, subscription, cause);
        }
        roster.remove(member);
    }

    private void end(@Nullable RosterItem member, Subscription subscription, @Nullable RoomException cause) {
        if (member != null) {
            member.remove(subscription);
        }
        logs.stir();
        subscription.end(head, cause);
    }

    /** What follows when a membership has ended. */
    private void removed(RosterItem member, String text, Batch batch) {
        User user = member.user();
        roster.tellOf(member, text);
        user.member(place.ref(), false);
        batch.then(() -> context.listener().onLeave(room, user));
        tellPresence(false);
        // A guest's identity ends with its session, which may be now: its role must not outlive it.
        if (user.isGuest() && Permissions.role(state, user) != Role.MEMBER) {
            giveRole(user, Action.MAKE_MEMBER, batch);
        }
    }

    private void giveRole(User user, Action action, Batch batch) {
        Command.Target target = Command.Target.of(user);
        Command command = new Command.Moderate(action, target, 0, "");
        batch.follow(new Task.Order(context.users().operator(), command, Outcome.IGNORED));
    }

    // ---- subscriptions

    /** Under the lock. */
    Subscription.Gap skip(Subscription subscription) {
        long from = subscription.lastSeq() + 1;
        long to = subscription.moveOn();
        return new Subscription.Gap(
                from, to, snapshot(subscription.participant().user()));
    }

    /** Under the lock. */
    void close(Subscription subscription) {
        logs.close(subscription);
    }

    /** Wakes those who have something to read. Under no lock. */
    void wake() {
        logs.wake();
    }
}
