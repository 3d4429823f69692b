package io.parley.apps.benchmarks.storage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** At which points the server is killed, chosen by a seed. One thread. */
final class KillPlan {
    /**
     * One kill.
     *
     * @param point where
     * @param upMillis how long the server was up before
     * @param call at which call of the kind that the point is about, from 1
     * @param afterMicros how long after the point is reached
     */
    record Kill(Point point, int upMillis, int call, int afterMicros) {}

    private static final int OF_COMMITS = 5; // of fourteen: more than a third
    private static final int OF_APPENDS = 2;
    private static final int MOST_CALLS = 30;
    private static final int LEAST_UP_MILLIS = 200;
    private static final int UP_MILLIS = 600;
    private static final int MOST_AFTER_MICROS = 3_000;

    private final Random random;
    private final List<Point> deck = new ArrayList<>();

    KillPlan(long seed) {
        random = new Random(seed);
    }

    /** The next kill. Of each fourteen, every point has its share. */
    Kill next() {
        if (deck.isEmpty()) {
            for (Point point : Point.values()) {
                int times = point == Point.AFTER_COMMIT_BEFORE_ACK
                        ? OF_COMMITS
                        : point == Point.DURING_APPEND ? OF_APPENDS : 1;
                deck.addAll(Collections.nCopies(times, point));
            }
            Collections.shuffle(deck, random);
        }
        Point point = deck.remove(deck.size() - 1);
        int up = LEAST_UP_MILLIS + random.nextInt(UP_MILLIS);
        int call = 1 + random.nextInt(MOST_CALLS);
        int after = random.nextInt(MOST_AFTER_MICROS);
        return switch (point) {
            case BEFORE_SESSION_PUT, AFTER_SESSION_PUT -> new Kill(point, 0, 1 + call % 2, 0); // there are few
            case DURING_RESTART -> new Kill(point, up, 1 + call % 6, after); // no more than are made while it opens
            case DURING_APPEND -> new Kill(point, up, call, after);
            default -> new Kill(point, up, call, 0);
        };
    }
}
