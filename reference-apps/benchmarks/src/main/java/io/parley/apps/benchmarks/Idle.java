package io.parley.apps.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What members who say nothing cost: heap and resident memory for each, by class, how long it takes until they are all
 * in, and the CPU time of the server while they answer its pings.
 *
 * <p>Linux, and a JDK (it asks {@code jcmd} for the classes). Each connection needs a descriptor on either side.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Idle [members] [seconds] [transport]</pre>
 */
public final class Idle {
    private static final int WARM_UP = 300;
    private static final double LEAST_SHOWN = 1; // bytes for each member

    private Idle() {}

    /**
     * Measures.
     *
     * @param args how many members (10,000), how many seconds they idle (60), and over what (parley-nio)
     * @throws IOException if a connection fails
     */
    public static void main(String[] args) throws IOException {
        int members = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        long seconds = args.length > 1 ? Long.parseLong(args[1]) : 60;
        String transport = args.length > 2 ? args[2] : "parley-nio";
        try (ServerProcess.Handle server = new ServerProcess.Handle(transport)) {
            ProcessHandle process =
                    ProcessHandle.current().children().findFirst().orElseThrow();
            try (IdleCrowd warmUp = new IdleCrowd(server.address(), "warm")) {
                warmUp.enter(WARM_UP, "warm");
                warmUp.idle(1_000_000_000);
            }
            try (IdleCrowd crowd = new IdleCrowd(server.address(), "idle")) {
                measure(server, process.pid(), crowd, members, seconds);
            }
        }
    }

    private static void measure(ServerProcess.Handle server, long pid, IdleCrowd crowd, int members, long idleSeconds)
            throws IOException {
        crowd.idle(2_000_000_000); // until the ones before have gone
        Map<String, Long> classesBefore = classes(pid);
        Usage before = server.collected();

        long start = System.nanoTime();
        crowd.enter(members, "member");
        double seconds = (System.nanoTime() - start) / 1e9;
        Usage entered = server.usage();
        System.out.printf(
                "%,d members in %.2f s, %.2f s of the server's CPU%n",
                members, seconds, (entered.cpuNanos() - before.cpuNanos()) / 1e9);

        crowd.idle(1_000_000_000);
        Usage settled = server.collected();
        System.out.printf(
                "for each: %,d bytes of heap, %,d resident with what is not collected yet%n",
                (settled.heapBytes() - before.heapBytes()) / members,
                (settled.residentBytes() - before.residentBytes()) / members);
        Map<String, Long> classes = classes(pid);
        classes.replaceAll((name, bytes) -> bytes - classesBefore.getOrDefault(name, 0L));
        classes.entrySet().stream()
                .filter(one -> one.getValue() >= LEAST_SHOWN * members)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(one -> System.out.printf("  %8.1f %s%n", (double) one.getValue() / members, one.getKey()));

        long cpu = server.usage().cpuNanos();
        long pings = crowd.pings();
        crowd.idle(idleSeconds * 1_000_000_000);
        System.out.printf(
                "idle: %.2f %% of a core, %.0f pings a second, at most %d within a tenth of a second%n",
                100 * (server.usage().cpuNanos() - cpu) / 1e9 / idleSeconds,
                (double) (crowd.pings() - pings) / idleSeconds,
                crowd.mostPings());
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
