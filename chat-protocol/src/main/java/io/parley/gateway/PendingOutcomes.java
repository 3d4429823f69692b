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
 * The commands of a connection in one room that have no outcome. It outlives a membership when the room is joined anew. Any thread adds; the connection's writer
 * settles.
 *
 * <p>Most connections ask for nothing most of the time: the queue is made when something is first put into it, by the
 * connection's reader, before an entry that settles it is published. So the writer, which has seen the entry, sees the queue.
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

        /** A command has its outcome: one less is in flight. */
        void answered();

        /** The client was too slow for entries of a room. */
        void fellOut(Room room, long from, long to);
    }

    private final Line line;
    private final RoomRef room;
    private volatile @Nullable Queue<PendingCommand> commands; // made by the connection's reader
    private volatile boolean over;
    private boolean readOn; // what comes behind the end is sent by another membership; set before it is over

    PendingOutcomes(Line line, RoomRef room) {
        this.line = line;
        this.room = room;
    }

    /** Adds a command; for one that is no message the protocol is told when it is done. */
    PendingCommand add(long cid, boolean message) {
        PendingCommand one = new PendingCommand(this, cid, message);
        Queue<PendingCommand> queue = commands;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            commands = queue;
        }
        queue.add(one);
        return one;
    }

    Line line() {
        return line;
    }

    void refused(PendingCommand one) {
        settled(one);
    }

    /** A command has got its number, maybe behind all that is written of the room. */
    void placed(PendingCommand one) {
        if (over) {
            acknowledge(one, line::send);
        }
    }

    /** A command is in the room already; whether its entry is read here is not known. */
    void repeated(PendingCommand one, long place) {
        if (settled(one)) {
            line.send(line.protocol().acknowledged(room, one.cid(), place));
            done(one, line::send);
        }
    }

    /** Takes a command out; false if another thread was first. */
    private boolean settled(PendingCommand one) {
        Queue<PendingCommand> queue = commands;
        boolean first = queue != null && queue.remove(one);
        if (first) {
            line.answered();
        }
        return first;
    }

    private void acknowledge(PendingCommand one, Consumer<byte[]> to) {
        if (settled(one)) {
            if (!readOn) {
                to.accept(line.protocol().acknowledged(room, one.cid(), one.seq()));
            }
            done(one, to);
        }
    }

    private void done(PendingCommand one, Consumer<byte[]> to) {
        if (!one.isMessage()) {
            to.accept(line.protocol().done(one.cid()));
        }
    }

    /**
     * Keeps the connection's own messages apart from others in a run that has just been prepared. Each that it may hold has its
     * number: {@link PendingCommand#kept} comes before its entry is shown. A message in front of it may be refused already and
     * not be taken out yet.
     *
     * @return the own message that the run consists of now, or null if it holds none
     */
    @Nullable
    PendingCommand separate(Cursor cursor, Chunk run) {
        Queue<PendingCommand> queue = commands;
        if (queue != null && !queue.isEmpty()) {
            long read = cursor.lastSeq();
            for (PendingCommand one : queue) {
                long seq = one.seq();
                if (seq > read && one.isMessage() && cursor.separate(run, seq) == Cursor.Found.ALONE) {
                    return one;
                }
            }
        }
        return null;
    }

    /** The client has been sent everything up to a number. */
    void settle(long seq) {
        Queue<PendingCommand> queue = commands;
        if (queue != null) {
            for (PendingCommand one = queue.peek(); one != null && one.isPlaced(seq); one = queue.peek()) {
                // That one and no other: it may have been taken out meanwhile.
                if (settled(one) && !one.isMessage()) { // or nothing is made for it
                    done(one, line::send);
                }
            }
        }
    }

    /** Adds an acknowledgement for each command up to a number that the client will not be sent. */
    void acknowledge(long seq, ByteBatch batch) {
        Queue<PendingCommand> queue = commands;
        for (PendingCommand one : queue == null ? List.<PendingCommand>of() : queue) {
            if (one.isPlaced(seq)) {
                batch.add(line.protocol().acknowledged(room, one.cid(), one.seq()));
            }
        }
    }

    /** Acknowledges each command up to a number: what is not settled yet will not be sent. */
    void giveUp(long seq, Consumer<byte[]> to) {
        Queue<PendingCommand> queue = commands;
        for (PendingCommand one : queue == null ? List.<PendingCommand>of() : queue) {
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
    }
}
