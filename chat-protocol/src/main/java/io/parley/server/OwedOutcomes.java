package io.parley.server;

import io.parley.wire.Ack;
import io.parley.wire.Ok;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a session is still owed for what it asked in one room: an outcome for each SAY, and an OK for each request that
 * became an entry, behind that entry. It outlives a feed when the room is joined anew. Any thread adds; the connection's
 * writer settles.
 */
final class OwedOutcomes {
    /** An OK that waits for its entry. */
    private record Placed(long id, long seq) {}

    private final ServerSession session;
    private final Queue<SayOutcome> says = new ConcurrentLinkedQueue<>();
    private final Queue<Placed> replies = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    OwedOutcomes(ServerSession session) {
        this.session = session;
    }

    SayOutcome say(long cid) {
        SayOutcome one = new SayOutcome(this, cid);
        says.add(one);
        return one;
    }

    ServerSession session() {
        return session;
    }

    void refused(SayOutcome one) {
        if (says.remove(one)) {
            session.answered();
        }
    }

    /** Has a request answered when its entry is written. Called before any cursor can pass the entry. */
    void replyAfter(long seq, long id) {
        replies.add(new Placed(id, seq));
        if (over) {
            replyUpTo(Long.MAX_VALUE);
        }
    }

    /** The peer has been sent everything up to a number. */
    void settle(long seq) {
        for (SayOutcome one = says.peek(); one != null && one.isPlaced(seq); one = says.peek()) {
            says.remove();
            session.answered();
        }
        replyUpTo(seq);
    }

    private void replyUpTo(long seq) {
        for (Placed reply = replies.peek(); reply != null && reply.seq() <= seq; reply = replies.peek()) {
            if (replies.remove(reply)) {
                session.send(new Ok(reply.id()));
            }
        }
    }

    /** Adds an ACK for each SAY up to a number that the peer will not be sent. */
    void acknowledge(long seq, int room, FrameBatch batch) {
        for (SayOutcome one : says) {
            if (one.isPlaced(seq)) {
                batch.add(new Ack(one.cid(), room, one.seq()));
            }
        }
    }

    /** Nothing more of the room will be written. */
    void end() {
        over = true;
        replyUpTo(Long.MAX_VALUE);
    }
}
