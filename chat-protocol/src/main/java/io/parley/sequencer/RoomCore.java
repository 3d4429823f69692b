package io.parley.sequencer;

import io.parley.journal.AppendRequest;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.log.Faults;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.HeldMembership;
import io.parley.model.Member;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.RoomKind;
import io.parley.model.RoomPlan;
import io.parley.model.RoomRef;
import io.parley.model.RoomState;
import io.parley.model.Snapshot;
import io.parley.model.UserKind;
import io.parley.sequencer.RoomContext.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a room: its members, its state and its logs, and what each task of the sequencer does to them.
 *
 * <p><b>Threads.</b> Only the sequencer's mover changes the members, the state and what is written, so it reads without the
 * lock. It changes what others
 * read (members, state, head, the ends of the logs) under the room's lock, and all of one step together: whoever joins gets
 * a snapshot and a subscription of the very same point. Others read under the lock, or what is volatile.
 */
public final class RoomCore {
    private final Outside room;
    private final Place<?> place;
    private final RoomContext context;
    private final ReentrantLock lock;
    private final RoomLogs logs;
    private final Roster roster = new Roster(); // changed under the lock
    private final PresenceNotices presence;
    private final Rules rules;
    private final RoomFacts facts;
    private final Joining joining;
    private long removing; // the account that the journal is asked to remove, or 0; lock
    private final RoomException unavailable = // made now: later there may be no memory for it
            new RoomException(Reason.UNAVAILABLE, "this cannot be kept at the moment");

    /**
     * Makes the inside of a room that was opened.
     *
     * @param room its outside
     * @param place which room it is
     * @param context what all rooms share
     * @param lock the room's lock
     * @param opened what the journal had of it
     * @param info what else it had, or null
     * @param members accounts that are members, away for now
     */
    public RoomCore(
            Outside room,
            Place<?> place,
            RoomContext context,
            ReentrantLock lock,
            KeptRoom opened,
            @Nullable RoomInfo info,
            List<Outside.KeptMember> members) {
        this.room = room;
        this.place = place;
        this.context = context;
        this.lock = lock;
        this.logs = new RoomLogs(room, context.budget(), lock);
        this.presence = new PresenceNotices(context, roster, logs, room::flushLater);
        this.rules = new Rules(context, place, roster);
        this.facts = new RoomFacts(place, opened, info);
        members.forEach(this::restore);
        this.joining = new Joining(room, place, context, lock, facts, logs, roster, presence);
    }

    private void restore(Outside.KeptMember member) {
        roster.restore(new Roster.Item(member.user(), member.sinceMillis(), member.readSeq()));
        if (member.unanswered()) {
            member.user().directs(now -> now.unanswered(place.ref(), true));
        }
    }

    // ---- what others read

    RoomContext context() {
        return context;
    }

    long epoch() {
        return facts.epoch;
    }

    /** Why what cannot be kept is refused. */
    RoomException unavailable() {
        return unavailable;
    }

    /**
     * The last number that was given and published. Any thread.
     *
     * @return the head, 0 before the first
     */
    public long head() {
        return facts.head;
    }

    /**
     * The state. The mover, or under the lock.
     *
     * @return the state as it is
     */
    public RoomState state() {
        return facts.state;
    }

    /**
     * How many members there are. The mover, or under the lock.
     *
     * @return the number of users
     */
    public int memberCount() {
        return roster.size();
    }

    /**
     * Whether whoever joins now creates the room. The mover, or under the lock.
     *
     * @return false for a room with members or with a history
     */
    public boolean isNew() {
        return roster.size() == 0 && facts.isNew();
    }

    /**
     * Whether a user is a member. Under the lock.
     *
     * @param user the user
     * @return true for members and for the server's own user
     */
    public boolean isMember(RoomUser user) {
        return user.isServer() || roster.find(user) != null;
    }

    /**
     * A page of members in the order of their names. Under the lock.
     *
     * @param after the name the page begins behind; empty for the first page
     * @param limit how many at most
     * @return the members
     */
    public List<Member> page(String after, int limit) {
        return roster.page(after, limit, facts.state, null);
    }

    /**
     * Moves the marker of an account, at most to the head. Under the lock.
     *
     * @param reader the user
     * @param seq the number up to which it has read
     * @return the membership as it is now; null if the marker does not move
     */
    public Outside.@Nullable KeptMember read(RoomUser reader, long seq) {
        Roster.Item member = roster.find(reader);
        return member != null && member.isLasting() && reader.id() != removing && member.read(Math.min(seq, facts.head))
                ? member.kept(place.ref())
                : null;
    }

    /**
     * Finds what there is to read for a member.
     *
     * @param reader the user
     * @param done completes with that; with nothing if the user is no member
     * @return the task
     */
    public Task standing(RoomUser reader, CompletableFuture<Optional<Standing>> done) {
        return new Task.Turn(batch -> {
            Roster.Item member = roster.find(reader);
            Optional<Standing> now = member == null
                    ? Optional.empty()
                    : Optional.of(new Standing(facts.epoch, facts.head, facts.floor, member.readSeq()));
            batch.then(() -> {
                if (now.isEmpty()) {
                    room.membershipOver(reader); // what says otherwise is left over
                }
                done.complete(now);
            });
        });
    }

    /**
     * Ends the membership and the role of an account that is no more.
     *
     * @param account the public id of the account
     * @param cause why, for its sessions
     * @param done completes when that has happened and is kept; fails with ROOM_GONE or UNAVAILABLE
     * @return the task
     */
    public Task dismiss(long account, RoomException cause, CompletableFuture<@Nullable Void> done) {
        return new Task.Turn(batch -> joining.dismiss(account, cause, done, batch));
    }

    /**
     * The accounts that are members and have no session in the room. Under the lock.
     *
     * @return the users
     */
    public List<RoomUser> away() {
        return roster.accounts()
                .filter(user -> !Objects.requireNonNull(roster.find(user)).isHere())
                .toList();
    }

    /**
     * What there is to read in a room, for a member.
     *
     * @param epoch the epoch of the room's numbers
     * @param head the highest number given so far
     * @param floor the lowest number that can still be read
     * @param readSeq up to which number the member has read
     */
    public record Standing(long epoch, long head, long floor, long readSeq) {}

    /**
     * The room in a list. Under the lock.
     *
     * @param viewer who sees the list
     * @return the item, or null if it is not to be shown to the user
     */
    public @Nullable RoomItem item(RoomUser viewer) {
        boolean shown = facts.life.isOpen() && (isMember(viewer) || Permissions.isListed(facts.state, viewer));
        return shown ? new RoomItem(place.name(), facts.state.topic(), roster.size()) : null;
    }

    // ---- how long it lives

    /**
     * Keeps the room in use without members, and without owners but the server.
     *
     * @param done completes when that is so
     * @return the task
     */
    public Task pinning(CompletableFuture<@Nullable Void> done) {
        return new Task.Turn(batch -> joining.takeOver(done, batch));
    }

    /**
     * Lets the room be closed when nobody is in it.
     *
     * @param done completes when that is so
     * @return the task
     */
    public Task unpinning(CompletableFuture<@Nullable Void> done) {
        return new Task.Turn(batch -> {
            joining.unpin();
            batch.then(() -> done.complete(null));
        });
    }

    /**
     * Makes the room as planned, if it is a new one.
     *
     * @param plan what it is to be like
     * @param owner who is to own it, or null for the server
     * @param done completes when it is made
     * @return the tasks, which have to stand next to each other
     */
    public List<Task> founding(RoomPlan plan, Command.@Nullable Target owner, CompletableFuture<@Nullable Void> done) {
        return joining.founding(plan, owner, done);
    }

    /** Closes the room if nobody is in it; true if that happens now. Under the lock, when no task is left. */
    boolean closeIfDeserted() {
        if (!roster.isDeserted()) {
            return false;
        }
        RoomFacts.Life next = roster.size() > 0 && facts.life != RoomFacts.Life.ENDING
                ? RoomFacts.Life.CLOSED // its members may come back
                : facts.deserted();
        if (!facts.life.canBecome(next)) {
            return false;
        }
        facts.life = facts.life.become(next);
        return true;
    }

    /**
     * Whether the room is not in use any more, and its history is to be forgotten. Any thread.
     *
     * @return true for good
     */
    public boolean isEnded() {
        return facts.life == RoomFacts.Life.ENDED;
    }

    /**
     * Whether the room is not in use any more. Any thread.
     *
     * @return true for good
     */
    public boolean isOver() {
        return facts.life.isOver();
    }

    /**
     * For whoever comes too late.
     *
     * @return a new exception
     */
    public static RoomException gone() {
        return new RoomException(Reason.ROOM_GONE, "the room was closed");
    }

    // ---- commands; the mover

    /** Judges a command by the facts.state at its place; throws if it may not be. */
    Entry.Sequenced order(Task.Order order, RoomState before, long seq) {
        joining.checkTime(order);
        try {
            return rules.entry(order, before, seq);
        } catch (RoomException no) {
            if (order.outcome() instanceof Joining.Founding founding) {
                founding.refused(no); // at once: what follows is judged by it
            }
            throw no;
        }
    }

    /** What is asked of the journal for a batch. */
    AppendRequest request(Batch batch, UUID id) {
        batch.servers(isServers(batch.entries())); // now: while the journal does not answer people come and go
        List<KeyValue> values = room.lasts() ? values(batch) : List.of();
        return new AppendRequest(place.key(), facts.head, id, batch.entries(), batch.stateAfter(), values);
    }

    /** What is to be kept with the entries: of the room, and of sessions that were not stored yet. */
    private List<KeyValue> values(Batch batch) {
        List<KeyValue> values = new ArrayList<>(0);
        KeyValue info = facts.unknown(batch.isServers());
        if (info != null) {
            values.add(info);
        }
        batch.unstored(values);
        Entry.Sequenced last = batch.entries().get(batch.entries().size() - 1); // nothing comes behind a removal
        if (last instanceof Entry.Moderated act
                && act.action().removes()
                && act.target().kind() == UserKind.ACCOUNT) {
            locked(() -> removing = act.target().id()); // first: nothing of its membership is written any more
            values.addAll(room.removal(act.target().id()));
        }
        return values;
    }

    /** What was to be kept with a batch was not. */
    void notKept() {
        facts.stillUnknown();
        locked(() -> removing = 0);
    }

    /** Makes entries that were kept part of the room; they are that even if telling of something else throws. */
    void publish(Batch batch, long newFloor) {
        publish(batch.entries(), newFloor, batch.stateAfter(), batch);
    }

    /** The same with an entry that somebody else has appended. */
    void adopt(Entry.Sequenced entry, long newFloor, Batch batch) {
        batch.servers(isServers(List.of(entry)));
        publish(List.of(entry), newFloor, facts.state.after(entry), batch);
    }

    private void publish(List<Entry.Sequenced> entries, long newFloor, @Nullable RoomState after, Batch batch) {
        Throwable fault = null;
        for (Entry.Sequenced entry : entries) {
            try {
                presence.tell(facts.state.settings(), true);
                if (place.kind() == RoomKind.DIRECT) {
                    openOnEveryDevice(entry, batch);
                }
            } catch (Throwable broken) {
                fault = broken;
            }
            logs.write(entry);
        }
        Entry.Sequenced last = entries.get(entries.size() - 1); // nothing comes behind a removal
        Rules.Removal removal = Rules.Removal.by(last, roster, context.users());
        boolean owned = isBan(last) && !facts.state.owners().isEmpty();
        lock.lock();
        try {
            facts.head = last.seq();
            facts.floor = newFloor;
            if (batch.isServers()) {
                facts.last();
            }
            facts.state = after == null ? facts.state : after;
            logs.commit();
            removing = 0;
            if (removal != null) {
                joining.end(removal.member(), removal.cause());
            }
        } catch (Throwable broken) {
            fault = broken;
        } finally {
            lock.unlock();
        }
        if (removal != null) {
            fault = removed(removal, batch, fault);
        } else if (owned && facts.state.owners().isEmpty()) { // the last, who is away
            batch.follow(new Task.Turn(joining::succeed));
        }
        if (fault != null) {
            Faults.report(fault);
        }
    }

    /** Whether the server has begun the room with these entries. */
    private boolean isServers(List<Entry.Sequenced> entries) {
        return isNew() && entries.get(0).author().kind() == UserKind.OPERATOR;
    }

    private static boolean isBan(Entry.Sequenced entry) {
        return entry instanceof Entry.Moderated act && act.action() == Action.BAN;
    }

    /** What is left to be judged of a batch that was not kept, after its room has caught up; null if nothing is. */
    @Nullable
    Batch again(Batch batch, List<KeptCommand> known) {
        List<Task.Order> left = batch.takeBack(known, place.key(), number());
        if (left.isEmpty()) {
            return null;
        }
        Batch again = new Batch(left.size());
        left.forEach(again::add);
        return again;
    }

    /** Closes the room: the journal has another history under its key. */
    void reset(Batch batch) {
        joining.close(new RoomException(Reason.ROOM_GONE, "the room has another history now"), false, batch);
        commit();
    }

    private @Nullable Throwable removed(Rules.Removal removal, Batch batch, @Nullable Throwable before) {
        try {
            joining.removed(removal.member(), removal.wasHere(), removal.cause().text(), batch);
            return before;
        } catch (Throwable broken) {
            return broken;
        } finally {
            commit();
        }
    }

    /** Opens a direct conversation on every connection of both that does not read it yet, in front of an entry. */
    private void openOnEveryDevice(Entry.Sequenced entry, Batch batch) {
        for (RoomUser user : place.pair()) {
            if (user.id() == entry.author().id()) {
                answered(user, batch);
            } else if (roster.find(user) == null && !user.isServer()) {
                unanswered(user, batch);
                if (!user.isGuest() && !user.isHere()) {
                    joining.enrollAway(user, entry.seq() - 1, batch);
                }
            }
            for (RoomParticipant participant : user.participants()) {
                Roster.Item member = roster.find(user);
                if (member == null || member.of(participant) == null) {
                    Task.Entered entered = joining.attach(participant, entry.seq() - 1, batch);
                    batch.then(() -> entered.cursor().opened(entered.snapshot()));
                }
            }
        }
    }

    /** Notes that a user has said something in a conversation. */
    private void answered(RoomUser user, Batch batch) {
        if (user.directs().unanswered().contains(place.ref())) {
            user.directs(now -> now.unanswered(place.ref(), false));
            Roster.Item member = roster.find(user);
            if (member != null) {
                joining.kept(member, batch);
            }
        }
    }

    /** Notes a conversation that another has begun; of too many, the one that was not answered for longest ends. */
    private void unanswered(RoomUser user, Batch batch) {
        user.directs(now -> now.unanswered(place.ref(), true));
        List<RoomRef> all = user.directs().unanswered();
        if (all.size() > context.bounds().roomsPerUser()) {
            RoomRef oldest = all.get(0);
            batch.then(() -> room.giveWay(oldest));
        }
    }

    // ---- other tasks; the mover

    void apply(Task task, Batch batch) {
        try {
            if (task instanceof Task.Enter enter) {
                enter(enter, batch);
            } else if (task instanceof Task.Leave leave) {
                joining.leave(leave, batch);
            } else if (task instanceof Task.End end) {
                joining.leave(end, batch);
            } else if (task instanceof Task.Restore restore) {
                restore(restore, batch);
            } else if (task instanceof Task.Pass pass) {
                pass(pass);
            } else if (task instanceof Task.Flush) {
                presence.tell(facts.state.settings(), presence.isListed());
            } else if (task instanceof Task.Mark mark) {
                batch.then(() -> mark.passed().complete(null));
            } else if (task instanceof Task.Close close) {
                joining.close(close.cause(), close.forGood(), batch);
            } else if (task instanceof Task.Turn turn) {
                turn.act().accept(batch);
            }
        } finally {
            commit();
        }
    }

    private void restore(Task.Restore task, Batch batch) {
        try {
            joining.restore(task.participant(), batch);
            batch.then(() -> task.done().complete(null));
        } catch (RoomException no) {
            batch.then(() -> task.done().completeExceptionally(no));
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
            lock.lock();
            try {
                logs.commit();
            } finally {
                lock.unlock();
            }
        }
    }

    private void pass(Task.Pass task) {
        Roster.Item speaker = roster.find(task.speaker());
        if (speaker == null || place.kind() == RoomKind.ANNOUNCEMENTS || isSilenced(task)) {
            return;
        }
        if (task.entry() instanceof Entry.Renamed) {
            locked(() -> roster.rename(speaker));
        }
        if (presence.isNamed(facts.state.settings())) {
            presence.tell(facts.state.settings(), true);
            logs.write(task.entry());
        }
    }

    /** Whether a member who may not speak would be seen writing. */
    private boolean isSilenced(Task.Pass task) {
        if (!(task.entry() instanceof Entry.Typing)) {
            return false;
        }
        return place.kind() == RoomKind.DIRECT
                ? !rules.mayTell(task.speaker())
                : Permissions.isMuted(facts.state, task.speaker(), context.steadyMillis());
    }

    // ---- joining

    private void checkMayEnter(Task.Enter task, Batch batch) {
        RoomUser user = task.participant().user;
        if (place.kind() != RoomKind.ANNOUNCEMENTS) {
            rules.checkRooms(user);
        }
        if (place.kind() == RoomKind.ROOM) {
            rules.checkMayJoin(user, facts.state);
            if (isNew() && !user.isServer()) {
                if (task.uncreated() != null) {
                    throw task.uncreated();
                }
                joining.giveRole(user, Action.MAKE_OWNER, batch);
            }
        }
        if (place.kind() == RoomKind.DIRECT) {
            if (!user.isServer()) {
                rules.checkMayTell(user);
            }
            answered(user, batch); // it has come by itself
        }
    }

    private boolean isMember(RoomParticipant participant) {
        Roster.Item member = roster.find(participant.user);
        return member != null && member.of(participant) != null;
    }

    private void enter(Task.Enter task, Batch batch) {
        RoomUser user = task.participant().user;
        try {
            if (facts.life.isOpen() && roster.size() == 0 && facts.visited && facts.isPassing() && !facts.isNew()) {
                joining.close(gone(), true, batch); // it is over; who comes now gets the next room of the name
            }
            if (!facts.life.isOpen()) {
                throw gone();
            }
            if (task.participant().isStopped() || (task.again() && !isMember(task.participant()))) {
                throw Rules.notMember();
            }
            if (!task.again()) {
                checkMayEnter(task, batch);
            }
            Task.Entered entered = joining.attach(task.participant(), facts.head, batch);
            batch.then(() -> task.entered().complete(entered));
        } catch (RoomException no) {
            batch.then(() -> task.entered().completeExceptionally(no));
        } catch (Throwable broken) {
            batch.then(() -> Faults.report(broken));
            batch.then(() -> task.entered()
                    .completeExceptionally(new RoomException(Reason.UNAVAILABLE, "the room cannot be joined now")));
            Roster.Item half = roster.find(user);
            if (half == null) {
                user.member(place.ref(), false);
            } else if (!half.isHere() && half.isLasting()) {
                joining.wentAway(half, "", batch);
            } else if (!half.isHere()) {
                joining.remove(half, "", null, batch);
            }
        }
    }

    // ---- cursors

    /**
     * The room as one user sees it. Under the lock.
     *
     * @param viewer the user
     * @return the room at this point
     */
    public Snapshot snapshot(RoomUser viewer) {
        return facts.snapshot(viewer, roster, presence);
    }

    /**
     * Forgets a cursor. Under the lock.
     *
     * @param cursor the cursor
     */
    public void close(RoomCursor cursor) {
        logs.close(cursor);
    }

    /**
     * Forgets a cursor, but not the membership. Under the lock.
     *
     * @param cursor the cursor
     */
    public void hold(RoomCursor cursor) {
        Roster.Item member = roster.find(cursor.participant().user);
        if (member != null && !cursor.isOver() && member.seats().contains(cursor)) {
            roster.seat(member, new Roster.Held(cursor.participant(), cursor.isTaken() ? 0 : cursor.lastSeq()));
            roster.unseat(member, cursor);
        }
        logs.close(cursor);
    }

    /** The number of the room. */
    int number() {
        return place.ref().number();
    }

    /**
     * The place of a session. Under the lock.
     *
     * @param participant the session's connection
     * @return its membership, or null if it is no member
     */
    public @Nullable HeldMembership held(RoomParticipant participant) {
        Roster.Item member = roster.find(participant.user);
        RoomParticipant.Seat seat = member == null ? null : member.of(participant);
        long from = seat instanceof Roster.Held held ? held.from() : 0;
        return seat == null
                ? null
                : new HeldMembership(
                        number(), place.kind(), facts.epoch, facts.head, from, place.nameFor(participant.user));
    }

    /** Wakes those who have something to read. Under no lock. */
    void wake() {
        logs.wake();
    }
}
