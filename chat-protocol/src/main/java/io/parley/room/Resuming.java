package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.HeldMembership;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomRef;
import io.parley.model.UserRef;
import io.parley.policy.Decision;
import io.parley.sequencer.SessionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How sessions outlive their connections: held when a connection is lost, claimed by the next, and ended when nobody comes. Any
 * thread.
 */
final class Resuming {
    private static final String LOST = "connection lost";

    private final HubContext context;
    private final Rooms rooms;
    private final Sessions sessions;
    private final Consumer<Participant> exit;
    private final RevocationLog revoked = new RevocationLog();
    private final @Nullable SessionStore store; // null if sessions end with the process

    /**
     * Makes the way back in.
     *
     * @param exit ends a connection's part in the hub
     */
    Resuming(HubContext context, Rooms rooms, Consumer<Participant> exit) {
        this.context = context;
        this.rooms = rooms;
        this.sessions = new Sessions(context.options(), context.users(), context.ids());
        this.exit = exit;
        this.store =
                context.journal().isLasting() && sessions.areHeld() ? new SessionStore(context, rooms, sessions) : null;
        if (store != null) {
            sessions.storeIn(store);
        }
    }

    /** Brings back what an earlier process has kept. Before anybody comes in. */
    CompletableFuture<@Nullable Void> restore() {
        return context.journal().isLasting()
                ? new Restoring(context, rooms, sessions, this::leave).restore().thenCompose(done -> restored())
                : CompletableFuture.completedFuture(null);
    }

    /** What was stored is back; completes when the tokens that are given next are stored. */
    private CompletableFuture<@Nullable Void> restored() {
        if (store == null) {
            return CompletableFuture.completedFuture(null);
        }
        store.open();
        return store.flush();
    }

    /** Stores what is not stored yet; completes when that is done, or has failed. */
    CompletableFuture<@Nullable Void> flush() {
        return store == null ? CompletableFuture.completedFuture(null) : store.flush();
    }

    Sessions sessions() {
        return sessions;
    }

    /** Which accounts had their sessions ended lately. */
    RevocationLog revoked() {
        return revoked;
    }

    static RoomException revokedMeanwhile() {
        return new RoomException(Reason.AUTH_FAILED, "the password has changed; log in again");
    }

    // ---- coming back

    /**
     * Gives a session to another connection.
     *
     * @param enter makes of the connection what is asked for
     * @return completes with that; fails with SESSION_GONE, or as a ban or the policy says
     */
    <T> CompletableFuture<T> claim(
            ResumeRequest wish, LastingParticipant.Arrival arrival, BiFunction<Participant, Resumption, T> enter) {
        LastingSession found = sessions.find(wish);
        if (found == null) {
            return CompletableFuture.failedFuture(gone());
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        User user = found.participant().user();
        long asked = revoked.last();
        Questions questions = new Questions(context, Questions.NOBODY);
        questions.add(() -> context.policy().resume(asOf(found)), decision -> {
            try {
                judge(found, decision);
                context.checkNotBanned(user.id(), user.key(), Optional.ofNullable(arrival.address()));
                done.complete(claimed(found, wish, arrival, asked, enter));
            } catch (Throwable refused) {
                Faults.fail(done, refused);
            }
        });
        questions.release();
        return done;
    }

    /** The user as it was when the session logged in: another session may have logged in with another password since. */
    private static UserRef asOf(LastingSession found) {
        UserRef now = found.participant().user().ref();
        return new UserRef(now.id(), now.account(), now.name(), now.key(), found.attributes());
    }

    /** Whoever the policy does not know as the same any more has no session. */
    private void judge(LastingSession found, Decision decision) {
        Participant participant = found.participant();
        if (decision instanceof Decision.Admit same) {
            found.attributes(same.identity().attributes());
            context.users().attributes(participant.user(), same.identity().attributes());
            return;
        }
        RoomException no = Questions.refusal(decision);
        if (no != null && no.reason() == Reason.UNAVAILABLE) {
            throw no;
        }
        if (no != null) {
            participant.expel(new RoomException(Reason.SESSION_GONE, no.text()));
            end(participant);
            throw gone();
        }
    }

    private <T> T claimed(
            LastingSession found,
            ResumeRequest wish,
            LastingParticipant.Arrival arrival,
            long asked,
            BiFunction<Participant, Resumption, T> enter) {
        Sessions.Claimed claimed = sessions.claim(found, wish, arrival, context.nanos());
        if (claimed == null) {
            throw gone();
        }
        LastingParticipant former = claimed.former();
        former.expel(new RoomException(Reason.REPLACED, "another connection goes on with the session"));
        former.tell(Nobody.NOBODY);
        LastingParticipant now = claimed.participant();
        T entered = enter.apply(
                now,
                new Resumption(claimed.token(), true, held(now), now.outliving().ended()));
        RoomException banned = context.ban(now);
        if (banned != null) { // since it was asked for
            now.expel(banned);
        }
        if (revoked.isRevoked(now.user().id(), asked)) {
            now.expel(revokedMeanwhile());
        }
        return entered;
    }

    static boolean isGone(Throwable error) {
        return Faults.cause(error) instanceof RoomException no && no.reason() == Reason.SESSION_GONE;
    }

    static RoomException gone() {
        return new RoomException(Reason.SESSION_GONE, "the session is over");
    }

    private List<HeldMembership> held(Participant participant) {
        List<HeldMembership> held = new ArrayList<>();
        for (OpenRoom room : rooms.find(participant.user().rooms())) {
            HeldMembership one = room.held(participant);
            if (one != null) {
                held.add(one);
            }
        }
        return held;
    }

    /** A room that a user is a member of, or null. */
    @Nullable
    OpenRoom room(User user, int number) {
        List<RoomRef> refs =
                user.rooms().stream().filter(ref -> ref.number() == number).toList();
        List<OpenRoom> found = rooms.find(refs);
        return found.isEmpty() ? null : found.get(0);
    }

    // ---- going

    /** A connection is lost; false if its session ends with it. */
    boolean lost(Participant participant) {
        List<LastingSession> tooMany = new ArrayList<>(0);
        boolean lives = sessions.lost(participant, context.nanos(), tooMany);
        tooMany.forEach(this::leave);
        if (lives && participant.isStopped()) { // it was put out meanwhile
            end(participant);
        }
        return lives;
    }

    /** Ends a session that has no connection which could end it; false if there is none. */
    boolean end(Participant participant) {
        boolean ends = participant.heldUntil() != 0 && sessions.end(participant);
        if (ends) {
            leave(participant);
        }
        return ends;
    }

    private void leave(LastingSession over) {
        leave(over.participant());
    }

    private void leave(Participant participant) {
        leaveRooms(participant, LOST);
        exit.accept(participant);
    }

    /** Ends the memberships of a session, those too that its connection has not gone on with. */
    void leaveRooms(Participant participant, String text) {
        SessionRecord session = participant.outliving();
        if (session != null) {
            session.end(); // first: whoever is just coming into a room looks at it afterwards
        }
        rooms.find(participant.user().rooms()).forEach(room -> room.leave(participant, false, text));
    }

    /** Ends what is overdue. */
    void tick() {
        if (store != null) {
            store.tick();
        }
        long now = context.nanos();
        sessions.expire(now).forEach(this::leave);
        for (Participant settled : sessions.settle(now)) {
            rooms.find(settled.user().rooms()).forEach(room -> room.leave(settled, true, ""));
        }
    }
}
