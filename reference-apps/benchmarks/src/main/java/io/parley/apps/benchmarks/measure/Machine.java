package io.parley.apps.benchmarks.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU use of this machine, from the kernel. Linux only; elsewhere it reports nothing. Any thread may call it. */
public final class Machine {
    private static final Path PROCESSES = Path.of("/proc");
    private static final long TICK_NANOS = 10_000_000; // the unit of its files

    private Machine() {}

    /**
     * CPU time of all other processes than this one and one server, and the time that the host of this machine
     * took. The total of the kernel is not usable: it is late for a processor that one thread keeps busy.
     */
    public static long othersNanos(long serverPid) {
        long ticks = stolenTicks();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != serverPid && pid != ProcessHandle.current().pid()) {
                    ticks += ticks(process.resolve("stat"));
                }
            }
        } catch (IOException elsewhere) {
            return 0;
        }
        return ticks * TICK_NANOS;
    }

    /** CPU time of a process. */
    static long cpuNanos(Path process) {
        return ticks(process.resolve("stat")) * TICK_NANOS;
    }

    private static long ticks(Path stat) {
        try {
            String line = Files.readString(stat);
            // After the name, which may have any character: state is the first field, utime the twelfth, stime the
            // thirteenth.
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long stolenTicks() {
        try {
            return Long.parseLong(
                    Files.readAllLines(PROCESSES.resolve("stat")).get(0).trim().split(" +", -1)[8]);
        } catch (IOException elsewhere) {
            return 0;
        }
    }

    /** Processors, memory, system and Java, in one line. */
    public static String describe() {
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
