package io.parley.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open, and whose turn it is to look at the clock. Any thread.
 *
 * <p>They lie in an array without gaps: the last one takes the place of one that goes. A turn has every fourth, say, so
 * that those who came together, and whose times will be up together, do not all have the same one. Whoever takes
 * another's place may by that wait for its turn up to twice as long, once.
 */
final class Attachments {
    private static final int LEAST = 16;
    private static final int FEW = 64; // who can all be looked at each time

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private @Nullable Attachment[] places = new Attachment[LEAST]; // lock
    private int size; // lock
    private int turn; // lock

    void add(Attachment attachment) {
        lock.lock();
        try {
            if (size == places.length) {
                places = Arrays.copyOf(places, 2 * size);
            }
            put(attachment, size++);
        } finally {
            lock.unlock();
        }
    }

    private void put(Attachment attachment, int place) {
        places[place] = attachment;
        attachment.place = place;
    }

    /** False if it is not here, or not any more. */
    boolean remove(Attachment attachment) {
        lock.lock();
        try {
            int place = attachment.place;
            if (place < 0) {
                return false;
            }
            size--;
            put(Objects.requireNonNull(places[size]), place);
            places[size] = null;
            attachment.place = -1;
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

    /** Everybody who is here now. */
    List<Attachment> all() {
        return every(0, 1);
    }

    /**
     * Those whose turn it is.
     *
     * @param round how many turns have everybody; few are here all the time
     */
    List<Attachment> turn(int round) {
        lock.lock();
        try {
            int turns = size <= FEW ? 1 : round;
            turn = (turn + 1) % turns;
            return every(turn, turns);
        } finally {
            lock.unlock();
        }
    }

    private List<Attachment> every(int first, int step) {
        lock.lock();
        try {
            List<Attachment> some = new ArrayList<>(size / step + 1);
            for (int i = first; i < size; i += step) {
                some.add(Objects.requireNonNull(places[i]));
            }
            return some;
        } finally {
            lock.unlock();
        }
    }
}
