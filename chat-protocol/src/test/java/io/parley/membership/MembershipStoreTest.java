package io.parley.membership;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.parley.journal.KeyValue;
import io.parley.journal.MemoryJournal;
import io.parley.testkit.journal.WrappedJournal;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When rows are written that change again and again. */
@Timeout(30)
class MembershipStoreTest {
    private static final int ROOM = 7;
    private static final int MEMBERS = 600; // more than twice as many as are written at once
    private static final long SECOND = SECONDS.toNanos(1);

    /** A journal whose answers come when the test wants them. */
    private static final class Slow extends WrappedJournal {
        private final List<KeyValue> put = new ArrayList<>();
        private final Deque<CompletableFuture<@Nullable Void>> waiting = new ArrayDeque<>();
        private boolean atOnce;

        Slow() {
            super(MemoryJournal.withDefaults());
        }

        @Override
        public CompletableFuture<@Nullable Void> put(List<KeyValue> values) {
            put.addAll(values);
            CompletableFuture<@Nullable Void> kept = super.put(values);
            if (atOnce) {
                return kept;
            }
            CompletableFuture<@Nullable Void> later = new CompletableFuture<>();
            waiting.add(later);
            return later;
        }

        private long keys() {
            return put.stream().map(KeyValue::key).distinct().count();
        }
    }

    private final Slow journal = new Slow();
    private final MembershipStore store = new MembershipStore(journal, 0);

    private void allRead(long seq) {
        IntStream.range(0, MEMBERS)
                .forEach(id -> store.put(new RoomMember(ROOM, id, "account " + id, "name " + id, 1, seq, false)));
    }

    private Set<Long> stored() {
        return new HashSet<>(new MembershipStore(journal, 0)
                .members(ROOM).join().stream().map(RoomMember::readSeq).toList());
    }

    @Test
    void rowsThatChangeAllTheTimeDoNotKeepTheOthersWaiting() {
        allRead(1);
        store.tick(SECOND);
        for (long seq = 2; !journal.waiting.isEmpty() && seq < 20; seq++) {
            allRead(seq); // each member reads on, whatever is written at the moment
            journal.waiting.remove().complete(null);
        }
        assertThat(journal.keys()).isEqualTo(MEMBERS);
        assertThat(journal.put).as("each once").hasSize(MEMBERS);
    }

    @Test
    void whatHasChangedMeanwhileIsWrittenASecondLater() {
        journal.atOnce = true;
        allRead(1);
        store.tick(SECOND);
        allRead(2);
        allRead(3);
        store.tick(2 * SECOND - 1);
        assertThat(stored()).containsExactly(1L);
        store.tick(2 * SECOND);
        assertThat(stored()).containsExactly(3L);
        assertThat(journal.put).hasSize(2 * MEMBERS);
    }

    @Test
    void aSlowJournalIsNotAskedForTheSameTwice() {
        allRead(1);
        store.tick(SECOND);
        allRead(2);
        store.tick(2 * SECOND);
        store.tick(3 * SECOND);
        assertThat(journal.waiting).hasSize(1);
        while (!journal.waiting.isEmpty()) {
            journal.waiting.remove().complete(null);
        }
        assertThat(journal.put.size()).isLessThanOrEqualTo(MEMBERS);
        store.tick(4 * SECOND);
        while (!journal.waiting.isEmpty()) {
            journal.waiting.remove().complete(null);
        }
        assertThat(stored()).containsExactly(2L);
    }

    @Test
    void aJournalThatNeedsLongForAllOfThemIsGivenTheTime() {
        allRead(1);
        store.tick(SECOND);
        for (long second = 10; second < 40 && !journal.waiting.isEmpty(); second += 9) {
            store.tick(second * SECOND); // each answer comes after nine seconds
            journal.waiting.remove().complete(null);
        }
        assertThat(journal.put).hasSize(MEMBERS);
    }

    @Test
    void theEndWaitsForWhatIsBeingWrittenAndWritesTheRest() {
        allRead(1);
        store.tick(SECOND);
        allRead(2);
        CompletableFuture<@Nullable Void> flushed = store.flush(SECOND);
        while (!journal.waiting.isEmpty()) {
            assertThat(flushed).isNotDone();
            journal.waiting.remove().complete(null);
        }
        assertThat(flushed).isCompleted();
        assertThat(stored()).containsExactly(2L);
    }

    @Test
    void whatIsNotKeptIsTriedAgainASecondLater() {
        allRead(1);
        store.tick(SECOND);
        journal.waiting.remove().completeExceptionally(new IllegalStateException("the disk is full"));
        assertThat(journal.waiting).isEmpty();
        journal.atOnce = true;
        store.tick(2 * SECOND);
        assertThat(stored()).containsExactly(1L);
        assertThat(journal.keys()).isEqualTo(MEMBERS);
    }

    @Test
    void aRowThatIsPutBeforeItIsWrittenCostsLittle() {
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "a JVM that counts");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int times = 1_000;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < times; i++) {
            store.put(new RoomMember(ROOM, 1, "account", "name", 1, i, false));
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / times;
        assertThat(each).as("its bytes are made in a buffer of 8 KiB").isLessThan(2_000);
    }
}
