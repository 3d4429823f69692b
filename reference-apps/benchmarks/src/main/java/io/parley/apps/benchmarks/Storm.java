package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Machine;
import io.parley.apps.benchmarks.measure.Spread;
import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.apps.benchmarks.tls.Certificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Everybody comes at once: connects, logs in and joins a room, at most 256 at a time. Seconds until the last one is in,
 * and what that cost the server; a first storm of each server is thrown away.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Storm [rounds] [connections] [servers]</pre>
 */
public final class Storm {
    private Storm() {}

    /**
     * Measures.
     *
     * @param args see above; 5 rounds of 1,000 at both transports, in the clear and under TLS
     * @throws Exception if a server cannot be started or a connection fails
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        int connections = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        String servers = args.length > 2 ? args[2] : "parley-nio,parley-nio-tls,parley-blocking,parley-blocking-tls";
        System.out.println(Machine.describe());
        List<Scenario> scenarios = List.of(
                Scenario.closed("one room", 1, connections, 0, 0),
                Scenario.closed("rooms of 10", connections / 10, 10, 0, 0));
        for (Scenario scenario : scenarios) {
            Map<String, DoubleStream.Builder> seconds = new TreeMap<>();
            Map<String, DoubleStream.Builder> cpu = new TreeMap<>();
            for (int round = 0; round <= rounds; round++) {
                for (String server : servers.split(",", -1)) {
                    double[] took = storm(server, scenario);
                    if (round > 0) {
                        seconds.computeIfAbsent(server, s -> DoubleStream.builder())
                                .add(took[0]);
                        cpu.computeIfAbsent(server, s -> DoubleStream.builder()).add(took[1]);
                    }
                }
            }
            seconds.forEach((server, all) -> System.out.printf(
                    "%,d connect, log in and join %s, %-20s %s s, CPU of the server %s s%n",
                    scenario.connections(),
                    scenario.name(),
                    server + ":",
                    Spread.of(all.build()).text("%.2f"),
                    Spread.of(cpu.getOrDefault(server, DoubleStream.builder()).build())
                            .text("%.2f")));
        }
    }

    /** Twice at one server, so that what is measured is not its start: seconds, and CPU seconds. */
    private static double[] storm(String server, Scenario scenario) throws IOException, GeneralSecurityException {
        try (Contender contender = Contender.start(server, scenario)) {
            long cpu = contender.process().usage().cpuNanos();
            try (Swarm again = new Swarm(
                    contender.process().address(),
                    "n",
                    scenario,
                    server.endsWith("-tls") ? Certificate.clientContext() : null)) {
                return new double[] {
                    again.secondsToComeIn(), (contender.process().usage().cpuNanos() - cpu) / 1e9
                };
            }
        }
    }
}
