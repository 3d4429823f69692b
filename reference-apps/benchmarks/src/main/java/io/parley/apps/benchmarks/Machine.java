package io.parley.apps.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The machine that measures, as its kernel counts it; Linux only, elsewhere it is silent. Any thread. */
final class Machine {
    private static final Path STAT = Path.of("/proc/stat");
    private static final long TICK_NANOS = 10_000_000; // the unit of that file

    private Machine() {}

    /** CPU time that all of the machine's processors, and those they were lent to, have been busy. */
    static long busyNanos() {
        try {
            List<String> lines = Files.readAllLines(STAT);
            long[] v = Arrays.stream(lines.get(0).trim().split(" +"))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            // user, nice, system, idle, iowait, irq, softirq, steal
            return (v[0] + v[1] + v[2] + v[5] + v[6] + v[7]) * TICK_NANOS;
        } catch (IOException elsewhere) {
            return 0;
        }
    }

    /** In a line: processors, memory, system and Java. */
    static String describe() {
        return String.format(
                "%d x %s, %s, %s %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                field("/proc/meminfo", "MemTotal"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version());
    }

    private static String field(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("?");
        } catch (IOException elsewhere) {
            return "?";
        }
    }
}
