package io.parley.sequencer;

import io.parley.journal.KeyValue;
import io.parley.model.EndedMembership;
import io.parley.model.RoomException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rooms note of a session that outlives its connections. Any thread; its monitor is a leaf. */
public final class SessionRecord {
    private static final int MOST_ENDED = 64; // memberships

    /** Where a session is stored that outlives the process. Any thread. */
    public interface Storage {
        /**
         * The session as it is. Under no lock.
         *
         * @return what is to be stored
         */
        KeyValue value();

        /** The session has changed, and is to be stored soon. Perhaps under a room's lock. */
        void soon();
    }

    private final KnownCids cids;
    private final List<EndedMembership> ended = new ArrayList<>(0); // the latest last; monitor

    private volatile boolean over;
    private volatile @Nullable Storage storage; // null if the session ends with the process
    private volatile boolean stored;
    private volatile boolean unstored; // something has changed since

    /**
     * Makes the record of a new session.
     *
     * @param inFlight how many commands may be without an outcome
     */
    public SessionRecord(int inFlight) {
        this.cids = new KnownCids(inFlight);
    }

    /**
     * Which of its commands are known.
     *
     * @return the same object each time
     */
    public KnownCids cids() {
        return cids;
    }

    /**
     * From now on the session is stored, if it says something or grows old.
     *
     * @param where where
     * @param known whether it is there already
     */
    public void storeIn(Storage where, boolean known) {
        stored = known;
        storage = where;
    }

    /**
     * Whether it was stored: with its first command that was kept, or later.
     *
     * @return false for one that was never stored
     */
    public boolean isStored() {
        return stored;
    }

    /** Something has changed that a later process is to know. */
    public void changed() {
        if (stored) {
            store();
        }
    }

    /** Stores the session soon, even if it never was. */
    public void store() {
        Storage where = storage;
        if (where != null) {
            unstored = true;
            where.soon();
        }
    }

    /**
     * What is to be stored now.
     *
     * @param first whether a session is stored that never was
     * @return the session; null if there is nothing new, or the session is over
     */
    public @Nullable KeyValue toStore(boolean first) {
        Storage where = storage;
        if (where == null || over || !(unstored || (first && !stored))) {
            return null;
        }
        stored = true;
        unstored = false; // first: what changes from now on is stored again
        return where.value();
    }

    /** What was to be stored was not. */
    public void notStored() {
        if (stored) {
            store();
        }
    }

    /** The session is over: it comes into no room any more. */
    public void end() {
        over = true;
    }

    /**
     * Whether the session is over.
     *
     * @return true for good
     */
    public boolean isOver() {
        return over;
    }

    /** A membership has ended without the user's doing. */
    void ended(int room, RoomException why) {
        synchronized (this) {
            if (ended.size() == MOST_ENDED) {
                ended.remove(0);
            }
            ended.add(new EndedMembership(room, why.reason().code(), why.text()));
        }
    }

    /** A membership has begun, perhaps anew. */
    void begun(int room) {
        synchronized (this) {
            ended.removeIf(one -> one.room() == room);
        }
        changed();
    }

    /**
     * The memberships that ended without the user's doing.
     *
     * @return a copy, the latest last
     */
    public synchronized List<EndedMembership> ended() {
        return List.copyOf(ended);
    }
}
