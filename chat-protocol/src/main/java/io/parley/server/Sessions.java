package io.parley.server;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are open, and whose turn it is to look at the clock. Any thread.
 *
 * <p>They lie in an array without gaps: the last one takes the place of one that goes. A round goes from the back to the
 * front, so whoever takes a place in front has had its turn already or has it yet, and in each round everybody who was
 * there at its beginning has one.
 */
final class Sessions {
    private static final int LEAST = 16;

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private @Nullable ServerSession[] places = new ServerSession[LEAST]; // lock
    private int size; // lock
    private int due; // so many places in front still have their turn in this round; lock

    void add(ServerSession session) {
        lock.lock();
        try {
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
            }
            put(session, size++);
        } finally {
            lock.unlock();
        }
    }

    private void put(ServerSession session, int place) {
        places[place] = session;
        session.place(place);
    }

    /** False if it is not here, or not any more. */
    boolean remove(ServerSession session) {
        lock.lock();
        try {
            int place = session.place();
            if (place < 0) {
                return false;
            }
            session.place(-1);
            ServerSession last = places[--size];
            places[size] = null;
            if (last != null && last != session) {
                put(last, place);
            }
            if (size < places.length / 4 && places.length > LEAST) {
                places = Arrays.copyOf(places, places.length / 2);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** How many still have their turn in this round; for tests. */
    int due() {
        lock.lock();
        try {
            return Math.min(due, size);
        } finally {
            lock.unlock();
        }
    }

    /** Everybody who is here now. */
    List<ServerSession> all() {
        lock.lock();
        try {
            return List.of(Arrays.copyOf(places, size));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Those whose turn it is.
     *
     * @param share a round has as many turns, or fewer where there are few sessions
     */
    List<ServerSession> turn(int share) {
        lock.lock();
        try {
            due = due == 0 ? size : Math.min(due, size);
            int from = Math.max(0, due - (size + share - 1) / share);
            List<ServerSession> turn = List.of(Arrays.copyOfRange(places, from, due));
            due = from;
            return turn;
        } finally {
            lock.unlock();
        }
    }
}
