package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Usage;
import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.apps.benchmarks.tls.Certificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * What members who say nothing cost: heap and resident memory for each, by class, how long it takes until they are all
 * in, and the CPU time of the server while they answer its pings.
 *
 * <p>Linux, and a JDK (it asks {@code jcmd} for the classes). Each connection needs a descriptor on either side.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Idle [members] [seconds] [server]</pre>
 */
public final class Idle {
    private static final Scenario WARM_UP = Scenario.closed("warm", 1, 300, 0, 0);
    private static final int QUARTERS = 4;
    private static final double LEAST_SHOWN = 1; // bytes for each member

    private Idle() {}

    /**
     * Measures.
     *
     * @param args how many members (10,000), how many seconds they idle (60), and at what server (parley-nio)
     * @throws Exception if the server cannot be started or a connection fails
     */
    public static void main(String[] args) throws Exception {
        int members = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        Duration time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 60);
        String kind = args.length > 2 ? args[2] : "parley-nio";
        SSLContext tls = kind.endsWith("-tls") ? Certificate.clientContext() : null;
        try (ServerProcess.Handle server = new ServerProcess.Handle(kind, 64L << 20, 10_000)) {
            try (Swarm warmUp = new Swarm(server.address(), "w", WARM_UP, tls)) {
                warmUp.idle(Duration.ofSeconds(1));
            }
            TimeUnit.SECONDS.sleep(1); // until they have gone
            Map<String, Long> classes = classes(server.pid());
            Usage before = server.collected();
            Scenario scenario = Scenario.closed("idle", 1, members, 0, 0);
            try (Swarm crowd = new Swarm(server.address(), "m", scenario, tls)) {
                System.out.printf(
                        "%s: %,d members in %.2f s, %.2f s of the server's CPU%n",
                        kind, members, crowd.secondsToComeIn(), (server.usage().cpuNanos() - before.cpuNanos()) / 1e9);
                crowd.idle(Duration.ofSeconds(1));
                weigh(server, members, before, classes);
                watch(server, crowd, time);
            }
        }
    }

    private static void weigh(ServerProcess.Handle server, int members, Usage before, Map<String, Long> classesBefore)
            throws IOException {
        Usage settled = server.collected();
        System.out.printf(
                "for each: %,d bytes of heap, %,d resident with what is not given back; %d threads%n",
                (settled.heapBytes() - before.heapBytes()) / members,
                (settled.residentBytes() - before.residentBytes()) / members,
                settled.threads());
        Map<String, Long> classes = classes(server.pid());
        classes.replaceAll((name, bytes) -> bytes - classesBefore.getOrDefault(name, 0L));
        classes.entrySet().stream()
                .filter(one -> one.getValue() >= LEAST_SHOWN * members)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(one -> System.out.printf("  %8.1f %s%n", (double) one.getValue() / members, one.getKey()));
    }

    /** In quarters: in the first the server's compilers still work on what it does now and then only. */
    private static void watch(ServerProcess.Handle server, Swarm crowd, Duration time) throws IOException {
        long pings = crowd.pings();
        Duration quarter = time.dividedBy(QUARTERS);
        List<String> shares = new ArrayList<>();
        for (int i = 0; i < QUARTERS; i++) {
            long cpu = server.usage().cpuNanos();
            crowd.idle(quarter);
            double used = server.usage().cpuNanos() - cpu;
            shares.add(String.format(Locale.ROOT, "%.2f", 100 * used / quarter.toNanos()));
        }
        System.out.printf(
                "idle: %s %% of a core in each quarter, %.0f pings a second%n",
                String.join(", ", shares), (double) (crowd.pings() - pings) / time.toSeconds());
    }

    /** The bytes of each class's live objects. */
    private static Map<String, Long> classes(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process asked = new ProcessBuilder(List.of(jcmd, Long.toString(pid), "GC.class_histogram")).start();
        Map<String, Long> bytes = new HashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(asked.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.strip().split("\\s+", -1);
                if (parts.length >= 4 && parts[0].endsWith(":")) {
                    bytes.merge(parts[3], Long.parseLong(parts[2]), Long::sum);
                }
            }
        }
        return bytes;
    }
}
