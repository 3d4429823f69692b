package io.parley.transport;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after another, in the order given, on threads of another executor. Any thread may call it.
 *
 * <p>It has no bound of its own: whoever feeds it looks at {@link #backlog()} and stops feeding.
 */
public final class SerialExecutor implements Executor {
    private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());
    private static final int TASKS_A_TURN = 256;

    private final Executor threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(2); // lock
    private boolean running; // lock
    private volatile @Nullable Thread runner;

    /**
     * Makes an executor without tasks.
     *
     * @param threads where tasks run
     */
    public SerialExecutor(Executor threads) {
        this.threads = threads;
    }

    /**
     * Runs a task behind those that were given before. If the other executor throws, because it has no thread, say, so
     * does this, and the task is taken back: it is never run. What others gave meanwhile is run with the next.
     *
     * @param task what to run; if it throws, the log says so
     */
    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        try {
            threads.execute(this::run);
        } catch (Throwable none) {
            takeBack(task);
            throw none;
        }
    }

    private void takeBack(Runnable task) {
        lock.lock();
        try {
            running = false;
            tasks.removeLastOccurrence(task);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
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
        runner = null;
        try {
            threads.execute(this::run);
            return true;
        } catch (Throwable none) {
            runner = Thread.currentThread();
            return false;
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

    /**
     * How many tasks wait.
     *
     * @return the number, without the one that runs
     */
    public int backlog() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether the calling thread is running one of these tasks.
     *
     * @return true inside a task
     */
    public boolean isCurrent() {
        return runner == Thread.currentThread();
    }
}
