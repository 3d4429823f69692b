package io.parley.room;

import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomState;
import io.parley.model.Snapshot;
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
    private final Subscription.Source room;
    private final Place place;
    private final long epoch;
    private final RoomContext context;
    private final ReentrantLock lock;
    private final RoomLogs logs;
    private final Roster roster = new Roster(); // changed under the lock
    private final PresenceNotices presence;
    private final Rules rules;
    private volatile RoomLife life; // changed under the lock
    private RoomState state; // changed under the lock
    private volatile long head; // changed under the lock
    private volatile long floor; // changed under the lock

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
        this.logs = new RoomLogs(place.ref(), context.budget(), lock);
        this.presence = new PresenceNotices(context, roster, logs, flushLater);
        this.rules = new Rules(context, place, roster);
        this.epoch = opened.epoch();
        this.head = opened.head();
        this.floor = opened.floor();
        this.state = opened.state();
        this.life = place.kind() == RoomKind.ANNOUNCEMENTS ? RoomLife.PINNED : RoomLife.OPEN;
    }

    // ---- what others read

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
        List<Member> members =
                presence.isNamed(state.settings()) ? roster.page("", Integer.MAX_VALUE, state) : List.of();
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

    static RoomException gone() {
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
                presence.tell(state.settings(), true);
                if (place.kind() == RoomKind.DIRECT) {
                    openOnEveryDevice(entry.seq() - 1, batch);
                }
            } catch (Throwable broken) {
                fault = broken;
            }
            logs.write(entry);
        }
        int last = entries.size() - 1;
        Rules.Removal removal = Rules.Removal.by(batch.command(last), roster); // which ends its batch
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

    /** Opens a direct conversation on every connection of both that does not read it yet, behind a number. */
    private void openOnEveryDevice(long seq, Batch batch) {
        for (User user : place.pair()) {
            for (Participant participant : user.participants()) {
                Roster.Item member = roster.find(user);
                if (member == null || member.of(participant) == null) {
                    Task.Entered entered = attach(participant, seq, batch);
                    batch.then(() -> participant.subscriber().opened(entered.subscription(), entered.snapshot()));
                }
            }
        }
    }

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
                presence.tell(state.settings(), presence.isListed());
            } else if (task instanceof Task.Mark mark) {
                batch.then(() -> mark.passed().complete(null));
            } else if (task instanceof Task.Close close) {
                close(close.cause(), batch);
            }
        } finally {
            commit();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Shows the readers what was written, if anything was. */
    private void commit() {
        if (logs.isWriting()) {
            locked(logs::commit);
        }
    }

    private void pass(Task.Pass task) {
        Roster.Item speaker = roster.find(task.speaker());
        if (speaker == null || place.kind() == RoomKind.ANNOUNCEMENTS) {
            return;
        }
        if (task.entry() instanceof Entry.Renamed) {
            locked(() -> roster.rename(speaker));
        }
        if (presence.isNamed(state.settings())) {
            presence.tell(state.settings(), true);
            logs.write(task.entry());
        }
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
            batch.then(() -> Calls.report(broken));
            batch.then(() -> task.entered()
                    .completeExceptionally(new RoomException(Reason.UNAVAILABLE, "the room cannot be joined now")));
            Roster.Item half = roster.find(user);
            if (half != null && half.subscriptions().isEmpty()) {
                remove(half, "", null, batch);
            }
        }
    }

    /** Makes a subscription at the present end, behind a number, with a snapshot of the very same point. */
    private Task.Entered attach(Participant participant, long seq, Batch batch) {
        // Everybody hears announcements, and nobody is a member of them.
        Roster.Item member = place.kind() == RoomKind.ANNOUNCEMENTS ? null : enroll(participant.user(), batch);
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

    private Roster.Item enroll(User user, Batch batch) {
        Roster.Item known = roster.find(user);
        if (known != null) {
            return known;
        }
        Roster.Item member = new Roster.Item(user);
        locked(() -> roster.add(member, Permissions.role(state, user)));
        user.member(place.ref(), true);
        batch.then(() -> context.listener().onJoin(room, user));
        presence.tell(state.settings(), false);
        return member;
    }

    // ---- leaving

    private void leave(Task.Leave task, Batch batch) {
        Subscription subscription = task.subscription();
        if (subscription.isOver()) {
            return;
        }
        Roster.Item member = roster.find(subscription.participant().user()); // null for announcements
        locked(() -> end(member, subscription, null));
        if (member != null && member.subscriptions().isEmpty()) {
            remove(member, task.text(), null, batch);
        }
    }

    private void close(RoomException cause, Batch batch) {
        for (Roster.Item member : roster.all()) {
            remove(member, cause.text(), cause, batch);
        }
        locked(() -> life = life.canBecome(RoomLife.ENDING) ? life.become(RoomLife.ENDING) : life);
    }

    private void remove(Roster.Item member, String text, @Nullable RoomException cause, Batch batch) {
        locked(() -> {
            logs.commit();
            end(member, cause);
        });
        removed(member, text, batch);
    }

    /** Ends a membership and its subscriptions. Under the lock, with nothing uncommitted. */
    private void end(Roster.Item member, @Nullable RoomException cause) {
        for (Subscription subscription : member.subscriptions()) {
            end(member, subscription, cause);
        }
        roster.remove(member);
    }

    private void end(Roster.@Nullable Item member, Subscription subscription, @Nullable RoomException cause) {
        if (member != null) {
            member.remove(subscription);
        }
        logs.stir();
        subscription.end(head, cause);
    }

    /** What follows when a membership has ended. */
    private void removed(Roster.Item member, String text, Batch batch) {
        User user = member.user();
        roster.tellOf(member, text);
        user.member(place.ref(), false);
        batch.then(() -> context.listener().onLeave(room, user));
        presence.tell(state.settings(), false);
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
