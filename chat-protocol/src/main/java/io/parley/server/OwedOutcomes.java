package io.parley.server;

import io.parley.wire.Ack;
import io.parley.wire.Ok;
import io.parley.wire.ServerFrame;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session is still owed for what it asked in one room: an outcome for each SAY, and an OK for each request that
 * became an entry, behind that entry. It outlives a feed when the room is joined anew. Any thread adds; the connection's
 * writer settles.
 *
 * <p>Most sessions ask for nothing most of the time: each queue is made when something is first put into it, by the one
 * thread that does so (the connection's reader; the thread that moves the room's lane), before an entry that settles it
 * is published. So the writer, which has seen the entry, sees the queue.
 */
final class OwedOutcomes {
    /** An OK that waits for its entry. */
    private record Placed(long id, long seq) {}

    private final ServerSession session;
    private final int room;
    private volatile @Nullable Queue<SayOutcome> says; // made by the connection's reader
    private volatile @Nullable Queue<Placed> replies; // made in the room's lane
    private volatile boolean over;
    private boolean readOn; // what comes behind the end is sent by another feed; set before it is over

    OwedOutcomes(ServerSession session, int room) {
        this.session = session;
        this.room = room;
    }

    SayOutcome say(long cid) {
        SayOutcome one = new SayOutcome(this, cid);
        Queue<SayOutcome> queue = says;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            says = queue;
        }
        queue.add(one);
        return one;
    }

    ServerSession session() {
        return session;
    }

    void refused(SayOutcome one) {
        Queue<SayOutcome> queue = says;
        if (queue != null && queue.remove(one)) {
            session.answered();
        }
    }

    /** A SAY has got its number, maybe behind all that is written of the room. */
    void placed(SayOutcome one) {
        if (over) {
            acknowledge(one, session::send);
        }
    }

    private void acknowledge(SayOutcome one, Consumer<ServerFrame> to) {
        Queue<SayOutcome> queue = says;
        if (queue != null && queue.remove(one)) { // or another thread was first
            if (!readOn) {
                to.accept(new Ack(one.cid(), room, one.seq()));
            }
            session.answered();
        }
    }

    /** Has a request answered when its entry is written. Called before any cursor can pass the entry. */
    void replyAfter(long seq, long id) {
        Queue<Placed> queue = replies;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            replies = queue;
        }
        queue.add(new Placed(id, seq));
        if (over) {
            replyUpTo(Long.MAX_VALUE);
        }
    }

    /** The peer has been sent everything up to a number. */
    void settle(long seq) {
        Queue<SayOutcome> queue = says;
        if (queue != null) {
            for (SayOutcome one = queue.peek(); one != null && one.isPlaced(seq); one = queue.peek()) {
                queue.remove();
                session.answered();
            }
        }
        replyUpTo(seq);
    }

    private void replyUpTo(long seq) {
        Queue<Placed> queue = replies;
        if (queue == null) {
            return;
        }
        for (Placed reply = queue.peek(); reply != null && reply.seq() <= seq; reply = queue.peek()) {
            if (queue.remove(reply)) {
                session.send(new Ok(reply.id()));
            }
        }
    }

    /** Adds an ACK for each SAY up to a number that the peer will not be sent. */
    void acknowledge(long seq, FrameBatch batch) {
        Queue<SayOutcome> queue = says;
        for (SayOutcome one : queue == null ? List.<SayOutcome>of() : queue) {
            if (one.isPlaced(seq)) {
                batch.add(new Ack(one.cid(), room, one.seq()));
            }
        }
    }

    /** Answers each SAY up to a number with an ACK: what is not settled yet will not be sent. */
    void giveUp(long seq, Consumer<ServerFrame> to) {
        Queue<SayOutcome> queue = says;
        for (SayOutcome one : queue == null ? List.<SayOutcome>of() : queue) {
            if (one.isPlaced(seq)) {
                acknowledge(one, to);
            }
        }
    }

    /**
     * Nothing more will be written here. What gets its number later is answered when it does.
     *
     * @param anew whether the room was joined anew, and a feed that is still to begin reads on from the end
     */
    void end(boolean anew) {
        readOn = anew;
        over = true; // first: who is placed looks at it afterwards
        giveUp(Long.MAX_VALUE, session::send);
        replyUpTo(Long.MAX_VALUE);
    }
}
