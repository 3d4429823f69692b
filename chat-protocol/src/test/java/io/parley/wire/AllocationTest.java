package io.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.parley.model.People;
import io.parley.model.Tags;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What the usual message costs in memory: nothing to write, and to read only itself and its two strings. */
final class AllocationTest {
    private static final int ROUNDS = 20_000;
    private static final Message MESSAGE = new Message(
            3, 1_000_000, 1_767_225_600_000L, -1, 77, People.guest(-2, "somebody"), "x".repeat(64), Tags.NONE);

    // The record 64, the author 32, two strings of 24 with arrays of 24 and 80: 248 where references take 4 bytes; and
    // some.
    private static final int MESSAGE_BYTES = 300;

    private static long perRound(Runnable round) {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
            return -1;
        }
        long least = Long.MAX_VALUE;
        for (int series = 0; series < 5; series++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                round.run();
            }
            least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS);
        }
        return least;
    }

    @Test
    void encodingAllocatesNothing() {
        ByteBuffer into = ByteBuffer.allocate(1024);
        long bytes = perRound(() -> MESSAGE.encode(into.clear()));
        assumeTrue(bytes >= 0, "a JVM that counts");
        assertThat(bytes).isLessThan(8);
    }

    @Test
    void decodingAllocatesTheMessageOnly() {
        FrameDecoder<ServerFrame> decoder = Streams.servers();
        ByteBuffer in = ByteBuffer.wrap(MESSAGE.toBytes());
        long bytes = perRound(() -> {
            if (decoder.next(in.rewind()) == null) {
                throw new AssertionError("no frame");
            }
        });
        assumeTrue(bytes >= 0, "a JVM that counts");
        assertThat(bytes).isLessThan(MESSAGE_BYTES);
    }
}
