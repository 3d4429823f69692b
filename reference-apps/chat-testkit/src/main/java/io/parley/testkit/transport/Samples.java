package io.parley.testkit.transport;

import io.parley.transport.Sink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Sizes, bytes and steps that the contracts share. */
final class Samples {
    static final int MEGABYTE = 1 << 20;

    /** Most bytes that one call of {@code onWritable} may take. */
    static final int LARGEST_TURN = 256 * 1024;

    static final byte[] PING = "ping".getBytes(StandardCharsets.US_ASCII);

    private Samples() {}

    /** Waits until a writer is stuck; how much was taken by then. */
    static long calmTaken(Bench bench, Probe writer) {
        AtomicLong last = new AtomicLong(-1);
        bench.await("the writer to be stuck", () -> {
            long now = writer.taken();
            if (writer.refusals() == 0 || now != last.getAndSet(now)) {
                return false;
            }
            bench.stays("looked at", () -> true);
            return now == writer.taken();
        });
        return writer.taken();
    }

    static void fail(Error error) {
        throw error;
    }

    static void fail(RuntimeException exception) {
        throw exception;
    }

    static void fill(Sink sink, byte[] block) {
        int count;
        do {
            count = sink.write(block, 0, block.length);
        } while (count > 0);
    }

    static int endless(int depth) {
        return depth == 0 ? 0 : 1 + endless(depth + 1);
    }

    static List<Thread> inParallel(int count, Consumer<Integer> task) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            Thread thread = new Thread(() -> task.accept(number), "test-" + i);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }
}
