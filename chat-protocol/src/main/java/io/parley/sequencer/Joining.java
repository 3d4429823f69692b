package io.parley.sequencer;

import io.parley.log.Faults;
import io.parley.model.Action;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.model.RoomPlan;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.Snapshot;
import io.parley.model.UserItem;
import io.parley.sequencer.RoomContext.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How connections join a room and leave it, and what its owners are then. The room's mover, under no lock, except where a
 * method says so.
 */
final class Joining {
    private static final int TRIES = 3; // to be the only owner: an owner may make others meanwhile

    /** Of commands that the room gives itself. */
    private static final CommandOutcome UPKEEP = new CommandOutcome() {
        @Override
        public void kept(long seq) {}

        @Override
        public void repeated(long seq) {}

        @Override
        public void refused(RoomException why) {}
    };

    private final Outside room;
    private final Place<?> place;
    private final RoomContext context;
    private final ReentrantLock lock; // the room's
    private final RoomFacts facts;
    private final RoomLogs logs;
    private final Roster roster;
    private final PresenceNotices presence;

    Joining(
            Outside room,
            Place<?> place,
            RoomContext context,
            ReentrantLock lock,
            RoomFacts facts,
            RoomLogs logs,
            Roster roster,
            PresenceNotices presence) {
        this.room = room;
        this.place = place;
        this.context = context;
        this.lock = lock;
        this.facts = facts;
        this.logs = logs;
        this.roster = roster;
        this.presence = presence;
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a cursor at the present end, behind a number, with a snapshot of the very same point. */
    Task.Entered attach(RoomParticipant participant, long seq, Batch batch) {
        // Everybody hears announcements, and nobody is a member of them.
        Roster.Item member = place.kind() == RoomKind.ANNOUNCEMENTS ? null : enroll(participant.user, seq, batch);
        lock.lock();
        try {
            facts.head = seq;
            logs.commit();
            if (logs.isWriting()) {
                throw new IllegalStateException("no memory to show what was written");
            }
            Snapshot snapshot = facts.snapshot(
                    participant.user, roster, presence); // first: without one, nobody would close the cursor
            RoomParticipant.Seat former = member == null ? null : member.of(participant);
            if (former != null) {
                end(member, former, null);
            }
            EncodedLog log = logs.in(participant.encoding(), facts.head);
            RoomCursor cursor = participant.read(log);
            log.add(cursor);
            if (member != null) {
                roster.seat(member, cursor);
                begun(participant);
            }
            return new Task.Entered(cursor, snapshot);
        } finally {
            lock.unlock();
        }
    }

    private void begun(RoomParticipant participant) {
        SessionRecord session = participant.outliving();
        if (session != null) {
            session.begun(place.ref().number());
        }
    }

    /** A session of an earlier process is a member again, unless it was banned meanwhile. */
    void restore(RoomParticipant participant, Batch batch) {
        if (!facts.life.isOpen()) {
            throw RoomCore.gone(); // it was closed since it was opened: then it is opened again
        }
        if (participant.isStopped()) {
            return;
        }
        try {
            Permissions.checkNotBanned(facts.state, participant.user, context.steadyMillis());
        } catch (RoomException banned) {
            SessionRecord session = participant.outliving();
            if (session != null) {
                session.ended(place.ref().number(), banned);
            }
            return;
        }
        Roster.Item member = enroll(participant.user, facts.head, batch);
        locked(() -> {
            if (member.of(participant) == null) {
                roster.seat(member, new Roster.Held(participant, 0));
                begun(participant);
            }
        });
    }

    /** Makes a user a member who is about to have a place, if it is none; it has read what there is. */
    private Roster.Item enroll(RoomUser user, long head, Batch batch) {
        Roster.Item known = roster.find(user);
        if (known == null) {
            return enroll(user, head, true, batch);
        }
        if (!known.isHere()) {
            locked(() -> {
                roster.rename(known); // it may have another name than when it was here last
                roster.came(known, Permissions.role(facts.state, user), true);
                facts.visited = true;
            });
            batch.then(() -> room.joined(user));
            presence.tell(facts.state.settings(), false);
        }
        return known;
    }

    private Roster.Item enroll(RoomUser user, long head, boolean here, Batch batch) {
        user.member(place.ref(), true); // first: whoever takes another name from now on tells this room
        Roster.Item member = new Roster.Item(user, context.steadyMillis(), head);
        if (member.isLasting() && !context.users().keep(user)) {
            user.member(place.ref(), false);
            throw Rules.notMember(); // its connection ended before its turn
        }
        locked(() -> {
            roster.add(member, Permissions.role(facts.state, user), here);
            facts.visited = true;
        });
        if (here) {
            batch.then(() -> room.joined(user));
        }
        kept(member, batch);
        presence.tell(facts.state.settings(), false);
        return member;
    }

    /** Makes an account that is away a member, in front of an entry. */
    void enrollAway(RoomUser user, long head, Batch batch) {
        enroll(user, head, false, batch);
    }

    /** Has a membership kept that outlives sessions. */
    void kept(Roster.Item member, Batch batch) {
        if (isLasting(member)) {
            batch.then(() -> room.membership(member.kept(place.ref())));
        }
    }

    /** Whether a membership outlives sessions. That with the server's own user does not: it is another in each process. */
    private boolean isLasting(Roster.Item member) {
        return member.isLasting() && place.pair().stream().noneMatch(RoomUser::isServer);
    }

    // ---- leaving

    void leave(Task.Leave task, Batch batch) {
        RoomCursor cursor = task.cursor();
        if (cursor.isOver()) {
            return;
        }
        Roster.Item member = roster.find(cursor.participant().user); // null for announcements
        if (member != null && task.resigns()) {
            resign(member, cursor, batch);
        } else {
            leave(member, cursor, task.text(), batch);
        }
    }

    /** Ends the membership of a session, perhaps only if its connection has not gone on with it. */
    @SuppressWarnings("ReferenceEquality") // there is one object for each connection
    void leave(Task.End task, Batch batch) {
        RoomParticipant participant = task.participant();
        Roster.Item member = roster.find(participant.user);
        RoomParticipant.Seat seat = member == null ? null : member.of(participant);
        boolean goesOn = seat != null && task.unsettled() && seat.participant() == participant;
        if (member == null || seat == null || goesOn) {
            return;
        }
        if (task.resigns()) {
            resign(member, seat, batch);
        } else {
            leave(member, seat, task.text(), batch);
        }
    }

    /** Ends the membership of a user who wants it, on all its connections. */
    private void resign(Roster.Item member, RoomParticipant.Seat seat, Batch batch) {
        RoomException elsewhere =
                new RoomException(Reason.NOT_A_MEMBER, "you have left the room on another connection");
        locked(() -> {
            logs.commit();
            end(member, seat, null);
            end(member, elsewhere);
        });
        removed(member, true, "", batch);
    }

    private void leave(Roster.@Nullable Item member, RoomParticipant.Seat seat, String text, Batch batch) {
        boolean lasting = member != null && isLasting(member);
        locked(() -> {
            end(member, seat, null);
            if (member != null && !member.isHere() && !lasting) {
                roster.remove(member);
            }
        });
        if (member != null && !member.isHere()) {
            if (lasting) {
                wentAway(member, text, batch);
            } else {
                removed(member, true, text, batch);
            }
        }
    }

    /** A member has no session in the room any more. */
    void wentAway(Roster.Item member, String text, Batch batch) {
        roster.wentAway(member, text);
        batch.then(() -> room.left(member.user()));
        presence.tell(facts.state.settings(), false);
    }

    void remove(Roster.Item member, String text, @Nullable RoomException cause, Batch batch) {
        boolean wasHere = member.isHere();
        locked(() -> {
            logs.commit();
            end(member, cause);
        });
        removed(member, wasHere, text, batch);
    }

    /** Ends a membership and its cursors. Under the lock, with nothing uncommitted. */
    void end(Roster.Item member, @Nullable RoomException cause) {
        endSeats(member, cause);
        roster.remove(member);
    }

    private void endSeats(Roster.Item member, @Nullable RoomException cause) {
        for (RoomParticipant.Seat seat : member.seats()) {
            SessionRecord session = seat.participant().outliving();
            if (cause != null && session != null) {
                session.ended(place.ref().number(), cause);
            }
            end(member, seat, cause);
        }
    }

    private void end(Roster.@Nullable Item member, RoomParticipant.Seat seat, @Nullable RoomException cause) {
        if (member != null) {
            roster.unseat(member, seat);
        }
        SessionRecord session = seat.participant().outliving();
        if (session != null) {
            session.changed();
        }
        if (seat instanceof RoomCursor cursor) {
            logs.stir();
            cursor.end(facts.head, cause);
        }
    }

    /** An account is no more: its role in the room ends, and when that is kept its membership. */
    void dismiss(long account, RoomException cause, CompletableFuture<@Nullable Void> done, Batch batch) {
        dismiss(account, cause, done, TRIES, batch);
    }

    private void dismiss(
            long account, RoomException cause, CompletableFuture<@Nullable Void> done, int tries, Batch batch) {
        Optional<UserItem> role = facts.state.roles().values().stream()
                .map(grant -> grant.user())
                .filter(user -> user.id() == account)
                .findFirst();
        if (!facts.life.isOpen()) {
            batch.then(() -> done.completeExceptionally(RoomCore.gone()));
        } else if (role.isPresent() && tries == 0) {
            batch.then(() -> done.completeExceptionally(
                    new RoomException(Reason.UNAVAILABLE, "the account's role cannot be taken from it now")));
        } else if (role.isPresent()) {
            giveRole(target(role.get()), Action.MAKE_MEMBER, batch);
            batch.follow(new Task.Turn(later -> dismiss(account, cause, done, tries - 1, later)));
        } else {
            roster.accounts()
                    .filter(user -> user.id() == account)
                    .findFirst()
                    .map(roster::find)
                    .ifPresent(member -> {
                        locked(() -> facts.visited = true); // an empty room ends then
                        remove(member, cause.text(), cause, batch);
                    });
            if (place.kind() == RoomKind.ROOM) {
                batch.follow(new Task.Turn(this::succeed));
            }
            batch.then(() -> done.complete(null));
        }
    }

    /** What follows when a membership has ended. */
    void removed(Roster.Item member, boolean wasHere, String text, Batch batch) {
        RoomUser user = member.user();
        roster.tellOf(member, text);
        user.member(place.ref(), false);
        user.directs(now -> now.unanswered(place.ref(), false));
        boolean lasting = isLasting(member);
        batch.then(() -> {
            if (wasHere) {
                room.left(user);
            }
            if (lasting) {
                room.membershipOver(user);
            }
        });
        presence.tell(facts.state.settings(), false);
        if (place.kind() == RoomKind.ROOM && facts.life != RoomFacts.Life.ENDING) {
            if (user.isGuest() && Permissions.role(facts.state, user) != Role.MEMBER) {
                giveRole(user, Action.MAKE_MEMBER, batch); // a guest's role ends with its stay
            }
            batch.follow(new Task.Turn(this::succeed));
        }
    }

    /** Gives a room that has lost its last owner another: the senior moderator, else the account that is a member longest. */
    void succeed(Batch batch) {
        if (facts.lasting || facts.life != RoomFacts.Life.OPEN || roster.size() == 0) {
            return;
        }
        if (facts.state.owners().isEmpty()) {
            Stream.concat(
                            facts.state.roles().values().stream()
                                    .map(grant -> grant.user().id()),
                            roster.accounts().map(RoomUser::id))
                    .map(context.users()::target)
                    .flatMap(Stream::ofNullable)
                    .findFirst()
                    .ifPresent(next -> giveRole(next, Action.MAKE_OWNER, batch));
        }
    }

    void giveRole(RoomUser user, Action action, Batch batch) {
        giveRole(user.target(), action, batch);
    }

    private void giveRole(Command.Target target, Action action, Batch batch) {
        batch.follow(Task.Order.own(context, act(action, target), UPKEEP));
    }

    private static Command act(Action action, Command.Target target) {
        return new Command.Moderate(action, target.item().id(), target, 0, 0, "");
    }

    /** Whether a command still has a place: nothing happens in a room that is being closed, but what it owes its history. */
    void checkTime(Task.Order order) {
        boolean upkeep = order.outcome() == UPKEEP;
        boolean founds = upkeep && order.command() instanceof Command.Moderate act && act.action() == Action.MAKE_OWNER;
        boolean inTime = facts.life.isOpen() || (upkeep && facts.life == RoomFacts.Life.CLOSING);
        if (!inTime || (founds && facts.life != RoomFacts.Life.OPEN)) { // it may have been pinned since
            throw RoomCore.gone();
        }
        if (order.outcome() instanceof Founding founding && founding.refusal != null) {
            throw founding.refusal;
        }
    }

    // ---- the program's rooms

    /** A room that the program makes: the outcome of each of its commands, and of all. The mover. */
    static final class Founding implements CommandOutcome {
        private final RoomPlan plan;
        private final CompletableFuture<@Nullable Void> done;
        private boolean begun;
        private @Nullable RoomException refusal;

        Founding(RoomPlan plan, CompletableFuture<@Nullable Void> done) {
            this.plan = plan;
            this.done = done;
        }

        @Override
        public void kept(long seq) {}

        @Override
        public void repeated(long seq) {}

        @Override
        public void refused(RoomException why) {
            refusal = why;
        }
    }

    /** The tasks that make a room: they stand next to each other, so that nobody joins half a room. */
    List<Task> founding(RoomPlan plan, Command.@Nullable Target owner, CompletableFuture<@Nullable Void> done) {
        Founding founding = new Founding(plan, done);
        List<Task> tasks = new ArrayList<>();
        tasks.add(new Task.Turn(batch -> begin(founding)));
        if (!plan.topic().isEmpty()) { // first: the only one that can be refused
            tasks.add(Task.Order.own(context, new Command.SetTopic(plan.topic()), founding));
        }
        if (!plan.settings().equals(RoomSettings.DEFAULT)) {
            tasks.add(Task.Order.own(context, new Command.Configure(plan.settings()), founding));
        }
        if (owner != null) {
            tasks.add(Task.Order.own(context, act(Action.MAKE_OWNER, owner), founding));
        }
        tasks.add(new Task.Turn(batch -> finish(founding, batch)));
        return tasks;
    }

    private void begin(Founding founding) {
        if (!facts.life.isOpen()) {
            founding.refusal = RoomCore.gone();
        } else if (facts.life == RoomFacts.Life.PINNED
                || facts.head > 0
                || roster.size() > 0
                || !facts.state.equals(RoomState.EMPTY)) {
            founding.refusal = new RoomException(Reason.ROOM_EXISTS, "there is a room " + place.name() + " already");
        } else {
            become(RoomFacts.Life.PINNED);
            founding.begun = true;
            last();
        }
    }

    private void finish(Founding founding, Batch batch) {
        RoomException refusal = founding.refusal;
        if (founding.begun && (refusal != null || !founding.plan.keptOpen())) {
            unpin();
        }
        batch.then(() -> {
            if (refusal == null) {
                founding.done.complete(null);
            } else {
                founding.done.completeExceptionally(refusal);
            }
        });
    }

    /** Keeps the room in use, and takes their role from its owners; completes when it has none. */
    void takeOver(CompletableFuture<@Nullable Void> done, Batch batch) {
        boolean isNew = facts.life == RoomFacts.Life.OPEN;
        if (isNew) {
            become(RoomFacts.Life.PINNED);
            last();
        }
        disown(done, isNew, TRIES, batch);
    }

    private void disown(CompletableFuture<@Nullable Void> done, boolean isNew, int tries, Batch batch) {
        List<UserItem> owners = facts.state.owners();
        if (!facts.life.isOpen()) {
            batch.then(() -> done.completeExceptionally(RoomCore.gone()));
        } else if (owners.isEmpty()) {
            batch.then(() -> done.complete(null));
        } else if (tries == 0) {
            if (isNew) {
                unpin();
            }
            batch.then(() -> done.completeExceptionally(
                    new RoomException(Reason.UNAVAILABLE, "the room's owners cannot be replaced now")));
        } else {
            owners.forEach(owner -> giveRole(target(owner), Action.MAKE_MEMBER, batch));
            batch.follow(new Task.Turn(later -> disown(done, isNew, tries - 1, later)));
        }
    }

    private Command.Target target(UserItem owner) {
        Command.Target known = context.users().target(owner.id());
        return known == null ? new Command.Target(owner, 0) : known;
    }

    /** Lets the room be closed when nobody is in it. */
    void unpin() {
        if (facts.life == RoomFacts.Life.PINNED) {
            become(RoomFacts.Life.OPEN);
        }
    }

    /** Puts everybody out and nobody in. */
    void close(RoomException cause, boolean forGood, Batch batch) {
        RoomFacts.Life next = forGood ? RoomFacts.Life.ENDING : RoomFacts.Life.CLOSING;
        if (facts.life.canBecome(next)) {
            become(next);
        }
        for (Roster.Item member : roster.all()) {
            try {
                if (forGood || !isLasting(member)) {
                    remove(member, cause.text(), cause, batch);
                } else {
                    putOut(member, cause, batch);
                }
            } catch (Throwable broken) { // which must not keep the others in
                Faults.report(broken);
            }
        }
    }

    /** Ends the places of a member that stays one: the room can be opened again. */
    private void putOut(Roster.Item member, RoomException cause, Batch batch) {
        boolean wasHere = member.isHere();
        locked(() -> {
            logs.commit();
            endSeats(member, cause);
        });
        if (wasHere) {
            wentAway(member, cause.text(), batch);
        }
    }

    /** The room is the server's from now on. */
    private void last() {
        locked(facts::last);
    }

    private void become(RoomFacts.Life next) {
        locked(() -> facts.life = facts.life.become(next));
    }
}
