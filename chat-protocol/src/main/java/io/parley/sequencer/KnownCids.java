package io.parley.sequencer;

import io.parley.journal.KeptCommand;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.util.List;
import java.util.Map;

/**
 * Which commands of a session were read, and which are in a room: so that one that is repeated over a new connection is done
 * once. It remembers the last ones, as many as a client may have without an outcome. Any thread; its monitor is a leaf.
 */
public final class KnownCids {
    private static final int LEAST = 2; // places: most sessions say little; always a power of two

    private final int window;
    private long read; // the last number that was read
    private boolean unsure; // what was read last: nobody has noted what was not kept
    private long highest; // the highest number that is in a room
    private long[] seqs = {}; // by number, round and round; 0 for one that is in no room
    private int[] rooms = {};

    KnownCids(int window) {
        this.window = window;
    }

    /**
     * How many of the last commands are remembered.
     *
     * @return how many may be without an outcome
     */
    public int window() {
        return window;
    }

    /**
     * Counts a command that is read.
     *
     * @param cid its number
     * @return true for the next one, or for one that is repeated; false if it leaves others out
     */
    public synchronized boolean read(long cid) {
        if (cid == read + 1 || (unsure && cid > read)) {
            read = cid;
            unsure = false;
        }
        return cid > 0 && cid <= read;
    }

    /**
     * Knows what an earlier process has noted. The next new command may leave numbers out: they belong to commands that were
     * answered and not kept.
     *
     * @param lastRead the last number that was noted as read
     * @param kept the session's commands that are kept, the lowest number first
     * @param numbers the numbers of rooms, by their keys
     */
    public synchronized void restore(long lastRead, List<KeptCommand> kept, Map<String, Integer> numbers) {
        for (KeptCommand one : kept) {
            placed(one.cid(), numbers.getOrDefault(one.room(), 0), one.seq());
        }
        read = Math.max(lastRead, highest);
        unsure = true;
    }

    /**
     * The number of the next command.
     *
     * @return from 1
     */
    public synchronized long next() {
        return read + 1;
    }

    /** Where a command is: its number in the room; 0 if it is in none, or too old to be known. */
    synchronized long find(long cid) {
        return isCovered(cid) ? seqs[place(cid)] : 0;
    }

    /**
     * The number of a command in one room.
     *
     * @param cid the session's number for it
     * @param room the number of the room
     * @return its number there; 0 if it is not there, or too old to be known
     */
    public synchronized long find(long cid, int room) {
        return isCovered(cid) && rooms[place(cid)] == room ? seqs[place(cid)] : 0;
    }

    /**
     * Where a command is that a room is to judge.
     *
     * @return its number in the room, 0 if it is to be judged
     * @throws RoomException UNKNOWN_OUTCOME for one too old to be known, NOT_SAID for one that would come behind a later one
     */
    synchronized long judge(long cid, int room) {
        if (cid > highest) {
            return 0;
        }
        long seq = isCovered(cid) ? seqs[place(cid)] : 0;
        if (cid <= highest - window || (seq != 0 && rooms[place(cid)] != room)) {
            throw unknown();
        }
        for (long later = cid + 1; seq == 0 && later <= highest; later++) {
            if (seqs[place(later)] != 0 && rooms[place(later)] == room) {
                throw new RoomException(Reason.NOT_SAID, "something later is in the room already");
            }
        }
        return seq;
    }

    private static RoomException unknown() {
        return new RoomException(Reason.UNKNOWN_OUTCOME, "it is not known any more whether that was done");
    }

    private boolean isCovered(long cid) {
        return cid > 0 && cid <= highest && cid > highest - seqs.length;
    }

    private int place(long cid) {
        return (int) cid & (seqs.length - 1);
    }

    /**
     * A command has its place in a room.
     *
     * @throws RoomException UNKNOWN_OUTCOME if another room was faster: one number is one command
     */
    synchronized void placed(long cid, int room, long seq) {
        if (cid <= highest - window) {
            return; // nobody can ask for it
        }
        if (isCovered(cid) && seqs[place(cid)] != 0) {
            throw unknown();
        }
        if (cid > highest) {
            makeRoom(cid);
            for (long between = Math.max(highest + 1, cid - seqs.length + 1); between < cid; between++) {
                seqs[place(between)] = 0;
            }
            highest = cid;
        }
        seqs[place(cid)] = seq;
        rooms[place(cid)] = room;
    }

    /** Grows so that all are covered that may be asked for. */
    private void makeRoom(long cid) {
        long needed = Math.min(cid, window);
        if (needed <= seqs.length) {
            return;
        }
        int length = LEAST;
        while (length < needed) {
            length *= 2;
        }
        long[] moreSeqs = new long[length];
        int[] moreRooms = new int[length];
        for (long known = Math.max(1, highest - seqs.length + 1); known <= highest; known++) {
            moreSeqs[(int) known & (length - 1)] = seqs[place(known)];
            moreRooms[(int) known & (length - 1)] = rooms[place(known)];
        }
        seqs = moreSeqs;
        rooms = moreRooms;
    }

    /** What had its place was not kept after all. */
    synchronized void forget(long cid) {
        if (isCovered(cid)) {
            seqs[place(cid)] = 0;
        }
    }
}
