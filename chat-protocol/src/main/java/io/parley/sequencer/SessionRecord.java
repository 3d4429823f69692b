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

        /** The session is over, and the journal has it. */
        void gone();
    }

    /**
     * The session at a moment, on its way into the journal. Immutable, for any thread.
     *
     * @param session whose it is
     * @param value what is to be kept
     * @param version which of its versions that is
     */
    public record Image(SessionRecord session, KeyValue value, int version) {
        /** The journal has it. What has changed since is stored soon, and a session that is over is removed. */
        public void kept() {
            session.kept(version);
        }
    }

    private final KnownCids cids;
    private final List<EndedMembership> ended = new ArrayList<>(0); // the latest last; monitor

    private volatile boolean over;
    private volatile @Nullable Storage storage; // null if the session ends with the process
    private volatile boolean given; // to the journal, which may have it
    private int version = 1; // of what is to be stored; monitor
    private int kept; // the version that the journal has; 0 for none; monitor

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
        given = known;
        storage = where;
    }

    /**
     * Whether the journal may have the session.
     *
     * @return false for one that was never given to it
     */
    public boolean isGiven() {
        return given;
    }

    /** Something has changed that a later process is to know. */
    public void changed() {
        synchronized (this) {
            version++;
        }
        if (given) {
            store();
        }
    }

    /** Stores the session soon, even if it never was. */
    public void store() {
        Storage where = storage;
        if (where != null) {
            where.soon();
        }
    }

    /**
     * What is to be stored now. Under no lock.
     *
     * @return the session; null if the journal has it as it is, or it is over
     */
    public @Nullable Image image() {
        Storage where = storage;
        int now;
        synchronized (this) {
            now = version;
            if (where == null || kept == now) {
                return null;
            }
        }
        given = true; // first: who ends the session looks at it afterwards
        return over ? null : new Image(this, where.value(), now);
    }

    private void kept(int now) {
        boolean older;
        synchronized (this) {
            kept = now; // not the highest: this one has come last
            older = now != version;
        }
        Storage where = storage;
        if (where != null && over) {
            where.gone();
        } else if (older) {
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
