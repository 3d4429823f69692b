package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.model.BacklogRequest;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Joining with a wish for the past: what is given, what is said to be missing. */
class BacklogTest {
    private static final int SAID = 10;

    private static TestHub hub(Journal journal, int pageEntries, int pageBytes) {
        TestHub test = TestHub.with(journal, bounds -> {
            bounds.pageEntries = pageEntries;
            bounds.pageBytes = pageBytes;
        });
        Room room = test.room("lobby");
        for (int i = 1; i <= SAID; i++) {
            assertThat(test.say(room, test.hub.operator(), "m" + i).seq()).isEqualTo(i);
        }
        return test;
    }

    private static TestHub hub() {
        return hub(MemoryJournal.withDefaults(), 200, 1 << 16);
    }

    private static Opening join(TestHub test, BacklogRequest past) {
        return test.guest("alice").join("lobby", past).joined();
    }

    private static List<Long> seqs(Opening joined) {
        return joined.backlog().stream().map(Entry.Sequenced::seq).toList();
    }

    private static void assertSkipped(Opening joined, long from, long to) {
        assertThat(joined.skippedFrom()).isEqualTo(from);
        assertThat(joined.skippedTo()).isEqualTo(to);
    }

    private static void assertNothingSkipped(Opening joined) {
        assertThat(joined.skippedTo()).isLessThan(joined.skippedFrom());
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({"0, 11", "1, 10", "9, 2", "10, 1", "11, 1", "2147483647, 1"})
    void theLastFew(int count, long first) {
        Opening joined = join(hub(), BacklogRequest.last(count));
        assertThat(seqs(joined)).isEqualTo(range(first, SAID));
        assertThat(joined.recovered()).isFalse();
        assertNothingSkipped(joined);
        assertThat(joined.snapshot().head()).isEqualTo(SAID);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "9, 10", "10, 11"})
    void sinceAPoint(long since, long first) {
        TestHub test = hub();
        Opening joined = join(test, BacklogRequest.since(test.room("lobby").epoch(), since));
        assertThat(seqs(joined)).isEqualTo(range(first, SAID));
        assertThat(joined.recovered()).isTrue();
        assertNothingSkipped(joined);
    }

    @Test
    void sinceAPointThatIsNotThereYet() {
        TestHub test = hub();
        Opening joined = join(test, BacklogRequest.since(test.room("lobby").epoch(), SAID + 1));
        assertThat(joined.recovered()).isFalse();
        assertThat(joined.backlog()).isEmpty();
        assertNothingSkipped(joined);
    }

    @Test
    void sinceAPointOfAnotherEpoch() {
        TestHub test = hub();
        Opening joined = join(test, BacklogRequest.since(test.room("lobby").epoch() + 1, 3));
        assertThat(joined.recovered()).isFalse();
        assertThat(joined.backlog()).isEmpty();
        assertNothingSkipped(joined);
    }

    @Test
    void anotherEpochWithAWishForTheLastFew() {
        TestHub test = hub();
        Opening joined = join(test, new BacklogRequest(true, test.room("lobby").epoch() + 1, 3, 2));
        assertThat(joined.recovered()).isFalse();
        assertThat(seqs(joined)).containsExactly(9L, 10L);
        assertNothingSkipped(joined);
    }

    @Test
    void sinceAPointOlderThanWhatIsKept() {
        TestHub test = hub(new MemoryJournal(4, 1 << 20, 10), 200, 1 << 16);
        Opening joined = join(test, BacklogRequest.since(test.room("lobby").epoch(), 2));
        assertThat(joined.recovered()).isTrue();
        assertThat(seqs(joined)).isEqualTo(range(7, SAID));
        assertSkipped(joined, 3, 6);
        assertThat(joined.snapshot().floor()).isEqualTo(7);
    }

    @Test
    void sinceAPointWhenNothingIsKept() {
        TestHub test = hub(new MemoryJournal(4, 1, 10), 200, 1 << 16);
        Opening joined = join(test, BacklogRequest.since(test.room("lobby").epoch(), 2));
        assertThat(joined.recovered()).isTrue();
        assertThat(joined.backlog()).isEmpty();
        assertSkipped(joined, 3, SAID);
    }

    @Test
    void theLastFewOfWhatIsNotKeptIsNothingAndNotMissed() {
        Opening some = join(hub(new MemoryJournal(4, 1 << 20, 10), 200, 1 << 16), BacklogRequest.last(8));
        assertThat(seqs(some)).isEqualTo(range(7, SAID));
        assertNothingSkipped(some);
        Opening none = join(hub(new MemoryJournal(4, 1, 10), 200, 1 << 16), BacklogRequest.last(8));
        assertThat(none.backlog()).isEmpty();
        assertNothingSkipped(none);
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "3, 8", "9, 2", "10, 1"})
    void aPageHasABoundInEntries(int pageEntries, long first) {
        TestHub test = hub(MemoryJournal.withDefaults(), pageEntries, 1 << 16);
        Opening joined = join(test, BacklogRequest.since(test.room("lobby").epoch(), 0));
        assertThat(seqs(joined)).isEqualTo(range(first, SAID));
        assertThat(joined.recovered()).isTrue();
        assertThat(joined.skippedTo()).isEqualTo(first - 1);
        assertThat(joined.skippedFrom()).isEqualTo(1);
    }

    @Test
    void aPageHasABoundInBytes() {
        TestHub test = hub(MemoryJournal.withDefaults(), 200, 220); // three of about 68
        Opening joined = join(test, BacklogRequest.since(test.room("lobby").epoch(), 0));
        assertThat(seqs(joined)).isEqualTo(range(8, SAID));
        assertSkipped(joined, 1, 7);
    }

    @Test
    void aJournalThatCannotReadLeavesEverythingOut() {
        Journal broken = new Unreadable();
        TestHub test = hub(broken, 200, 1 << 16);
        Opening since = join(test, BacklogRequest.since(test.room("lobby").epoch(), 4));
        assertThat(since.backlog()).isEmpty();
        assertSkipped(since, 5, SAID);
        Peer bob = test.guest("bob");
        Opening last = bob.join("lobby", BacklogRequest.last(3)).joined();
        assertThat(last.backlog()).isEmpty();
        assertSkipped(last, 8, SAID);
    }

    private static final class Unreadable extends KeptJournal {
        @Override
        public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
            return CompletableFuture.failedFuture(new IllegalStateException("no disk"));
        }
    }

    @Test
    void whatIsSaidWhileTheBacklogIsReadComesLive() {
        TestHub test = hub();
        Reader alice = test.guest("alice").join("lobby", BacklogRequest.last(2));
        test.say(alice.room(), test.hub.operator(), "more").seq();
        assertThat(seqs(alice.joined())).containsExactly(9L, 10L);
        assertThat(alice.readNumbered()).containsExactly("#11 operator: more");
        assertThat(alice.subscription().lastSeq()).isEqualTo(11);
    }

    @Test
    void historyIsForMembersAndWithinWhatIsPublished() {
        HandJournal journal = new HandJournal();
        journal.inline = true;
        TestHub test = hub(journal, 4, 1 << 16);
        Peer alice = test.guest("alice");
        Room room = alice.join("lobby").room();
        EntryPage page =
                room.history(alice.user(), Journal.NONE, Journal.NONE, 100).join();
        assertThat(page.entries()).hasSize(4);
        assertThat(page.more()).isTrue();
        assertThat(room.history(alice.user(), 8, 99, 100).join().entries()).hasSize(2);
        assertThat(room.history(test.hub.operator(), 0, Journal.NONE, 0).join().entries())
                .hasSize(1);
        journal.inline = false;
        Answer waiting = test.say(room, test.hub.operator(), "not yet");
        journal.kept.append(journal.pending.peek().request()); // kept, not published
        assertThat(waiting.isOpen()).isTrue();
        assertThat(room.history(alice.user(), 9, Journal.NONE, 100).join().entries())
                .hasSize(1);
    }
}
