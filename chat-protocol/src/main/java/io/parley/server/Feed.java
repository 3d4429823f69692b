package io.parley.server;

import io.parley.log.Chunk;
import io.parley.model.RoomException;
import io.parley.model.RoomKind;
import io.parley.room.Room;
import io.parley.room.Subscription;
import io.parley.transport.Sink;
import io.parley.wire.Gap;
import io.parley.wire.Left;
import io.parley.wire.RoomClosed;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One room's way to one peer: an opening (JOINED and backlog), then the log as its cursor reads it, with a GAP where it
 * had to skip, then an ending (LEFT or ROOM_CLOSED). Written by the connection's writer; other threads do what the
 * methods say.
 *
 * <p>A feed is written in turns. Between two turns, and within one at each entry's end, something else may be written;
 * {@link #isMidway} tells when it may not.
 */
final class Feed {
    private static final AtomicLongFieldUpdater<Feed> LEAVE_ID =
            AtomicLongFieldUpdater.newUpdater(Feed.class, "leaveId");
    private static final long NONE = -1;
    private static final long TOO_LATE = -2; // the end is told; no request is answered with it any more
    private static final int RUN_BYTES = 32 << 10;
    private static final int TURN_BYTES = 64 << 10;

    /** How a turn ended. */
    enum Turn {
        /** The sink is full; this feed goes on first. */
        FULL,
        /** There is more, but others come first. */
        MORE,
        /** Nothing to write: the cursor sleeps until it is woken. */
        ASLEEP,
        /** The end is written. */
        DONE
    }

    private final Subscription cursor;
    private OwedOutcomes owed; // knows the session; a former feed's, perhaps: set before this one is listed
    private volatile long leaveId = NONE; // of the LEAVE request, if there was one; changed through LEAVE_ID
    private volatile @Nullable Feed successor; // the same room joined anew; written under Feeds' monitor

    int number; // among the session's feeds, from 1; set before it begins, under the monitor of Feeds
    int next; // the number of the next in the writer's list, or 0

    // the writer's
    private @Nullable Block block;
    private boolean ending;
    private boolean untold;

    Feed(ServerSession session, Subscription cursor, byte[] opening) {
        this.cursor = cursor;
        this.owed = new OwedOutcomes(session, cursor.room().number());
        this.block = opening.length == 0 ? null : new Block(opening);
        cursor.attach(this);
    }

    /** Counts the opening among what waits for the peer. Before the feed begins, under no lock. */
    void announce() {
        Block opening = block;
        if (opening != null) {
            session().unwritten().add(opening.length());
        }
    }

    Room room() {
        return cursor.room();
    }

    Subscription cursor() {
        return cursor;
    }

    ServerSession session() {
        return owed.session();
    }

    OwedOutcomes owed() {
        return owed;
    }

    // ---- leaving

    /**
     * Notes that the end is to be answered as the reply to a request. The reader's thread, before the room is told.
     *
     * @return false if it is another request's already, or told to the peer already
     */
    boolean leave(long id) {
        return leaveId == NONE && LEAVE_ID.compareAndSet(this, NONE, id);
    }

    /**
     * Takes over what is owed in a former feed of the same room, since that may come out behind that feed's end. Under
     * the monitor of {@link Feeds}, before this one is listed.
     */
    void inherit(Feed former) {
        owed = former.owed;
    }

    /** Says what begins when this has ended. Under the monitor of {@link Feeds}. */
    void succeededBy(Feed next) {
        successor = next;
    }

    /** Whether the room was not joined anew since. Any thread. */
    boolean isNewest() {
        return successor == null;
    }

    /** What begins when this has ended. Under the monitor of {@link Feeds}. */
    @Nullable
    Feed successor() {
        return successor;
    }

    // ---- writing

    /** Whether a frame has begun that must be finished before anything else is written. */
    boolean isMidway() {
        Block current = block;
        return current == null ? cursor.hasRun() : current.isBegun();
    }

    /** Lets the run under way end at the next entry. */
    void yieldSoon() {
        cursor.shorten();
    }

    /** Writes until the sink is full, the turn is used up, or there is nothing more. */
    Turn write(Sink sink, Unwritten unwritten) {
        int budget = TURN_BYTES;
        while (true) {
            Block current = block;
            if (current != null) {
                if (!current.writeTo(sink, unwritten)) {
                    return Turn.FULL;
                }
                block = null;
                continue;
            }
            Chunk run = cursor.prepare(RUN_BYTES);
            if (run != null) {
                int length = cursor.remaining();
                int taken = sink.writeShared(run.array(), cursor.offset(), length);
                if (taken == 0) {
                    return Turn.FULL;
                }
                unwritten.wrote(taken);
                cursor.advance(run, taken);
                budget -= taken;
                if (taken == length) {
                    owed.settle(cursor.lastSeq());
                    if (budget <= 0 || session().hasAnswers()) {
                        return Turn.MORE;
                    }
                }
            } else if (cursor.isLost()) {
                block = gap();
            } else if (cursor.isEnded()) {
                if (ending) {
                    return Turn.DONE;
                }
                ending = true;
                block = end();
            } else if (cursor.sleep()) {
                return Turn.ASLEEP;
            }
        }
    }

    private @Nullable Block gap() {
        Subscription.Gap gap = cursor.skip();
        session().fellOut(room(), gap.from(), gap.to());
        FrameBatch batch = new FrameBatch();
        owed.acknowledge(gap.to(), batch);
        owed.settle(gap.to());
        if (room().kind() != RoomKind.ANNOUNCEMENTS) {
            batch.add(new Gap(gap.from(), gap.to(), NativeEncoding.snapshot(gap.snapshot())));
        }
        return block(batch);
    }

    /** Whether the end was neither asked for nor forced: the room was joined anew, or the session is over. The writer. */
    boolean endsUntold() {
        return untold;
    }

    private @Nullable Block end() {
        FrameBatch batch = new FrameBatch();
        RoomException cause = cursor.endCause();
        long leave = LEAVE_ID.getAndSet(this, TOO_LATE);
        untold = leave < 0 && cause == null;
        if (!untold) {
            Feed next = successor;
            owed.giveUp(next == null ? Long.MAX_VALUE : next.cursor.lastSeq(), batch::add);
        } // else the room was joined anew, and is read on from where this ends
        if (leave >= 0) {
            batch.add(new Left(leave, room().number()));
        } else if (cause != null) {
            batch.add(new RoomClosed(room().number(), cause.reason().code(), cause.text()));
        }
        return block(batch);
    }

    private @Nullable Block block(FrameBatch batch) {
        if (batch.isEmpty()) {
            return null;
        }
        byte[] bytes = batch.toBytes();
        session().unwritten().add(bytes.length);
        return new Block(bytes);
    }
}
