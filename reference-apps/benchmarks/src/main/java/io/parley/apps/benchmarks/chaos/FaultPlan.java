package io.parley.apps.benchmarks.chaos;

import java.util.List;
import java.util.SplittableRandom;

/** The faults of one client, chosen by a seed. One thread. */
final class FaultPlan {
    /**
     * One fault.
     *
     * @param afterMillis how long after the one before
     * @param fault what happens
     * @param millis how long a stall lasts, or how late what is forwarded comes
     * @param clientSide whether a half-open connection loses the client's side
     * @param downMillis for how long new connections are reset afterwards
     */
    record Step(long afterMillis, Fault fault, long millis, boolean clientSide, long downMillis) {}

    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int LONGEST_DOWN = 1_000;

    private final SplittableRandom random;
    private final long meanMillis;

    FaultPlan(long seed, int client, long meanMillis) {
        // Random would begin alike for neighbours: all clients would be struck for the first time at once.
        random = new SplittableRandom(new SplittableRandom(seed).nextLong() + client);
        this.meanMillis = meanMillis;
    }

    /** The next fault. Each takes the same draws, so that one plan is the same whatever happens. */
    Step next() {
        long after = 1 + (long) (random.nextDouble() * 2 * meanMillis);
        Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
        double part = random.nextDouble();
        boolean clientSide = random.nextBoolean();
        boolean down = random.nextInt(4) == 0;
        long downMillis = random.nextInt(LONGEST_DOWN);
        long millis = switch (fault) {
            case STALL -> 1_000 + (long) (part * 4_000);
            case DELAY -> 50 + (long) (part * 250);
            default -> 0;
        };
        return new Step(after, fault, millis, clientSide, down ? downMillis : 0);
    }
}
