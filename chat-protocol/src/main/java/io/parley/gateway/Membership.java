package io.parley.gateway;

import io.parley.log.Chunk;
import io.parley.model.RoomException;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.room.Room;
import io.parley.room.Subscription;
import io.parley.transport.Sink;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One connection's membership of one room, and the room's way to the client: an opening with the backlog, then the log as
 * the subscription reads it, with a notice where it had to skip, then an ending. Written by the connection's writer; other
 * threads do what the methods say.
 *
 * <p>A membership is written in turns. Between two turns, and within one at each entry's end, something else may be written;
 * {@link #isMidway} tells when it may not.
 */
public final class Membership {
    /** No request: what happens was not asked for by the connection. */
    public static final long UNASKED = -1;

    private static final AtomicLongFieldUpdater<Membership> LEAVE_ID =
            AtomicLongFieldUpdater.newUpdater(Membership.class, "leaveId");
    private static final long TOO_LATE = -2; // the end is told; no request is answered with it any more
    private static final int RUN_BYTES = 32 << 10;
    private static final int TURN_BYTES = 64 << 10;

    /** How a turn ended. */
    enum Turn {
        /** The sink is full; this membership goes on first. */
        FULL,
        /** There is more, but others come first. */
        MORE,
        /** Nothing to write: the subscription sleeps until it is woken. */
        ASLEEP,
        /** The end is written. */
        DONE
    }

    private final Subscription subscription;
    private final boolean apart; // own messages are
    private PendingOutcomes pending; // a former membership's, perhaps: set before this one is listed
    private volatile long leaveId = UNASKED; // of the request to leave, if there was one; changed through LEAVE_ID
    private volatile @Nullable Membership successor; // the same room joined anew; written under Memberships' monitor

    int number; // among the connection's memberships, from 1; set before it begins, under the monitor of Memberships
    int next; // the number of the next in the outbox's list, or 0

    // the writer's
    private Answers.@Nullable Block block;
    private boolean ending;
    private boolean untold;

    Membership(PendingOutcomes.Line line, Subscription subscription) {
        this.subscription = subscription;
        this.apart = line.ownApart();
        this.pending = new PendingOutcomes(line, subscription.room().ref());
        subscription.attach(this);
    }

    /** Has bytes written before the first entry. Before the membership begins. */
    void open(byte[] opening) {
        block = opening.length == 0 ? null : new Answers.Block(opening);
    }

    /** Counts the opening among what waits for the client. Before the membership begins, under no lock. */
    void announce() {
        Answers.Block opening = block;
        if (opening != null) {
            line().meter().add(opening.length());
        }
    }

    /**
     * The room. Any thread.
     *
     * @return its number, kind and name
     */
    public RoomRef room() {
        return subscription.room().ref();
    }

    /**
     * The number of the room's history. Any thread.
     *
     * @return the epoch
     */
    public long epoch() {
        return subscription.room().epoch();
    }

    /**
     * How many members the room has. Any thread.
     *
     * @return the number of users
     */
    public int memberCount() {
        return subscription.room().memberCount();
    }

    /**
     * The topic of the room. Any thread.
     *
     * @return the topic, empty if none was set
     */
    public String topic() {
        return subscription.room().topic();
    }

    /**
     * With whom a direct conversation is. Any thread.
     *
     * @return the other's id; 0 for any other room
     */
    public long peer() {
        return subscription.peer();
    }

    Room liveRoom() {
        return subscription.room();
    }

    Subscription subscription() {
        return subscription;
    }

    PendingOutcomes pending() {
        return pending;
    }

    private PendingOutcomes.Line line() {
        return pending.line();
    }

    /** Announcements are read like a room, but no client has joined them and none can ask for anything there. */
    boolean isListed() {
        return liveRoom().kind() != RoomKind.ANNOUNCEMENTS;
    }

    // ---- leaving

    /**
     * Notes that the end is to be told as the answer to a request. The reader's thread, before the room is told.
     *
     * @return false if it is another request's already, or told to the client already
     */
    boolean leave(long id) {
        return leaveId == UNASKED && LEAVE_ID.compareAndSet(this, UNASKED, id);
    }

    /**
     * Takes over what is pending in a former membership of the same room, since its outcome may come behind that one's end.
     * Under the monitor of {@link Memberships}, before this one is listed.
     */
    void inherit(Membership former) {
        pending = former.pending;
    }

    /** Says what begins when this has ended. Under the monitor of {@link Memberships}. */
    void succeededBy(Membership next) {
        successor = next;
    }

    /** Whether the room was not joined anew since. Any thread. */
    boolean isNewest() {
        return successor == null;
    }

    /** What begins when this has ended. Under the monitor of {@link Memberships}. */
    @Nullable
    Membership successor() {
        return successor;
    }

    // ---- writing

    /** Whether something has begun that must be finished before anything else is written. */
    boolean isMidway() {
        Answers.Block current = block;
        return current == null ? subscription.hasRun() : current.isBegun();
    }

    /** Lets the run under way end at the next entry. */
    void yieldSoon() {
        subscription.shorten();
    }

    /** Writes until the sink is full, the turn is used up, or there is nothing more. */
    Turn write(Sink sink, OutboxMeter meter, Answers answers) {
        int budget = TURN_BYTES;
        while (true) {
            Answers.Block current = block;
            if (current != null) {
                if (!current.writeTo(sink, meter)) {
                    return Turn.FULL;
                }
                block = null;
                continue;
            }
            Chunk run = subscription.prepare(RUN_BYTES);
            if (run == null) {
                Turn rest = withoutRun();
                if (rest != null) {
                    return rest;
                }
            } else if (!apart || isShared(run)) {
                int length = subscription.remaining();
                int taken = sink.writeShared(run.array(), subscription.offset(), length);
                if (taken == 0) {
                    return Turn.FULL;
                }
                meter.wrote(taken);
                subscription.advance(run, taken);
                budget -= taken;
                if (taken == length) {
                    pending.settle(subscription.lastSeq());
                    if (budget <= 0 || !answers.isEmpty()) {
                        return Turn.MORE;
                    }
                }
            }
        }
    }

    /** Nothing of the room is at hand: how the turn ends, or null if it goes on. */
    private @Nullable Turn withoutRun() {
        if (subscription.isLost()) {
            block = gap();
        } else if (subscription.isEnded()) {
            if (ending) {
                return Turn.DONE;
            }
            ending = true;
            block = end();
        } else if (subscription.sleep()) {
            return Turn.ASLEEP;
        }
        return null;
    }

    /** Ends a run before an own message. False if the run is one that is left out, or written otherwise. */
    private boolean isShared(Chunk run) {
        if (subscription.hasRun()) {
            return true;
        }
        PendingCommand own = pending.separate(subscription, run);
        if (own == null || !own.ask()) {
            return true;
        }
        int length = subscription.remaining();
        ByteBuffer shared = ByteBuffer.wrap(run.array(), subscription.offset(), length)
                .slice()
                .asReadOnlyBuffer();
        byte[] instead = line().protocol().own(this, own.cid(), shared, own.isReplaced());
        if (instead == null) {
            return true;
        }
        subscription.advance(run, length);
        pending.settle(subscription.lastSeq());
        block = block(new ByteBatch().add(instead));
        return false;
    }

    private Answers.@Nullable Block gap() {
        Subscription.Gap gap = subscription.skip();
        line().fellOut(liveRoom(), gap.from(), gap.to());
        ByteBatch batch = new ByteBatch();
        pending.acknowledge(gap.to(), batch);
        pending.settle(gap.to());
        if (isListed()) {
            batch.add(line().protocol().gap(this, gap));
        }
        return block(batch);
    }

    /** Whether the end was neither asked for nor forced: the room was joined anew, or the connection is over. The writer. */
    boolean endsUntold() {
        return untold;
    }

    private Answers.@Nullable Block end() {
        ByteBatch batch = new ByteBatch();
        RoomException cause = subscription.endCause();
        long leave = LEAVE_ID.getAndSet(this, TOO_LATE);
        untold = leave < 0 && cause == null;
        if (!untold) {
            Membership next = successor;
            pending.giveUp(next == null ? Long.MAX_VALUE : next.subscription.lastSeq(), batch::add);
            batch.add(line().protocol().ended(this, new Ending(leave, leave < 0 ? cause : null)));
        } // else the room was joined anew, and is read on from where this ends
        return block(batch);
    }

    private Answers.@Nullable Block block(ByteBatch batch) {
        if (batch.length() == 0) {
            return null;
        }
        byte[] bytes = batch.toBytes();
        line().meter().add(bytes.length);
        return new Answers.Block(bytes);
    }
}
