package io.parley.apps.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one delivery costs: rooms of 100 and of 1,000 members over each transport, in turns, the server in a process of
 * its own. Prints a line for each round and the median of each kind.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.FanOut [rounds] [seconds]</pre>
 */
public final class FanOut {
    private static final int BODY_BYTES = 64;

    /** A room and who speaks in it. */
    private record Scenario(int members, int senders, int window) {
        @Override
        public String toString() {
            return members + " members, " + senders + " senders, window " + window;
        }
    }

    /** What a round gave. */
    private record Result(double perSecond, double cpuPerMillion, double p50, double p99) {}

    private FanOut() {}

    /**
     * Measures.
     *
     * @param args how many rounds (3) and how many seconds each (5)
     * @throws IOException if a connection fails
     */
    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        Duration time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 5);
        List<Scenario> scenarios = List.of(new Scenario(100, 1, 64), new Scenario(1_000, 4, 8));
        Map<String, List<Result>> results = new TreeMap<>();
        System.out.println("Java " + Runtime.version() + ", messages of " + BODY_BYTES + " bytes");
        for (int round = 1; round <= rounds; round++) {
            for (Scenario scenario : scenarios) {
                for (String transport : List.of("nio", "blocking")) {
                    String kind = scenario + ", " + transport;
                    Result result = run(kind, transport, scenario, time);
                    results.computeIfAbsent(kind, k -> new ArrayList<>()).add(result);
                }
            }
        }
        System.out.println("medians:");
        results.forEach((kind, all) -> print(kind, median(all)));
    }

    private static Result run(String kind, String transport, Scenario scenario, Duration time) throws IOException {
        try (ServerProcess.Handle server = new ServerProcess.Handle(transport, 64 << 20, 10_000);
                Swarm swarm = new Swarm(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                        "load",
                        scenario.members(),
                        scenario.senders(),
                        scenario.window(),
                        BODY_BYTES)) {
            swarm.talk(time.toNanos()); // warms both sides up
            swarm.latencies().clear();
            long before = swarm.deliveries();
            long cpuBefore = server.ask("usage").cpuNanos();
            long ownBefore = ownCpu();
            long start = System.nanoTime();
            swarm.talk(time.toNanos());
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpu = (server.ask("usage").cpuNanos() - cpuBefore) / 1e9;
            double ownShare = (ownCpu() - ownBefore) / 1e9 / seconds;
            double deliveries = swarm.deliveries() - before;
            boolean complete = swarm.settle(Duration.ofSeconds(30).toNanos());
            Result result = new Result(
                    deliveries / seconds,
                    cpu / deliveries * 1e6,
                    swarm.latencies().millis(0.5),
                    swarm.latencies().millis(0.99));
            print(kind, result);
            System.out.printf(
                    "    %s, %d out of order; the generator used %.2f of a core%n",
                    complete ? "nothing lost" : "DELIVERIES ARE MISSING", swarm.disorder(), ownShare);
            return result;
        }
    }

    private static long ownCpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void print(String kind, Result result) {
        System.out.printf(
                "%-45s %,10.0f deliveries/s  %.3f CPU-s per million  p50 %.2f ms  p99 %.2f ms%n",
                kind, result.perSecond(), result.cpuPerMillion(), result.p50(), result.p99());
    }

    private static Result median(List<Result> all) {
        return new Result(
                middle(all.stream().mapToDouble(Result::perSecond).toArray()),
                middle(all.stream().mapToDouble(Result::cpuPerMillion).toArray()),
                middle(all.stream().mapToDouble(Result::p50).toArray()),
                middle(all.stream().mapToDouble(Result::p99).toArray()));
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
