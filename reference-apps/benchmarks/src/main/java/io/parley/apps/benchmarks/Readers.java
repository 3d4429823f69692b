package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.swarm.Swarm;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The members of a room who read and say nothing, on a thread of their own, so that a speaker does not wait for them in the load generator.
 * One thread calls it.
 */
final class Readers implements AutoCloseable {
    private static final Duration SLICE = Duration.ofMillis(10);

    private final Swarm swarm;
    private final int members;
    private final ReentrantLock lock = new ReentrantLock(true); // held by who uses the swarm, in turns
    private final Thread thread = new Thread(this::run, "readers");
    private volatile boolean over;
    private volatile @Nullable Exception failed;

    /** Makes the members of a swarm read, and closes the swarm at the end. */
    Readers(Swarm swarm, int members) {
        this.swarm = swarm;
        this.members = members;
        thread.start();
    }

    private void run() {
        while (!over && failed == null) {
            lock.lock();
            try {
                swarm.idle(SLICE);
            } catch (IOException | RuntimeException broken) {
                failed = broken;
            } finally {
                lock.unlock();
            }
        }
    }

    /** From now on they say what they have read: of each message, not so often, or never if there is no time. */
    void marking(@Nullable Duration every) {
        lock.lock();
        try {
            swarm.marking(every);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until they have got so many messages since they came, and all that they have said is answered. */
    void await(long messages, Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!have(messages)) {
            Exception why = failed;
            if (why != null) {
                throw new IOException("a reader's connection failed", why);
            }
            if (System.nanoTime() > end) {
                throw new IOException("the readers have not got " + messages + " messages in " + atMost);
            }
        }
    }

    private boolean have(long messages) {
        lock.lock();
        try {
            return swarm.deliveries() + swarm.skipped() >= messages * members && swarm.unanswered() == 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        swarm.close();
    }
}
