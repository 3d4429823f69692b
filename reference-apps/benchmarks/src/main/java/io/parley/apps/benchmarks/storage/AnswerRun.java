package io.parley.apps.benchmarks.storage;

import io.parley.apps.benchmarks.evidence.Tally;
import java.util.Map;

/** Loses, delays and invents answers of the journal while clients talk. One thread. */
final class AnswerRun {
    private static final int MEAN_MILLIS = 400;

    private final Setting setting;

    AnswerRun(Setting setting) {
        this.setting = setting;
    }

    /** Talks so long, and compares. */
    Verdict run(int seconds) throws Exception {
        Tally tally = new Tally();
        try (ServerRun server = setting.server()) {
            server.start("none");
            try (Crowd crowd = new Crowd(server.port(), setting.rooms(), tally)) {
                crowd.come(setting.clients());
                tally.counting(true);
                long began = System.nanoTime();
                server.order("answers " + setting.seed() + " " + MEAN_MILLIS);
                crowd.talk(setting.everyMillis());
                Crowd.await(seconds, () -> {
                    crowd.stir();
                    return false;
                });
                crowd.hush();
                double talked = (System.nanoTime() - began) / 1e9;
                server.order("none");
                crowd.settle();
                tally.counting(false);
                Verdict verdict = crowd.verdict(talked, true);
                Map<String, Integer> told = server.told();
                told.forEach((fault, count) -> verdict.add(fault + ": " + count));
                verdict.add(seconds + " s of bad answers, " + setting);
                return verdict;
            }
        }
    }
}
