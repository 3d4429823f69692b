package io.parley.transport;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The scheduler of a running process, and the one class of this module that makes threads. They are
 * daemons and end after five idle seconds.
 */
final class SystemScheduler implements Scheduler {
    static final SystemScheduler INSTANCE = new SystemScheduler();

    private static final System.Logger LOG = System.getLogger(SystemScheduler.class.getName());
    private static final long IDLE_SECONDS = 5;

    private final ScheduledThreadPoolExecutor timers;
    private final Executor workers;

    private SystemScheduler() {
        timers = new ScheduledThreadPoolExecutor(1, daemons("parley-timer"));
        timers.setRemoveOnCancelPolicy(true);
        timers.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
        workers = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("parley-callback"));
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public Timeout schedule(Duration delay, Runnable task) {
        Future<?> future = timers.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    /** Nobody asks what a timer's task threw. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable broken) {
            FatalErrors.handOver(broken);
            try {
                LOG.log(System.Logger.Level.ERROR, "a timer's task threw", broken);
            } catch (Throwable mute) {
                // the program's logger, or no memory for the line
            }
        }
    }

    @Override
    public Executor executor() {
        return workers;
    }
}
