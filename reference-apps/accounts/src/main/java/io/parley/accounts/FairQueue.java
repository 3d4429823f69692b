package io.parley.accounts;

import java.io.Closeable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that waits for one of a few threads, fairly: each source has a queue of its own with few places, and the queues are served in
 * turns. A source with many tasks waits for its own tasks; another source waits for one task of each source at most. Any thread may call it.
 *
 * <p>Work that has waited for too long is not done any more: whoever asked has given up.
 */
final class FairQueue implements Closeable {
    private static final int MOST_SOURCES = 2_000;
    private static final long IDLE_SECONDS = 10;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /**
     * Something to do.
     *
     * @param work does it
     * @param refused is run in its place if it is not done
     */
    record Task(Runnable work, Runnable refused) {}

    private record Waiting(Task task, long since) {}

    private final int workers;
    private final long longestNanos;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor threads;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, ArrayDeque<Waiting>> queues = new LinkedHashMap<>(); // the first is next; lock
    private int busy; // threads that work, or are about to; lock
    private boolean closed; // lock

    /**
     * Makes a queue. A thread is started with the first task.
     *
     * @param longestNanos how long a task may wait
     */
    FairQueue(int workers, long longestNanos, LongSupplier nanoTime) {
        this.workers = workers;
        this.longestNanos = longestNanos;
        this.nanoTime = nanoTime;
        this.threads = new ThreadPoolExecutor(
                workers, workers, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "parley-passwords-" + NUMBERS.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Has something done.
     *
     * @param source who asks
     * @param places how many tasks of the source may wait
     * @return false if there is no place; then nothing is run
     */
    boolean offer(String source, int places, Task task) {
        long now = nanoTime.getAsLong();
        boolean start;
        lock.lock();
        try {
            ArrayDeque<Waiting> queue = queues.get(source);
            if (closed || (queue == null ? queues.size() >= MOST_SOURCES : queue.size() >= places)) {
                return false;
            }
            if (queue == null) {
                queue = new ArrayDeque<>(2);
                queues.put(source, queue);
            }
            queue.add(new Waiting(task, now));
            start = busy < workers;
            busy += start ? 1 : 0;
        } finally {
            lock.unlock();
        }
        if (start) {
            start();
        }
        return true;
    }

    private void start() {
        boolean started = false;
        try {
            threads.execute(this::work);
            started = true;
        } catch (RejectedExecutionException ended) {
            // The queue was closed at this moment, and has refused the task.
        } finally {
            if (!started) { // also if there is no thread: then the next task tries again
                lock.lock();
                try {
                    busy--;
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private void work() {
        boolean over = false;
        try {
            for (Waiting next = take(); next != null; next = take()) {
                Task task = next.task();
                (nanoTime.getAsLong() - next.since() > longestNanos ? task.refused() : task.work()).run();
            }
            over = true;
        } finally {
            if (!over) { // by an error: the next task starts another thread
                lock.lock();
                try {
                    busy--;
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** The next task; null if there is none, and then this thread is not busy any more. */
    private @Nullable Waiting take() {
        lock.lock();
        try {
            Iterator<Map.Entry<String, ArrayDeque<Waiting>>> turns =
                    queues.entrySet().iterator();
            if (!turns.hasNext()) {
                busy--;
                return null;
            }
            Map.Entry<String, ArrayDeque<Waiting>> first = turns.next();
            String source = first.getKey();
            ArrayDeque<Waiting> queue = first.getValue();
            turns.remove();
            Waiting next = queue.remove();
            if (!queue.isEmpty()) {
                queues.put(source, queue); // behind all others
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses what waits and takes nothing more. */
    @Override
    public void close() {
        List<Waiting> rest = new ArrayList<>();
        lock.lock();
        try {
            closed = true;
            queues.values().forEach(rest::addAll);
            queues.clear();
        } finally {
            lock.unlock();
        }
        rest.forEach(waiting -> waiting.task().refused().run());
        threads.shutdown();
    }
}
