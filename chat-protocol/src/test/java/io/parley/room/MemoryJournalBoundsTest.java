package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The journal in memory: bounds that reach over rooms. */
class MemoryJournalBoundsTest {
    private static long append(Journal journal, String room, long seq, int letters) {
        Entry.Sequenced said = new Entry.Message(seq, 0, 0, 0, "a", "x".repeat(letters), Map.of());
        return journal.append(room, List.of(said), null).join();
    }

    @Test
    void anAppendTellsTheFloorThoughAnotherRoomMovedIt() {
        Journal journal = new MemoryJournal(1_000, 1_000, 10);
        append(journal, "r", 1, 100);
        append(journal, "r", 2, 100);
        append(journal, "s", 1, 900); // drops both of r
        assertThat(journal.read("r", 0, Journal.NONE, 10, 1_000).join().floor()).isEqualTo(3);
        assertThat(append(journal, "r", 3, 0)).isEqualTo(3);
    }

    @Test
    void aRoomInUseIsNeverForgotten() {
        Journal journal = new MemoryJournal(10, 1 << 20, 1);
        journal.open("a").join();
        Journal.Opened opened = journal.open("b").join();
        append(journal, "b", 1, 0);
        Journal.Opened again = journal.open("b").join();
        assertThat(again.epoch()).isEqualTo(opened.epoch());
        assertThat(again.head()).isEqualTo(1);
    }

    @Test
    void aRoomForgottenInUseCanBeForgottenAgain() {
        Journal journal = new MemoryJournal(10, 1 << 20, 1);
        journal.open("a").join();
        journal.forget("a");
        append(journal, "a", 1, 0);
        journal.close("a");
        journal.open("b").join();
        journal.close("b");
        assertThat(journal.open("a").join().head()).isZero();
    }

    @Test
    void aQuietRoomDoesNotMakeTheRestGrow() throws Exception {
        MemoryJournal journal = new MemoryJournal(10, 1 << 20, 10);
        append(journal, "quiet", 1, 0);
        for (int seq = 1; seq <= 50_000; seq++) {
            append(journal, "busy", seq, 0);
        }
        Field ages = MemoryJournal.class.getDeclaredField("ages");
        ages.setAccessible(true);
        assertThat(((Collection<?>) ages.get(journal)).size()).isLessThan(1_000); // 11 entries are kept
        assertThat(journal.read("quiet", 0, Journal.NONE, 10, 100).join().entries())
                .hasSize(1);
    }

    @Test
    void nothingLiesAboveTheHighestNumber() {
        Journal journal = MemoryJournal.withDefaults();
        append(journal, "r", 1, 0);
        assertThat(journal.read("r", Long.MAX_VALUE, Journal.NONE, 10, 100)
                        .join()
                        .entries())
                .isEmpty();
    }
}
