package io.parley.client;

import io.parley.transport.Scheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way from the I/O thread to the application: in order, and bounded. When the application falls behind by more
 * than the bound, nothing more is read from the server until it has caught up by half.
 */
final class Callbacks {
    private static final long MAX_BYTES = 1 << 20;

    private final CallbackQueue queue;
    private final Runnable pause;
    private final Runnable resume;
    private final AtomicLong waiting = new AtomicLong(); // in bytes, about
    private final ReentrantLock lock = new ReentrantLock(); // a leaf; pausing and resuming never call back
    private boolean paused; // lock

    Callbacks(Executor threads, Scheduler scheduler, Runnable pause, Runnable resume) {
        this.queue = new CallbackQueue(threads, scheduler);
        this.pause = pause;
        this.resume = resume;
    }

    /** Has something told to the application. Any thread. */
    void tell(int bytes, Runnable callback) {
        if (waiting.addAndGet(bytes) > MAX_BYTES) {
            adjust();
        }
        queue.execute(() -> {
            try {
                callback.run();
            } finally {
                told(bytes);
            }
        });
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
        return queue.isCurrent();
    }

    /** A future that is to be completed inside a callback. */
    <T extends @Nullable Object> CompletableFuture<T> future() {
        return new ClientFuture<>(this::isCurrent);
    }

    /** A future that has failed. */
    <T extends @Nullable Object> CompletableFuture<T> failed(Throwable why) {
        CompletableFuture<T> future = future();
        future.completeExceptionally(why);
        return future;
    }
}
