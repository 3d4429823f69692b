package io.parley.client;

import io.parley.transport.SerialExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way from the I/O thread to the application: in order, and bounded. When the application falls behind by more
 * than the bound, nothing more is read from the server until it has caught up by half.
 */
final class Callbacks {
    private static final long MAX_BYTES = 1 << 20;

    private final SerialExecutor executor;
    private final Runnable pause;
    private final Runnable resume;
    private final AtomicLong waiting = new AtomicLong(); // in bytes, about
    private final ReentrantLock lock = new ReentrantLock(); // a leaf; pausing and resuming never call back
    private boolean paused; // lock

    Callbacks(Executor threads, Runnable pause, Runnable resume) {
        this.executor = new SerialExecutor(threads);
        this.pause = pause;
        this.resume = resume;
    }

    /** Has something told to the application. Any thread. */
    void tell(int bytes, Runnable callback) {
        if (waiting.addAndGet(bytes) > MAX_BYTES) {
            adjust();
        }
        try {
            executor.execute(() -> {
                try {
                    callback.run();
                } finally {
                    told(bytes);
                }
            });
        } catch (Throwable none) {
            told(bytes); // that is, never will be
            throw none;
        }
    }

    private void told(int bytes) {
        long left = waiting.addAndGet(-bytes);
        if (left <= MAX_BYTES / 2 && left + bytes > MAX_BYTES / 2) {
            adjust();
        }
    }

    /** Pauses or resumes as the present number says, not as it was when the caller looked: two may meet here. */
    private void adjust() {
        lock.lock();
        try {
            long now = waiting.get();
            if (!paused && now > MAX_BYTES) {
                paused = true;
                pause.run();
            } else if (paused && now <= MAX_BYTES / 2) {
                paused = false;
                resume.run();
            }
        } finally {
            lock.unlock();
        }
    }

    void tell(Runnable callback) {
        tell(64, callback);
    }

    boolean isCurrent() {
        return executor.isCurrent();
    }
}
