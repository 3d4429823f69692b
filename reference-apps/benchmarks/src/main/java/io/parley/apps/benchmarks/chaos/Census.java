package io.parley.apps.benchmarks.chaos;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process holds. Immutable, for any thread.
 *
 * @param threads platform threads
 * @param descriptors open file descriptors; 0 where that is not known
 * @param heapBytes heap in use after a collection
 */
record Census(int threads, long descriptors, long heapBytes) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static Census now() {
        System.gc();
        System.gc();
        return new Census(
                threadCount(),
                descriptorCount(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    static int threadCount() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long descriptorCount() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.count();
        } catch (IOException unknown) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return threads + " threads, " + descriptors + " descriptors, " + heapBytes / 1024 + " KiB heap";
    }
}
