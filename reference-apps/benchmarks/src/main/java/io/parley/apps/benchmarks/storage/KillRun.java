package io.parley.apps.benchmarks.storage;

import io.parley.apps.benchmarks.evidence.Tally;
import io.parley.journal.jdbc.CheckReport;
import io.parley.journal.jdbc.JdbcJournal;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Kills the server at named points, again and again, while its clients talk. One thread. */
final class KillRun {
    private static final long POINT_SECONDS = 20;
    private static final long BACK_SECONDS = 60;
    private static final int LAST_CALLBACKS_MILLIS = 50; // clients hear of what was sent before the kill

    private final Setting setting;
    private final Tally tally = new Tally();
    private final Map<Point, Integer> killed = new EnumMap<>(Point.class);
    private final Histogram listening = new Histogram(3); // milliseconds from the kill to a server that listens
    private final Histogram back = new Histogram(3); // and to the first message that is acknowledged
    private int missed; // points that were not reached in time
    private int late; // kills after which nothing was acknowledged in time

    KillRun(Setting setting) {
        this.setting = setting;
    }

    /** Kills so often, and compares. */
    Verdict run(int kills) throws Exception {
        KillPlan plan = new KillPlan(setting.seed());
        try (ServerRun server = setting.server()) {
            server.start("none");
            Verdict verdict;
            try (Crowd crowd = new Crowd(server.port(), setting.rooms(), tally)) {
                crowd.come(setting.clients());
                tally.counting(true);
                long began = System.nanoTime();
                crowd.talk(setting.everyMillis());
                for (int i = 0; i < kills; i++) {
                    kill(server, crowd, plan.next());
                }
                crowd.hush();
                double seconds = (System.nanoTime() - began) / 1e9;
                crowd.settle();
                tally.counting(false);
                verdict = crowd.verdict(seconds, false);
                verdict.add(kills + " kills in " + Math.round(seconds) + " s, " + setting);
            }
            server.end();
            return report(verdict, kills);
        }
    }

    private Verdict report(Verdict verdict, int kills) throws Exception {
        for (Point point : Point.values()) {
            verdict.add("killed " + point.words() + ": " + killed.getOrDefault(point, 0));
        }
        int between = killed.entrySet().stream()
                .filter(entry -> entry.getKey().isBetweenAppendAndAck())
                .mapToInt(Map.Entry::getValue)
                .sum();
        verdict.add("killed between append and acknowledgement: " + between + " of " + kills);
        verdict.add("from the kill until it listens", listening);
        verdict.add("from the kill to the first acknowledged", back);
        verdict.must("points that were not reached", missed);
        verdict.must("nothing acknowledged after a kill", late);
        try (JdbcJournal journal = JdbcJournal.sqlite(setting.folder())) {
            CheckReport report = journal.check().get(BACK_SECONDS, TimeUnit.SECONDS);
            verdict.must("problems in the database", report.problems().size());
        }
        return verdict;
    }

    private void kill(ServerRun server, Crowd crowd, KillPlan.Kill kill) throws Exception {
        TimeUnit.MILLISECONDS.sleep(kill.upMillis());
        server.atPoint(point -> {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(kill.afterMicros()));
            server.kill();
        });
        switch (kill.point()) {
            case DURING_PUBLICATION -> crowd.atShown(kill.call(), server::kill);
            case AFTER_ACK -> crowd.atAcknowledged(kill.call(), server::kill);
            case IDLE -> killIdle(server, crowd);
            case DURING_RESTART -> killRestarting(server, kill);
            case BEFORE_SESSION_PUT, AFTER_SESSION_PUT -> {
                order(server, kill);
                Crowd.await(POINT_SECONDS, () -> {
                    crowd.stir();
                    return !server.isAlive();
                });
            }
            default -> order(server, kill);
        }
        if (!server.awaitDeath(POINT_SECONDS)) {
            missed++;
            server.kill();
            server.awaitDeath(POINT_SECONDS);
        }
        killed.merge(kill.point(), 1, Integer::sum);
        comeBack(server, crowd, kill.call() % 2 == 0);
    }

    private static void order(ServerRun server, KillPlan.Kill kill) {
        server.order("stop " + kill.point().words() + " " + kill.call());
    }

    private void killIdle(ServerRun server, Crowd crowd) throws InterruptedException {
        crowd.hush();
        Crowd.await(POINT_SECONDS, crowd::isSettled);
        server.kill();
        crowd.talk(setting.everyMillis());
    }

    private static void killRestarting(ServerRun server, KillPlan.Kill kill) throws IOException, InterruptedException {
        server.kill();
        server.awaitDeath(POINT_SECONDS);
        server.spawn("stop " + Point.DURING_RESTART.words() + " " + kill.call());
    }

    /** Starts it again; if it is to be calm, waits until everybody is back and most of what waited is said. */
    private void comeBack(ServerRun server, Crowd crowd, boolean calm) throws IOException, InterruptedException {
        long at = server.killedNanos();
        server.spawn("none");
        TimeUnit.MILLISECONDS.sleep(LAST_CALLBACKS_MILLIS);
        long before = crowd.acknowledged();
        CompletableFuture<Long> first = new CompletableFuture<>();
        crowd.atAcknowledged(1, () -> first.complete(System.nanoTime()));
        server.awaitListening();
        listening.recordValue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at));
        if (!Crowd.await(BACK_SECONDS, () -> crowd.acknowledged() > before)) {
            late++;
            tally.note("nothing acknowledged: " + server.words());
            return;
        }
        back.recordValue(TimeUnit.NANOSECONDS.toMillis(first.join() - at));
        if (calm) {
            Crowd.await(BACK_SECONDS, () -> crowd.open() <= 2L * setting.clients());
        }
    }
}
