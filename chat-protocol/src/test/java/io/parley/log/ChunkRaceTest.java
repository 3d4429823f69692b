package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A chunk that is read while its index grows. */
class ChunkRaceTest {
    private static final int CHUNKS = 500_000;
    private static final int ENTRIES = 100;

    @Test
    void theIndexGrowsUnderReaders() throws Exception {
        AtomicReference<Chunk> current = new AtomicReference<>(new Chunk(0, ENTRIES));
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Long> reader = threads.submit(() -> {
                long read = 0;
                while (!over.get()) {
                    Chunk chunk = current.get();
                    int limit = chunk.limit();
                    if (limit > 0) {
                        assertThat(chunk.seqAt(limit) == limit).isTrue();
                        assertThat(chunk.boundaryAtOrBefore(limit) == limit).isTrue();
                        assertThat(chunk.boundaryAtOrAfter(limit) == limit).isTrue();
                        read++;
                    }
                }
                return read;
            });
            for (int i = 0; i < CHUNKS; i++) {
                Chunk chunk = new Chunk(0, ENTRIES);
                current.set(chunk);
                for (int n = 1; n <= ENTRIES; n++) {
                    chunk.tail().put((byte) n);
                    chunk.add(n);
                    chunk.commit();
                }
            }
            over.set(true);
            assertThat(reader.get(60, TimeUnit.SECONDS)).isPositive();
        } finally {
            over.set(true);
            threads.shutdownNow();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
