package io.parley.transport.blocking;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns at computing what handshakes need: a few at a time, first come first. Any thread may call it.
 *
 * <p>Virtual threads are not taken from the processor while they compute, so that a crowd that computes would keep
 * everybody else waiting. With these there is one short task for each processor, and then others are next.
 */
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Place> waiting = new LinkedHashSet<>(); // guarded by lock
    private int free; // guarded by lock

    Turns(int atATime) {
        free = atATime;
    }

    /** A place in the queue for one thread, which leaves it also if this becomes true and {@link Place#wake} is called. */
    Place place(BooleanSupplier givenUp) {
        return new Place(givenUp);
    }

    /** A place in the queue. {@link #compute} is for one thread, {@link #wake} for any. */
    final class Place {
        private final BooleanSupplier givenUp;
        private final Parking parking;
        private volatile boolean granted; // written under the lock

        private Place(BooleanSupplier givenUp) {
            this.givenUp = givenUp;
            this.parking = new Parking(() -> granted || givenUp.getAsBoolean());
        }

        /**
         * Waits for the turn, runs the task and leaves.
         *
         * @throws ClosedChannelException if it was given up first
         */
        void compute(Runnable task) throws ClosedChannelException {
            enter(this);
            try {
                parking.await();
                if (givenUp.getAsBoolean()) {
                    throw new AsynchronousCloseException();
                }
                task.run();
            } finally {
                leave(this);
            }
        }

        void wake() {
            parking.wake();
        }
    }

    private void enter(Place place) {
        lock.lock();
        try {
            place.granted = free > 0;
            if (place.granted) {
                free--;
            } else {
                waiting.add(place);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Place place) {
        Place next = null;
        lock.lock();
        try {
            if (place.granted) {
                place.granted = false;
                next = first();
            } else {
                waiting.remove(place);
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.wake();
        }
    }

    /** Gives the turn that has become free to who waits longest; null if nobody does. */
    private @Nullable Place first() {
        Iterator<Place> queue = waiting.iterator();
        if (!queue.hasNext()) {
            free++;
            return null;
        }
        Place next = queue.next();
        queue.remove();
        next.granted = true;
        return next;
    }
}
