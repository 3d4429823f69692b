package io.parley.apps.benchmarks.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a process has used since it started. Any thread.
 *
 * @param cpuNanos CPU time of the whole process
 * @param allocatedBytes bytes allocated by the live platform threads
 * @param heapBytes heap in use
 * @param windowBytes encoded entries kept for readers; Parley only
 * @param residentBytes memory of the process
 * @param threads platform threads
 * @param readCalls system calls of the read family
 * @param writeCalls system calls of the write family, which is how the JDK writes to sockets
 * @param writtenBytes bytes of these
 * @param compiledMillis time of the JIT compilers
 */
public record Usage(
        long cpuNanos,
        long allocatedBytes,
        long heapBytes,
        long windowBytes,
        long residentBytes,
        long threads,
        long readCalls,
        long writeCalls,
        long writtenBytes,
        long compiledMillis) {

    /** The question that asks for a garbage collection first. */
    public static final String COLLECT = "collect";

    private static final Path SELF = Path.of("/proc/self");

    /** The use of this process. */
    public static Usage now(long windowBytes) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        return new Usage(
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime(),
                allocated,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                windowBytes,
                field(SELF, "status", "VmRSS:") << 10,
                field(SELF, "status", "Threads:"),
                field(SELF, "io", "syscr:"),
                field(SELF, "io", "syscw:"),
                field(SELF, "io", "wchar:"),
                ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
    }

    /** The use of a process that is no JVM, as the kernel reports it. */
    public static Usage ofProcess(long pid) {
        Path process = Path.of("/proc", Long.toString(pid));
        return new Usage(
                Machine.cpuNanos(process),
                0,
                0,
                0,
                field(process, "status", "VmRSS:") << 10,
                field(process, "status", "Threads:"),
                field(process, "io", "syscr:"),
                field(process, "io", "syscw:"),
                field(process, "io", "wchar:"),
                0);
    }

    private static long field(Path process, String file, String name) {
        try {
            return Files.readAllLines(process.resolve(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException elsewhere) {
            return 0; // not on this system
        }
    }

    /** Answers a question of the measuring process with one line; collects garbage first if it asks for that. */
    public static String answer(String question, long windowBytes) {
        if (COLLECT.equals(question)) {
            System.gc();
            System.gc();
        }
        return now(windowBytes).line();
    }

    /** The use in one line. */
    String line() {
        return LongStream.of(values()).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    public static Usage parse(String line) {
        long[] v = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Usage(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9]);
    }

    private long[] values() {
        return new long[] {
            cpuNanos,
            allocatedBytes,
            heapBytes,
            windowBytes,
            residentBytes,
            threads,
            readCalls,
            writeCalls,
            writtenBytes,
            compiledMillis
        };
    }
}
