package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.BacklogRequest;
import io.parley.sequencer.KnownCids;
import io.parley.sequencer.Rules;
import io.parley.sequencer.SessionRecord;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a session has to do with the connections before and after its own. A superclass and no object of its own: there may be
 * very many sessions.
 */
abstract class Resumable extends Moderating {
    final Hub hub;
    private final Resumption resumption;
    private volatile boolean exited;
    private volatile boolean lives; // without this connection

    Resumable(Hub hub, HubContext context, Participant participant, Resumption resumption) {
        super(context, participant);
        this.hub = hub;
        this.resumption = resumption;
    }

    /**
     * Whether the session outlives this connection. Any thread.
     *
     * @return false if it ends with it
     */
    public final boolean outlives() {
        return participant.outliving() != null;
    }

    /**
     * How this connection stands to the session. Any thread.
     *
     * @return the token and the memberships; {@link Resumption#NONE} if the session ends with the connection
     */
    public final Resumption resumption() {
        return resumption;
    }

    // ---- commands

    /**
     * Counts a command of a session that outlives its connection.
     *
     * @param cid its number
     * @return true for the next one, or for one that was read before; false if others are left out
     */
    public final boolean read(long cid) {
        return cids().read(cid);
    }

    /**
     * The number that the next new command of such a session must have.
     *
     * @return the number, from 1
     */
    public final long nextCid() {
        return cids().next();
    }

    private KnownCids cids() {
        SessionRecord session = participant.outliving();
        if (session == null) {
            throw new IllegalStateException("the session ends with its connection");
        }
        return session.cids();
    }

    /**
     * Finds a command that was ordered before, once that is decided.
     *
     * @param room the number of the room
     * @param cid its number
     * @return completes with its number in the room; 0 if it is not there
     */
    public final CompletableFuture<Long> find(int room, long cid) {
        SessionRecord session = participant.outliving();
        if (session == null || !resumption.resumed()) {
            return CompletableFuture.completedFuture(0L);
        }
        // Of a room that it is no member of any more, all is decided.
        OpenRoom open = hub.resuming().room(user(), room);
        CompletableFuture<@Nullable Void> decided =
                open == null ? CompletableFuture.completedFuture(null) : open.settled();
        return decided.thenApply(done -> session.cids().find(cid, room));
    }

    // ---- memberships

    /**
     * Goes on with a membership over this connection. The policy is not asked.
     *
     * @param room the room's number
     * @param backlog which entries before the subscription to give
     * @return completes with the subscription, or fails with a {@link io.parley.model.RoomException}: NOT_A_MEMBER
     */
    public final CompletableFuture<Opening> goOn(int room, BacklogRequest backlog) {
        CompletableFuture<Opening> done = new CompletableFuture<>();
        inOrder(() -> {
            OpenRoom found = hub.resuming().room(user(), room);
            if (found == null) {
                done.completeExceptionally(Rules.notMember());
            } else {
                Faults.whenDone(found.goOn(participant, backlog), (opening, error) -> enter(done, opening, error));
            }
        });
        return done;
    }

    /**
     * Leaves a room that the session is a member of and this connection has not gone on with.
     *
     * @param room the room's number
     * @return false if there is no such membership
     */
    public final boolean leave(int room) {
        OpenRoom found = hub.resuming().room(user(), room);
        if (found == null || found.held(participant) == null) {
            return false;
        }
        inOrder(() -> found.resign(participant));
        return true;
    }

    /** Completes a join; if the connection has ended meanwhile, nobody else would let go of the room. */
    final void enter(CompletableFuture<Opening> done, @Nullable Opening opening, @Nullable Throwable error) {
        if (opening != null && exited) {
            opening.subscription().leave("");
            opening.subscription().close();
            done.completeExceptionally(Rules.notMember());
        } else if (opening != null && lives) {
            opening.subscription().hold();
            done.completeExceptionally(Rules.notMember());
        } else {
            complete(done, opening, error);
        }
    }

    // ---- the end

    /**
     * The connection is lost. A session that outlives it is held, and its memberships are to be {@linkplain Subscription#hold
     * held}. Any thread.
     *
     * @return false if the session is to be ended with {@link #exit}
     */
    public final boolean lost() {
        lives = true; // first: who joins looks at it afterwards
        if (!exited && hub.resuming().lost(participant)) {
            return true;
        }
        lives = false;
        return false;
    }

    /**
     * Whether another connection goes on with the session. Any thread.
     *
     * @return true from then on
     */
    public final boolean isReplaced() {
        return outlives() && hub.resuming().sessions().hasOther(participant);
    }

    /**
     * Ends the session's part in the hub; with the user's last one the name is free again. The owner leaves its rooms
     * first. Idempotent; any thread.
     */
    public final void exit() {
        if (!lives && hub.resuming().sessions().end(participant)) {
            exited = true; // first: who joins looks at it afterwards
            participant.stop(); // and what it asked for and has not had its turn is not done
            if (outlives()) { // some of its memberships may be no connection's
                hub.resuming().leaveRooms(participant, "");
            }
            hub.exit(participant);
        }
    }
}
