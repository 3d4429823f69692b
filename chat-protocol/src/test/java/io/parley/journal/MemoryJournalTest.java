package io.parley.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.People;
import io.parley.model.RoomState;
import io.parley.model.UserItem;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The journal in memory: what it keeps, and what it lets go first. */
class MemoryJournalTest {
    private static final UserItem A = People.guest(1, "a");

    private static Entry.Sequenced said(long seq, String body) {
        return People.said(seq, A, body);
    }

    private static long append(Journal journal, String room, long seq) {
        return append(journal, room, seq, "");
    }

    private static long append(Journal journal, String room, long seq, String body) {
        return Appends.append(journal, room, List.of(said(seq, body)), null).join();
    }

    private static List<Long> seqs(EntryPage page) {
        return page.entries().stream().map(Entry.Sequenced::seq).toList();
    }

    private static EntryPage read(Journal journal, long after, long before, int limit) {
        return journal.read("r", after, before, limit, 1 << 20).join();
    }

    @Test
    void beginsAHistoryAtItsFirstOpening() {
        Journal journal = MemoryJournal.withDefaults();
        KeptRoom opened = journal.open("r").join();
        assertThat(opened.head()).isZero();
        assertThat(opened.floor()).isEqualTo(1);
        assertThat(opened.state()).isEqualTo(RoomState.EMPTY);
        assertThat(read(journal, Journal.NONE, Journal.NONE, 10)).isEqualTo(new EntryPage(List.of(), 1, 0, false));
        assertThat(journal.open("other").join().epoch()).isNotEqualTo(opened.epoch());
        assertThat(journal.open("r").join()).isEqualTo(opened);
    }

    @Test
    void keepsEntriesAndState() {
        Journal journal = MemoryJournal.withDefaults();
        long epoch = journal.open("r").join().epoch();
        RoomState tea = RoomState.EMPTY.after(People.topic(2, A, "tea"));
        assertThat(append(journal, "r", 1)).isEqualTo(1);
        Appends.append(journal, "r", List.of(said(2, "x"), said(3, "y")), tea).join();
        Appends.append(journal, "r", List.of(said(4, "z")), null).join();
        journal.close("r");
        assertThat(journal.open("r").join()).isEqualTo(new KeptRoom(1, epoch, 4, 1, tea));
    }

    @Test
    void keepsWhoSaidSomething() {
        Journal journal = MemoryJournal.withDefaults();
        List<Entry.Sequenced> said = new ArrayList<>();
        for (UserItem author : List.of(People.ANN, People.EVE, People.operator(-1, "operator"), People.EVE)) {
            said.add(People.said(said.size() + 1, author, "hello"));
        }
        Appends.append(journal, "r", said, null).join();
        assertThat(read(journal, 0, Journal.NONE, 10).entries()).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({
        // after, before, limit: first, last, more
        "-1, -1, 3, 8, 10, true",
        "-1, -1, 10, 1, 10, false",
        "-1, -1, 99, 1, 10, false",
        "-1, 5, 3, 2, 4, true",
        "-1, 5, 4, 1, 4, false",
        "-1, 2, 4, 1, 1, false",
        "-1, 99, 2, 9, 10, true",
        "0, -1, 3, 1, 3, true",
        "0, -1, 10, 1, 10, false",
        "3, -1, 4, 4, 7, true",
        "9, -1, 4, 10, 10, false",
        "3, 7, 2, 4, 5, true",
        "3, 7, 3, 4, 6, false",
        "3, 7, 9, 4, 6, false",
    })
    void readsBothWays(long after, long before, int limit, long first, long last, boolean more) {
        Journal journal = MemoryJournal.withDefaults();
        for (int seq = 1; seq <= 10; seq++) {
            append(journal, "r", seq);
        }
        EntryPage page = read(journal, after, before, limit);
        assertThat(page.entries().get(0).seq()).isEqualTo(first);
        assertThat(page.entries().get(page.entries().size() - 1).seq()).isEqualTo(last);
        assertThat(page.entries()).hasSize((int) (last - first + 1));
        assertThat(page.more()).isEqualTo(more);
        assertThat(page.head()).isEqualTo(10);
        assertThat(page.floor()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"10, -1", "11, -1", "-1, 1", "-1, 0", "5, 6", "5, 3"})
    void readsNothingWhereThereIsNothing(long after, long before) {
        Journal journal = MemoryJournal.withDefaults();
        for (int seq = 1; seq <= 10; seq++) {
            append(journal, "r", seq);
        }
        assertThat(read(journal, after, before, 5)).isEqualTo(new EntryPage(List.of(), 1, 10, false));
    }

    @Test
    void aPageHasAboutSoManyBytes() {
        Journal journal = MemoryJournal.withDefaults();
        for (int seq = 1; seq <= 10; seq++) {
            append(journal, "r", seq, "x".repeat(1_000));
        }
        assertThat(seqs(journal.read("r", 0, Journal.NONE, 10, 3_500).join())).containsExactly(1L, 2L, 3L);
        assertThat(seqs(journal.read("r", Journal.NONE, Journal.NONE, 10, 3_500).join()))
                .containsExactly(8L, 9L, 10L);
        EntryPage least = journal.read("r", 4, Journal.NONE, 10, 1).join();
        assertThat(seqs(least)).containsExactly(5L);
        assertThat(least.more()).isTrue();
    }

    @Test
    void keepsSoManyEntriesOfARoom() {
        Journal journal = new MemoryJournal(3, 1 << 20, 10);
        for (int seq = 1; seq <= 7; seq++) {
            assertThat(append(journal, "r", seq)).isEqualTo(Math.max(1, seq - 2));
        }
        assertThat(seqs(read(journal, 0, Journal.NONE, 10))).containsExactly(5L, 6L, 7L);
        assertThat(read(journal, 2, Journal.NONE, 10).floor()).isEqualTo(5);
        assertThat(journal.open("r").join().floor()).isEqualTo(5);
        List<Entry.Sequenced> many = new ArrayList<>();
        for (int seq = 8; seq <= 20; seq++) {
            many.add(said(seq, ""));
        }
        assertThat(Appends.append(journal, "r", many, null).join()).isEqualTo(18);
        assertThat(seqs(read(journal, 0, Journal.NONE, 10))).containsExactly(18L, 19L, 20L);
    }

    @Test
    void ofManyEntriesTheOldestAreDroppedTogether() {
        Journal journal = new MemoryJournal(320, 1 << 20, 10);
        for (int seq = 1; seq <= 330; seq++) {
            assertThat(append(journal, "r", seq)).isEqualTo(1);
        }
        assertThat(append(journal, "r", 331)).isEqualTo(12);
        EntryPage all = read(journal, 0, Journal.NONE, 1_000);
        assertThat(all.entries()).hasSize(320);
        assertThat(all.floor()).isEqualTo(12);
        assertThat(seqs(read(journal, Journal.NONE, Journal.NONE, 2))).containsExactly(330L, 331L);
    }

    @Test
    void keepsSoManyBytesInAllAndTheNewestOfThem() {
        Journal journal = new MemoryJournal(1_000, 11_000, 10);
        long seq = 0;
        for (int i = 0; i < 20; i++) {
            seq++;
            append(journal, "r", seq, "x".repeat(952)); // a block of 1,184 bytes each
            append(journal, "s", seq, "x".repeat(952));
        }
        assertThat(seqs(read(journal, 0, Journal.NONE, 99))).isEqualTo(List.of(17L, 18L, 19L, 20L));
        assertThat(seqs(journal.read("s", 0, Journal.NONE, 99, 1 << 20).join()))
                .isEqualTo(List.of(16L, 17L, 18L, 19L, 20L));
        append(journal, "s", 21, "x".repeat(20_000));
        assertThat(read(journal, 0, Journal.NONE, 99)).isEqualTo(new EntryPage(List.of(), 21, 20, false));
        assertThat(journal.read("s", 0, Journal.NONE, 99, 1 << 20).join())
                .isEqualTo(new EntryPage(List.of(), 22, 21, false));
        append(journal, "r", 21);
        assertThat(seqs(read(journal, 0, Journal.NONE, 99))).containsExactly(21L);
    }

    @Test
    @SuppressWarnings("NullAway") // no text: packing the entry throws, as it does without memory
    void aBatchThatFailsInTheMiddleLeavesNothing() {
        Journal journal = MemoryJournal.withDefaults();
        append(journal, "r", 1, "one");
        Entry.Sequenced broken = People.said(3, A, null);
        Entry.Sequenced topic = People.topic(2, A, "tea");
        for (List<Entry.Sequenced> batch : List.of(
                List.of(topic, broken),
                List.of(said(2, "x".repeat(3_000)), broken),
                List.of(topic, People.topic(3, A, "cake"), broken))) {
            assertThatThrownBy(() -> Appends.append(journal, "r", batch, null))
                    .isInstanceOf(NullPointerException.class);
            assertThat(read(journal, 0, Journal.NONE, 10))
                    .isEqualTo(new EntryPage(List.of(said(1, "one")), 1, 1, false));
        }
        append(journal, "r", 2, "two");
        assertThat(read(journal, 0, Journal.NONE, 10))
                .isEqualTo(new EntryPage(List.of(said(1, "one"), said(2, "two")), 1, 2, false));
    }

    @Test
    void forgetsTheRoomUnusedLongest() {
        Journal journal = new MemoryJournal(10, 1 << 20, 2);
        long first = journal.open("a").join().epoch();
        append(journal, "a", 1);
        journal.close("a");
        journal.open("b").join();
        journal.close("b");
        assertThat(journal.open("a").join().head()).isEqualTo(1);
        journal.close("a");
        journal.open("c").join();
        journal.close("c");
        KeptRoom again = journal.open("a").join();
        assertThat(again.epoch()).isEqualTo(first);
        journal.close("a");
        journal.open("d").join();
        journal.open("e").join();
        KeptRoom after = journal.open("a").join();
        assertThat(after.epoch()).isNotEqualTo(first);
        assertThat(after.head()).isZero();
    }

    @Test
    void forgettingDropsEverything() {
        Journal journal = MemoryJournal.withDefaults();
        long epoch = journal.open("r").join().epoch();
        append(journal, "r", 1);
        journal.forget("r");
        journal.forget("r");
        journal.close("r");
        KeptRoom again = journal.open("r").join();
        assertThat(again.epoch()).isNotEqualTo(epoch);
        assertThat(again.head()).isZero();
        assertThat(again.state()).isEqualTo(RoomState.EMPTY);
    }

    /** Entries for which there is no memory any more: who goes through them is told so. */
    private static final class TooMany extends AbstractList<Entry.Sequenced> {
        @Override
        public Entry.Sequenced get(int index) {
            throw new OutOfMemoryError("on purpose");
        }

        @Override
        public int size() {
            return 1;
        }
    }

    @Test
    void withoutMemoryNothingIsKept() {
        Journal journal = MemoryJournal.withDefaults();
        AppendRequest request = new AppendRequest("r", 0, new UUID(1, 1), new TooMany(), null, List.of());
        assertThatThrownBy(() -> journal.append(request).join()).hasCauseInstanceOf(NotKeptException.class);
        assertThat(journal.open("r").join().head()).isZero();
        append(journal, "r", 1);
    }

    /** Without memory to look whether a request is kept, nobody may say that it is not. */
    @Test
    void withoutMemoryARepeatedRequestIsInDoubt() {
        Journal journal = MemoryJournal.withDefaults();
        append(journal, "r", 1);
        AppendRequest request = new AppendRequest("r", 0, new UUID(1, 1), new TooMany(), null, List.of());
        assertThatThrownBy(() -> journal.append(request)).isInstanceOf(OutOfMemoryError.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0", "-1, 1, 1"})
    void aBoundBelowOneIsRefused(int entries, long bytes, int rooms) {
        assertThatThrownBy(() -> new MemoryJournal(entries, bytes, rooms)).isInstanceOf(IllegalArgumentException.class);
    }
}
