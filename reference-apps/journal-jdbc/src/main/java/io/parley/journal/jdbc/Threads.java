package io.parley.journal.jdbc;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The threads of a journal: how they are made, and how to wait for their end. */
final class Threads {

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
