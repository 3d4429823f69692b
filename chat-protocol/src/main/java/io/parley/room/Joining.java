package io.parley.room;

import io.parley.model.Action;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomKind;
import io.parley.model.Snapshot;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How connections join a room and leave it. The room's mover, under no lock, except where a method says so. */
final class Joining {
    private final Subscription.Source room;
    private final Place place;
    private final RoomContext context;
    private final ReentrantLock lock; // the room's
    private final RoomFacts facts;
    private final RoomLogs logs;
    private final Roster roster;
    private final PresenceNotices presence;

    Joining(
            Subscription.Source room,
            Place place,
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

    /** Makes a subscription at the present end, behind a number, with a snapshot of the very same point. */
    Task.Entered attach(Participant participant, long seq, Batch batch) {
        // Everybody hears announcements, and nobody is a member of them.
        Roster.Item member = place.kind() == RoomKind.ANNOUNCEMENTS ? null : enroll(participant.user(), batch);
        lock.lock();
        try {
            facts.head = seq;
            logs.commit();
            if (logs.isWriting()) {
                throw new IllegalStateException("no memory to show what was written");
            }
            Snapshot snapshot = facts.snapshot(
                    participant.user(), roster, presence); // first: without one, nobody would close the subscription
            Subscription former = member == null ? null : member.of(participant);
            if (former != null) {
                end(member, former, null);
            }
            EncodedLog log = logs.in(participant.encoding(), facts.head);
            Subscription subscription = new Subscription(log, participant);
            log.add(subscription);
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
        user.member(place.ref(), true); // first: whoever takes another name from now on tells this room
        Roster.Item member = new Roster.Item(user);
        locked(() -> roster.add(member, Permissions.role(facts.state, user)));
        batch.then(() -> context.listener().onJoin(room, user));
        presence.tell(facts.state.settings(), false);
        return member;
    }

    // ---- leaving

    void leave(Task.Leave task, Batch batch) {
        Subscription subscription = task.subscription();
        if (subscription.isOver()) {
            return;
        }
        Roster.Item member = roster.find(subscription.participant().user()); // null for announcements
        locked(() -> {
            end(member, subscription, null);
            if (member != null && member.subscriptions().isEmpty()) {
                roster.remove(member);
            }
        });
        if (member != null && member.subscriptions().isEmpty()) {
            removed(member, task.text(), batch);
        }
    }

    void remove(Roster.Item member, String text, @Nullable RoomException cause, Batch batch) {
        locked(() -> {
            logs.commit();
            end(member, cause);
        });
        removed(member, text, batch);
    }

    /** Ends a membership and its subscriptions. Under the lock, with nothing uncommitted. */
    void end(Roster.Item member, @Nullable RoomException cause) {
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
        subscription.end(facts.head, cause);
    }

    /** What follows when a membership has ended. */
    void removed(Roster.Item member, String text, Batch batch) {
        User user = member.user();
        roster.tellOf(member, text);
        user.member(place.ref(), false);
        batch.then(() -> context.listener().onLeave(room, user));
        presence.tell(facts.state.settings(), false);
        // A guest's identity ends with its session, which may be now: its role must not outlive it.
        if (user.isGuest() && Permissions.role(facts.state, user) != Role.MEMBER) {
            giveRole(user, Action.MAKE_MEMBER, batch);
        }
    }

    void giveRole(User user, Action action, Batch batch) {
        Command.Target target = Command.Target.of(user);
        Command command = new Command.Moderate(action, target, 0, "");
        batch.follow(new Task.Order(context.users().operator(), command, Outcome.IGNORED));
    }
}
