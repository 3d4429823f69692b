package io.parley.client;

import io.parley.transport.FatalErrors;
import io.parley.transport.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another, in the order given, on the threads of an executor: and each of them, whatever becomes of
 * that executor. Any thread.
 *
 * <p>A turn runs what waits. If the executor takes no turn, or was shut down before one began, the turn goes to the
 * scheduler's executor, and if that has no thread either, to the caller.
 */
final class CallbackQueue {
    private static final System.Logger LOG = System.getLogger(CallbackQueue.class.getName());
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int TASKS_A_TURN = 256;

    private final Executor threads;
    private final @Nullable ExecutorService service; // the same, where it can be shut down
    private final Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(2); // lock
    private boolean running; // a turn was given to an executor, and is not over; lock
    private boolean begun; // that turn has a thread; lock
    private long turn; // the number of that turn; an older one that begins late does nothing; lock
    private boolean watched; // lock
    private volatile @Nullable Thread runner;

    CallbackQueue(Executor threads, Scheduler scheduler) {
        this.threads = threads;
        this.scheduler = scheduler;
        boolean own = threads.equals(scheduler.executor());
        service = !own && threads instanceof ExecutorService known ? known : null;
    }

    /** Runs a task behind those that were given before. If it throws, the log says so. */
    void execute(Runnable task) {
        long given;
        boolean watch;
        boolean shutDown = isShutDown();
        lock.lock();
        try {
            tasks.add(task);
            if (running && (begun || !shutDown)) {
                return;
            }
            given = newTurn();
            watch = !watched && service != null;
            watched |= watch;
        } finally {
            lock.unlock();
        }
        start(given);
        if (watch) {
            scheduler.schedule(LOOK_AGAIN, this::watch);
        }
    }

    /** Begins a turn; under the lock. */
    private long newTurn() {
        running = true;
        begun = false;
        return ++turn;
    }

    private boolean isShutDown() {
        return service != null && service.isShutdown();
    }

    private void start(long number) {
        if (isShutDown() || !isStarted(threads, number)) {
            if (!isStarted(scheduler.executor(), number)) {
                run(number);
            }
        }
    }

    private boolean isStarted(Executor executor, long number) {
        try {
            executor.execute(() -> run(number));
            return true;
        } catch (Throwable none) {
            // No thread, or it was shut down: there is another way for the turn, which is what matters.
            return false;
        }
    }

    /** Looks whether the executor was shut down with a turn that it never began. */
    private void watch() {
        boolean shutDown = isShutDown();
        boolean again;
        long given = 0;
        lock.lock();
        try {
            again = running && !begun && !shutDown;
            if (running && !begun && shutDown) {
                given = newTurn();
            }
            watched = again;
        } finally {
            lock.unlock();
        }
        if (given != 0) {
            start(given);
        } else if (again) {
            scheduler.schedule(LOOK_AGAIN, this::watch);
        }
    }

    private void run(long number) {
        if (!begin(number)) {
            return;
        }
        runner = Thread.currentThread();
        Runnable task = next();
        for (int n = 1; task != null; n++) {
            try {
                task.run();
            } catch (Throwable broken) {
                // The application's own fault, which must not keep it from the callbacks that follow.
                report(broken);
            }
            if (n % TASKS_A_TURN == 0 && handOn()) {
                return;
            }
            task = next();
        }
    }

    private boolean begin(long number) {
        lock.lock();
        try {
            boolean mine = number == turn && running && !begun;
            begun |= mine;
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private static void report(Throwable broken) {
        FatalErrors.handOver(broken);
        try {
            LOG.log(System.Logger.Level.WARNING, "a callback threw", broken);
        } catch (Throwable mute) {
            // the program's logger, or no memory for the line: not worth the tasks that follow
        }
    }

    /** Lets another of the threads go on; false if there is none for it, and this one goes on itself. */
    private boolean handOn() {
        long given;
        lock.lock();
        try {
            runner = null;
            given = newTurn();
        } finally {
            lock.unlock();
        }
        if (!isShutDown() && isStarted(threads, given)) {
            return true;
        }
        lock.lock();
        try {
            boolean another = given != turn || begun;
            if (!another) {
                begun = true;
                runner = Thread.currentThread();
            }
            return another;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            Runnable task = tasks.poll();
            if (task == null) {
                running = false;
                runner = null;
            }
            return task;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the calling thread is running one of these tasks. */
    boolean isCurrent() {
        return runner == Thread.currentThread();
    }
}
