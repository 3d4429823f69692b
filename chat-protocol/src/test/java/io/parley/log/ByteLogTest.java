package io.parley.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks of one log: how they grow, what lies in them, how they go. */
class ByteLogTest {
    private static final ByteLog.Encoder<String> TEXT = (text, into) -> into.put(text.getBytes(StandardCharsets.UTF_8));

    private final WindowBudget budget = new WindowBudget(1 << 20);
    private final ByteLog log = new ByteLog(budget, new ReentrantLock(), 0);
    private long seq;

    private void append(int bytes) {
        append("x".repeat(bytes));
    }

    private void append(String body) {
        log.hold();
        log.write(++seq, body, TEXT);
        log.commit();
    }

    private List<Chunk> chunks() {
        List<Chunk> found = new ArrayList<>();
        for (long at = log.start(); at < log.end(); ) {
            Chunk chunk = log.find(at);
            found.add(chunk);
            at = chunk.base + chunk.limit();
        }
        return found;
    }

    @Test
    void isEmptyAndWithoutChunksAtFirst() {
        assertThat(log.end()).isZero();
        assertThat(log.start()).isZero();
        assertThat(log.find(0)).isNull();
        assertThat(budget.used()).isZero();
    }

    @Test
    void chunksGrowFromOneKibibyteToSixtyFour() {
        for (int i = 0; i < 4_000; i++) {
            append(64);
        }
        List<Integer> sizes = chunks().stream().map(chunk -> chunk.bytes.length).toList();
        assertThat(sizes).containsExactly(1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 16, 1 << 16, 1 << 16);
        assertThat(budget.used()).isEqualTo((1 << 10) + (1 << 12) + (1 << 14) + 4 * (1 << 16));
    }

    @Test
    void chunksFollowEachOtherWithoutHole() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            append(1 + random.nextInt(900));
        }
        long end = 0;
        for (Chunk chunk : chunks()) {
            assertThat(chunk.base).isEqualTo(end);
            end += chunk.limit();
        }
        assertThat(end).isEqualTo(log.end());
    }

    @Test
    void noEntrySpansTwoChunks() {
        Random random = new Random(11);
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            said.add(i + "-".repeat(random.nextInt(3_000)) + "\n");
            append(said.get(i));
        }
        StringBuilder all = new StringBuilder();
        for (Chunk chunk : chunks()) {
            String text = new String(chunk.bytes, 0, chunk.limit(), StandardCharsets.UTF_8);
            assertThat(text).endsWith("\n");
            all.append(text);
        }
        assertThat(all.toString()).isEqualTo(String.join("", said));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_023, 1_024, 1_025, 65_535, 65_536, 65_537, 300_000})
    void anEntryGetsAChunkAsLargeAsItTakes(int bytes) {
        append(bytes);
        Chunk only = log.find(0);
        assertThat(only.limit()).isEqualTo(bytes);
        assertThat(only.bytes.length).isBetween(bytes, Math.max(1_024, 2 * bytes));
        append(10);
        assertThat(log.find(bytes).bytes.length).isLessThanOrEqualTo(Math.max(1 << 16, only.bytes.length));
        assertThat(log.end()).isEqualTo(bytes + 10);
    }

    @Test
    void afterAGiantChunksAreNoLargerThanBefore() {
        append(300_000);
        append(1 << 19);
        append(10);
        assertThat(log.find(log.end() - 1).bytes.length).isEqualTo(1 << 16);
    }

    @Test
    void anEntryExactlyAsLongAsTheRestStaysInTheChunk() {
        append(1_000);
        append(24);
        assertThat(chunks()).hasSize(1);
        append(1);
        assertThat(chunks()).hasSize(2);
    }

    @Test
    void anEntryWithoutBytesLeavesNoTrace() {
        append("");
        assertThat(log.end()).isZero();
        assertThat(budget.used()).isZero();
        append("abc");
        append("");
        assertThat(log.end()).isEqualTo(3);
        assertThat(log.find(0).limit()).isEqualTo(3);
    }

    @Test
    void whatDoesNotFitLeavesNoHalfEntryBehind() {
        ByteLog.Encoder<String> twoPuts =
                (text, into) -> into.put(new byte[700]).put(new byte[200]);
        ByteLog other = new ByteLog(budget, new ReentrantLock(), 0);
        other.hold();
        other.write(0, "a", twoPuts);
        other.write(0, "b", twoPuts);
        other.commit();
        assertThat(other.find(0).limit()).isEqualTo(900);
        assertThat(other.end()).isEqualTo(1_800);
        assertThat(other.find(900).base).isEqualTo(900);
    }

    @Test
    void theOldestChunkGoesFirst() {
        for (int i = 0; i < 100; i++) {
            append(100);
        }
        List<Chunk> before = chunks();
        assertThat(log.startSeq()).isZero();
        assertThat(log.dropOldest()).isTrue();
        assertThat(log.start()).isEqualTo(before.get(1).base);
        assertThat(log.find(before.get(1).base - 1)).isNull();
        assertThat(log.find(before.get(1).base)).isSameAs(before.get(1));
        assertThat(log.startSeq()).isEqualTo(before.get(0).limit() / 100);
        assertThat(log.lastSeq()).isEqualTo(100);
    }

    @Test
    void withAllChunksGoneItGoesOnWhereItWas() {
        append(2_000);
        append(2_000);
        while (log.dropOldest()) {
            // to the last one
        }
        assertThat(budget.used()).isZero();
        assertThat(log.start()).isEqualTo(4_000).isEqualTo(log.end());
        assertThat(log.startSeq()).isEqualTo(2);
        append(10);
        assertThat(log.find(4_000).bytes.length).isEqualTo(1 << 10);
        assertThat(log.end()).isEqualTo(4_010);
        assertThat(log.startSeq()).isEqualTo(2);
    }

    @Test
    void aChunkKnowsItsBoundaries() {
        Chunk chunk = new Chunk(0, 64);
        assertThat(chunk.limit()).isZero();
        assertThat(chunk.boundaryAtOrBefore(9)).isZero();
        for (int length : new int[] {5, 1, 10}) {
            ByteBuffer tail = chunk.tail();
            tail.put(new byte[length]);
            chunk.add(length);
            chunk.commit();
        }
        int[] before = {0, 0, 0, 0, 0, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 16, 16};
        int[] after = {5, 5, 5, 5, 5, 5, 6, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16};
        for (int at = 0; at < before.length; at++) {
            assertThat(chunk.boundaryAtOrBefore(at)).as("at or before %d", at).isEqualTo(before[at]);
        }
        for (int at = 0; at < after.length; at++) {
            assertThat(chunk.boundaryAtOrAfter(at)).as("at or after %d", at).isEqualTo(after[at]);
        }
        assertThat(chunk.seqAt(5)).isEqualTo(5);
        assertThat(chunk.seqAt(6)).isEqualTo(1);
        assertThat(chunk.seqAt(16)).isEqualTo(10);
    }

    @Test
    void whatIsNotCommittedIsNotThere() {
        append(500);
        log.hold();
        for (int i = 0; i < 200; i++) {
            log.write(++seq, "x".repeat(100), TEXT);
        }
        assertThat(log.end()).isEqualTo(500);
        assertThat(log.lastSeq()).isEqualTo(1);
        assertThat(chunks()).hasSize(1);
        assertThat(chunks().get(0).limit()).isEqualTo(500);
        assertThat(budget.used()).isEqualTo(1 << 10);
        log.commit();
        assertThat(log.end()).isEqualTo(20_500);
        assertThat(log.lastSeq()).isEqualTo(201);
        assertThat(chunks().stream().map(chunk -> chunk.bytes.length).toList())
                .containsExactly(1 << 10, 1 << 12, 1 << 14);
    }

    @Test
    void theChunkThatIsWrittenToIsNotGivenUp() {
        for (int i = 0; i < 30; i++) {
            append(100);
        }
        Chunk first = chunks().get(0);
        Chunk tail = chunks().get(1);
        log.hold();
        log.write(++seq, "late", TEXT);
        assertThat(log.drop(tail)).isFalse();
        assertThat(chunks()).containsExactly(tail).doesNotContain(first);
        log.commit();
        assertThat(log.end()).isEqualTo(3_004);
        assertThat(log.drop(tail)).isTrue();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aFullBudgetIsTrimmedWhenTheWriterIsDone() {
        WindowBudget small = new WindowBudget(100);
        ByteLog full = new ByteLog(small, new ReentrantLock(), 0);
        full.hold();
        full.write(1, "one", TEXT);
        full.commit();
        full.hold();
        small.trim();
        assertThat(small.used()).isEqualTo(1 << 10);
        full.commit();
        small.trim();
        assertThat(small.used()).isZero();
        assertThat(full.startSeq()).isEqualTo(1);
    }

    @Test
    void anEncoderThatThrowsLeavesItsEntryOutAlone() {
        log.hold();
        log.write(1, "one", TEXT);
        log.write(2, "two", (text, into) -> {
            into.put((byte) 1);
            throw new IllegalStateException("thrown by a test");
        });
        log.write(3, "three", TEXT);
        log.commit();
        assertThat(new String(log.find(0).bytes, 0, (int) log.end(), StandardCharsets.UTF_8))
                .isEqualTo("onethree");
        assertThat(log.lastSeq()).isEqualTo(3);
        log.wake();
    }

    /** Chunks that cannot be given up do not keep the trimmer. */
    @Test
    void trimmingEndsThoughNothingCanBeGivenUp() {
        WindowBudget small = new WindowBudget(1);
        List<ByteLog> logs = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ByteLog one = new ByteLog(small, new ReentrantLock(), 0);
            one.hold();
            one.write(1, "one", TEXT);
            one.commit();
            one.hold();
            logs.add(one);
        }
        small.trim();
        assertThat(small.used()).isEqualTo(40 << 10);
        logs.forEach(ByteLog::commit);
        small.trim();
        assertThat(small.used()).isZero();
    }

    @Test
    void anEndLiesBehindWhatIsWrittenAndNotShown() {
        log.hold();
        log.write(1, "one", TEXT);
        assertThat(log.end()).isZero();
        assertThat(log.writtenEnd()).isEqualTo(3);
        log.commit();
        assertThat(log.end()).isEqualTo(3);
    }
}
