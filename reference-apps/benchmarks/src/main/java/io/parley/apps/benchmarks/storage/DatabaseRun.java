package io.parley.apps.benchmarks.storage;

import io.parley.apps.benchmarks.chaos.Proxy;
import io.parley.apps.benchmarks.evidence.Tally;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Cuts the connections between the server and its database in the middle of appends, kills the database, and stops it for some
 * seconds, while clients talk. One thread.
 */
public final class DatabaseRun {
    private static final long SECONDS = 60;
    private static final int MOST_CALLS = 30;
    private static final int MOST_AFTER_MICROS = 500;
    private static final int UP_MILLIS = 500;
    private static final int LEAST_STOP_MILLIS = 1_000;
    private static final int STOP_MILLIS = 5_000;

    /**
     * How often each is done.
     *
     * @param cuts of all connections; at every other one, what the database answers is dropped first
     * @param kills of the database
     * @param stops of the database
     */
    public record Times(int cuts, int kills, int stops) {}

    private final Setting setting;
    private final Database database;
    private final Random random;
    private final Tally tally = new Tally();
    private final Histogram back =
            new Histogram(3); // milliseconds from the fault, or its end, to the first acknowledged
    private int missed;
    private int late;

    private DatabaseRun(Setting setting, Database database) {
        this.setting = setting;
        this.database = database;
        this.random = new Random(setting.seed());
    }

    /**
     * Runs it.
     *
     * @param folder an empty one
     * @param database its database {@code postgres} is used
     * @param times how often each is done
     * @param clients how many clients
     * @param transport {@code nio} or {@code blocking}
     * @param seed of the faults
     * @return whether promises were kept, and figures
     * @throws Exception if a server or a client cannot be started
     */
    public static Result run(Path folder, Database database, Times times, int clients, String transport, long seed)
            throws Exception {
        Setting setting = Setting.of(folder.resolve("data"), transport, clients, seed);
        Verdict verdict = new DatabaseRun(setting, database).run(times);
        return new Result(verdict.isClean(), verdict.toString());
    }

    /**
     * What came of a run.
     *
     * @param isClean whether promises were kept
     * @param report figures
     */
    public record Result(boolean isClean, String report) {}

    private Verdict run(Times times) throws Exception {
        try (Proxy proxy = Proxy.between(database.address());
                ServerRun server = setting.server("-Dparley.postgres=jdbc:postgresql://127.0.0.1:"
                        + proxy.address().getPort() + "/postgres")) {
            server.start("none");
            try (Crowd crowd = new Crowd(server.port(), setting.rooms(), tally)) {
                crowd.come(setting.clients());
                tally.counting(true);
                long began = System.nanoTime();
                crowd.talk(setting.everyMillis());
                for (int i = 0; i < times.cuts(); i++) {
                    boolean swallows = i % 2 == 1;
                    strike(server, crowd, () -> proxy.cut(swallows));
                }
                Map<String, Integer> ofCuts = Map.copyOf(server.told());
                for (int i = 0; i < times.kills(); i++) {
                    strike(server, crowd, this::killDatabase);
                }
                for (int i = 0; i < times.stops(); i++) {
                    strike(server, crowd, this::stopDatabase);
                }
                crowd.hush();
                double seconds = (System.nanoTime() - began) / 1e9;
                crowd.settle();
                tally.counting(false);
                Verdict verdict = crowd.verdict(seconds, true);
                verdict.add(times + " on a database, " + setting);
                verdict.add("appends that were cut: " + ofCuts);
                verdict.add("appends under way at all faults: " + server.told());
                verdict.add("from the fault to the first acknowledged", back);
                verdict.must("points that were not reached", missed);
                verdict.must("nothing acknowledged after a fault", late);
                return verdict;
            }
        }
    }

    private interface Fault {
        void strike() throws Exception;
    }

    /** Waits until an append is under way, strikes, and waits until messages are acknowledged again. */
    private void strike(ServerRun server, Crowd crowd, Fault fault) throws Exception {
        TimeUnit.MILLISECONDS.sleep(UP_MILLIS);
        long after = TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_AFTER_MICROS));
        CountDownLatch there = new CountDownLatch(1);
        server.atPoint(point -> there.countDown());
        server.order("stop " + Point.DURING_APPEND.words() + " " + (1 + random.nextInt(MOST_CALLS)));
        if (!there.await(SECONDS, TimeUnit.SECONDS)) {
            missed++;
        }
        LockSupport.parkNanos(after);
        long at = System.nanoTime();
        fault.strike();
        TimeUnit.MILLISECONDS.sleep(UP_MILLIS); // what was kept before is acknowledged by then
        long before = crowd.acknowledged();
        if (!Crowd.await(SECONDS, () -> crowd.acknowledged() > before)) {
            late++;
            tally.note("nothing acknowledged: " + server.words());
        }
        back.recordValue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at));
    }

    private void killDatabase() throws Exception {
        database.kill();
        database.start();
    }

    private void stopDatabase() throws Exception {
        database.signal("STOP");
        TimeUnit.MILLISECONDS.sleep(LEAST_STOP_MILLIS + random.nextInt(STOP_MILLIS));
        database.signal("CONT");
    }
}
