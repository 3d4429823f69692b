package io.parley.apps.benchmarks.storage;

import io.parley.apps.benchmarks.evidence.Tally;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Stops the process of the server for some seconds, and has it go on. One thread. */
final class StopRun {
    private static final int LEAST_MILLIS = 1_000;
    private static final int MILLIS = 6_000;
    private static final int UP_MILLIS = 1_000;
    private static final long BACK_SECONDS = 60;

    private final Setting setting;

    StopRun(Setting setting) {
        this.setting = setting;
    }

    /** Stops it so often, and compares. */
    Verdict run(int stops) throws Exception {
        Tally tally = new Tally();
        Random random = new Random(setting.seed());
        Histogram back = new Histogram(3);
        int late = 0;
        try (ServerRun server = setting.server()) {
            server.start("none");
            try (Crowd crowd = new Crowd(server.port(), setting.rooms(), tally)) {
                crowd.come(setting.clients());
                tally.counting(true);
                long began = System.nanoTime();
                crowd.talk(setting.everyMillis());
                for (int i = 0; i < stops; i++) {
                    TimeUnit.MILLISECONDS.sleep(UP_MILLIS);
                    server.signal("STOP");
                    TimeUnit.MILLISECONDS.sleep(LEAST_MILLIS + random.nextInt(MILLIS));
                    long before = crowd.acknowledged();
                    server.signal("CONT");
                    long at = System.nanoTime();
                    late += Crowd.await(BACK_SECONDS, () -> crowd.acknowledged() > before) ? 0 : 1;
                    back.recordValue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at));
                }
                crowd.hush();
                double seconds = (System.nanoTime() - began) / 1e9;
                crowd.settle();
                tally.counting(false);
                Verdict verdict = crowd.verdict(seconds, true);
                verdict.add("from the end of a stop to the first acknowledged", back);
                verdict.must("nothing acknowledged after a stop", late);
                verdict.add(stops + " stops of the server, " + setting);
                return verdict;
            }
        }
    }
}
