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
        threads.execute(this::run);
    }

    private void run() {
        runner = Thread.currentThread();
        Runnable task = next();
        for (int n = 1; task != null; n++) {
            try {
                task.run();
            } catch (Throwable broken) {
                // The application's own fault, which must not keep it from the callbacks that follow.
                LOG.log(System.Logger.Level.WARNING, "a callback threw", broken);
            }
            if (n == TASKS_A_TURN) {
                runner = null;
                threads.execute(this::run);
                return;
            }
            task = next();
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
