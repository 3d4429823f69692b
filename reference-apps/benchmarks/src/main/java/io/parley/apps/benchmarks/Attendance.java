package io.parley.apps.benchmarks;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers the pings of servers that wait for their turn. A server ends a connection that has not answered within its heartbeat, which is
 * right; warming up several other servers takes longer than that. One thread of its own; any thread may close it.
 */
final class Attendance implements AutoCloseable {
    private static final long EVERY_SECONDS = 5; // a server pings after thirty

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "attendance");
        made.setDaemon(true);
        return made;
    });

    /** Attends to contenders, now and then, until it is closed. The list may grow, and is read by another thread. */
    Attendance(List<Contender> contenders) {
        thread.scheduleWithFixedDelay(
                () -> contenders.forEach(Contender::attend), EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
