package io.parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Entry;
import io.parley.model.People;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The journal in memory: bounds that reach over rooms. */
class MemoryJournalBoundsTest {
    private static long append(Journal journal, String room, long seq, int letters) {
        Entry.Sequenced said = People.said(seq, People.guest(1, "a"), "x".repeat(letters));
        return Appends.append(journal, room, List.of(said), null).join();
    }

    @Test
    void anAppendTellsTheFloorThoughAnotherRoomMovedIt() {
        Journal journal = new MemoryJournal(1_000, 3_000, 10);
        append(journal, "r", 1, 100);
        append(journal, "r", 2, 100);
        append(journal, "s", 1, 2_000); // drops both of r
        assertThat(journal.read("r", 0, Journal.NONE, 10, 1_000).join().floor()).isEqualTo(3);
        assertThat(append(journal, "r", 3, 0)).isEqualTo(3);
    }

    @Test
    void aRoomInUseIsNeverForgotten() {
        Journal journal = new MemoryJournal(10, 1 << 20, 1);
        journal.open("a").join();
        KeptRoom opened = journal.open("b").join();
        append(journal, "b", 1, 0);
        KeptRoom again = journal.open("b").join();
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
    void theOldestGoFirstWhicheverRoomTheyAreIn() {
        MemoryJournal journal = new MemoryJournal(1_000, 10_000, 10); // seven blocks
        append(journal, "busy", 1, 0);
        append(journal, "quiet", 1, 0);
        long seq = 2;
        while (floor(journal, "quiet") == 1) {
            append(journal, "busy", seq++, 0);
            assertThat(seq).isLessThan(300);
        }
        assertThat(seq).isGreaterThan(100);
        assertThat(floor(journal, "busy")).isBetween(10L, 40L); // a block's worth went before
        append(journal, "quiet", 2, 0);
        for (int i = 0; i < 100; i++) {
            append(journal, "busy", seq++, 0);
        }
        assertThat(floor(journal, "quiet")).isEqualTo(2);
    }

    private static long floor(Journal journal, String room) {
        return journal.read(room, 0, Journal.NONE, 1, 1).join().floor();
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
