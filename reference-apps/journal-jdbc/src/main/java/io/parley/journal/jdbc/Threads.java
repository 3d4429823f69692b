package io.parley.journal.jdbc;

import io.parley.transport.FatalErrors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads of a journal: how they are made, what becomes of errors on them, and how to wait for their end. */
final class Threads {
    private static final System.Logger LOG = System.getLogger(Threads.class.getName());

    /** Waits for something. */
    @FunctionalInterface
    private interface Wait {
        boolean isOver() throws InterruptedException;
    }

    private Threads() {}

    static Thread daemon(String what, Runnable task) {
        Thread thread = new Thread(task, "parley-journal-" + what);
        thread.setDaemon(true);
        return thread;
    }

    /** Runs one of several steps, none of which may keep the others from being run. */
    static void safely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error broken) {
            report(broken);
        }
    }

    /** Tells the program of an error after which the thread goes on. */
    static void report(Throwable broken) {
        FatalErrors.handOver(broken);
        LOG.log(System.Logger.Level.ERROR, "on a thread of the journal", broken);
    }

    static void await(ExecutorService threads) {
        await(() -> threads.awaitTermination(1, TimeUnit.DAYS));
    }

    static void await(Thread thread) {
        await(() -> {
            thread.join();
            return true;
        });
    }

    private static void await(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                if (wait.isOver()) {
                    break;
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
