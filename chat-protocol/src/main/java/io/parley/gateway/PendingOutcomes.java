package io.parley.gateway;

import io.parley.log.Chunk;
import io.parley.log.Cursor;
import io.parley.model.RoomRef;
import io.parley.room.Room;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has asked in one room and has no outcome for: messages, and requests that became entries, which are
 * answered behind their entry. It outlives a membership when the room is joined anew. Any thread adds; the connection's writer
 * settles.
 *
 * <p>Most connections ask for nothing most of the time: each queue is made when something is first put into it, by the one
 * thread that does so (the connection's reader; the thread that moves the room's sequencer), before an entry that settles it
 * is published. So the writer, which has seen the entry, sees the queue.
 */
final class PendingOutcomes {
    /** The way to a client, as the rooms of a connection need it. Any thread. */
    interface Line {

        /** Puts events into bytes. */
        Protocol protocol();

        /** Whether own messages are written apart from the bytes that all share. */
        boolean ownApart();

        /** Queues an answer and has it written. */
        void send(byte[] bytes);

        /** Counts bytes that wait for the client. */
        OutboxMeter meter();

        /** A message has its outcome: one less is in flight. */
        void answered();

        /** The client was too slow for entries of a room. */
        void fellOut(Room room, long from, long to);
    }

    /** A request whose answer waits for its entry. */
    private record Placed(long id, long seq) {}

    private final Line line;
    private final RoomRef room;
    private volatile @Nullable Queue<PendingMessage> messages; // made by the connection's reader
    private volatile @Nullable Queue<Placed> replies; // made by the thread that moves the room
    private volatile boolean over;
    private boolean readOn; // what comes behind the end is sent by another membership; set before it is over

    PendingOutcomes(Line line, RoomRef room) {
        this.line = line;
        this.room = room;
    }

    PendingMessage say(long cid) {
        PendingMessage one = new PendingMessage(this, cid);
        Queue<PendingMessage> queue = messages;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            messages = queue;
        }
        queue.add(one);
        return one;
    }

    Line line() {
        return line;
    }

    void refused(PendingMessage one) {
        Queue<PendingMessage> queue = messages;
        if (queue != null && queue.remove(one)) {
            line.answered();
        }
    }

    /** A message has got its number, maybe behind all that is written of the room. */
    void placed(PendingMessage one) {
        if (over) {
            acknowledge(one, line::send);
        }
    }

    private void acknowledge(PendingMessage one, Consumer<byte[]> to) {
        Queue<PendingMessage> queue = messages;
        if (queue != null && queue.remove(one)) { // or another thread was first
            line.answered();
            if (!readOn) {
                to.accept(line.protocol().acknowledged(room, one.cid(), one.seq()));
            }
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

    /**
     * Keeps the connection's own messages apart from others in a run that has just been prepared. Each that it may hold has its
     * number: {@link PendingMessage#kept} comes before its entry is shown. A message in front of it may be refused already and
     * not be taken out yet.
     *
     * @return the own message that the run consists of now, or null if it holds none
     */
    @Nullable
    PendingMessage separate(Cursor cursor, Chunk run) {
        Queue<PendingMessage> queue = messages;
        if (queue != null && !queue.isEmpty()) {
            long read = cursor.lastSeq();
            for (PendingMessage one : queue) {
                long seq = one.seq();
                if (seq > read && cursor.separate(run, seq) == Cursor.Found.ALONE) {
                    return one;
                }
            }
        }
        return null;
    }

    /** The client has been sent everything up to a number. */
    void settle(long seq) {
        Queue<PendingMessage> queue = messages;
        if (queue != null) {
            for (PendingMessage one = queue.peek(); one != null && one.isPlaced(seq); one = queue.peek()) {
                queue.remove();
                line.answered();
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
                line.send(line.protocol().done(reply.id()));
            }
        }
    }

    /** Adds an acknowledgement for each message up to a number that the client will not be sent. */
    void acknowledge(long seq, ByteBatch batch) {
        Queue<PendingMessage> queue = messages;
        for (PendingMessage one : queue == null ? List.<PendingMessage>of() : queue) {
            if (one.isPlaced(seq)) {
                batch.add(line.protocol().acknowledged(room, one.cid(), one.seq()));
            }
        }
    }

    /** Acknowledges each message up to a number: what is not settled yet will not be sent. */
    void giveUp(long seq, Consumer<byte[]> to) {
        Queue<PendingMessage> queue = messages;
        for (PendingMessage one : queue == null ? List.<PendingMessage>of() : queue) {
            if (one.isPlaced(seq)) {
                acknowledge(one, to);
            }
        }
    }

    /**
     * Nothing more will be written here. What gets its number later is answered when it does.
     *
     * @param anew whether the room was joined anew, and a membership that is still to begin reads on from the end
     */
    void end(boolean anew) {
        readOn = anew;
        over = true; // first: who is placed looks at it afterwards
        giveUp(Long.MAX_VALUE, line::send);
        replyUpTo(Long.MAX_VALUE);
    }
}
