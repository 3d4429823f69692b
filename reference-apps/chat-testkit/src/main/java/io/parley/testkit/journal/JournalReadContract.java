package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.Tags;
import io.parley.testkit.transport.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Reading, both ways, and whether everything comes back as it was. */
public interface JournalReadContract extends JournalBinding {
    private static List<Long> seqs(EntryPage page) {
        return page.entries().stream().map(Entry.Sequenced::seq).toList();
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Looks at a page of a room whose floor is 1. */
    private static void isPage(EntryPage page, String what, long from, long to, long head, boolean more) {
        assertThat(seqs(page)).as("numbers of %s", what).isEqualTo(numbers(from, to));
        assertThat(page.floor()).as("floor of %s", what).isEqualTo(1);
        assertThat(page.head()).as("head of %s", what).isEqualTo(head);
        assertThat(page.more()).as("more of %s", what).isEqualTo(more);
    }

    /** Upwards a page has the oldest entries above a number. */
    @Test
    default void readsUpwards() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "other", 2).write(30);
            new JournalWriter(bench.journal(), "r", 1).write(10);
            isPage(bench.read("r", 0, Journal.NONE, 4), "4 after 0", 1, 4, 10, true);
            isPage(bench.read("r", 4, Journal.NONE, 4), "4 after 4", 5, 8, 10, true);
            isPage(bench.read("r", 8, Journal.NONE, 4), "4 after 8", 9, 10, 10, false);
            isPage(bench.read("r", 6, Journal.NONE, 4), "4 after 6", 7, 10, 10, false);
            isPage(bench.read("r", 0, Journal.NONE, 100), "100 after 0", 1, 10, 10, false);
            isPage(bench.read("r", 9, Journal.NONE, 1), "1 after 9", 10, 10, 10, false);
        }
    }

    /** Downwards a page has the newest entries below a number; they ascend all the same. */
    @Test
    default void readsDownwards() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "other", 2).write(30);
            new JournalWriter(bench.journal(), "r", 1).write(10);
            isPage(bench.read("r", Journal.NONE, Journal.NONE, 4), "the newest 4", 7, 10, 10, true);
            isPage(bench.read("r", Journal.NONE, 7, 4), "4 before 7", 3, 6, 10, true);
            isPage(bench.read("r", Journal.NONE, 3, 4), "4 before 3", 1, 2, 10, false);
            isPage(bench.read("r", Journal.NONE, 5, 4), "4 before 5", 1, 4, 10, false);
            isPage(bench.read("r", Journal.NONE, 100, 4), "4 before 100", 7, 10, 10, true);
            isPage(bench.read("r", Journal.NONE, Long.MAX_VALUE, 10), "10 before the end", 1, 10, 10, false);
        }
    }

    /** Where there is nothing, a page is empty. */
    @Test
    default void nothingIsAPage() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "r", 1).write(10);
            isPage(bench.read("r", 10, Journal.NONE, 4), "4 after the head", 1, 0, 10, false);
            isPage(bench.read("r", 11, Journal.NONE, 4), "4 after 11", 1, 0, 10, false);
            isPage(bench.read("r", Long.MAX_VALUE, Journal.NONE, 4), "4 after the end", 1, 0, 10, false);
            isPage(bench.read("r", Journal.NONE, 1, 4), "4 before 1", 1, 0, 10, false);
            isPage(bench.read("r", Journal.NONE, 0, 4), "4 before 0", 1, 0, 10, false);
        }
    }

    /** Whoever wants all that there is says so with the largest bounds. */
    @Test
    default void boundsMayBeTheLargest() {
        try (JournalBench bench = JournalBench.open(this)) {
            int most = Integer.MAX_VALUE;
            AppendRequest all = new JournalWriter(bench.journal(), "r", 1).write(10);
            JournalBench.await("put", bench.journal().put(List.of(JournalSamples.SESSION)));
            assertThat(JournalBench.read(bench.journal(), "r", 0, Journal.NONE, most, most)
                            .entries())
                    .as("entries of the largest page upwards")
                    .isEqualTo(all.entries());
            assertThat(JournalBench.read(bench.journal(), "r", Journal.NONE, Journal.NONE, most, most)
                            .entries())
                    .as("entries of the largest page downwards")
                    .isEqualTo(all.entries());
            assertThat(JournalBench.await("rooms", bench.journal().rooms("", most)))
                    .as("the longest list of rooms")
                    .containsExactly("r");
            assertThat(JournalBench.await("values", bench.journal().values("session", "", most)))
                    .as("the longest list of values")
                    .containsExactly(JournalSamples.SESSION);
            assertThat(JournalBench.await("find", bench.journal().find(1, 0, most)))
                    .as("the longest list of commands")
                    .hasSize(bench.fixture().isLasting() ? 10 : 0);
        }
    }

    /** With two bounds a page has the oldest entries between them. */
    @Test
    default void readsBetweenTwoBounds() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "r", 1).write(10);
            assertThat(seqs(bench.read("r", 3, 8, 100))).as("after 3, before 8").isEqualTo(numbers(4, 7));
            assertThat(seqs(bench.read("r", 3, 8, 2))).as("2 after 3, before 8").isEqualTo(numbers(4, 5));
            assertThat(seqs(bench.read("r", 3, 4, 2))).as("after 3, before 4").isEmpty();
            assertThat(seqs(bench.read("r", 8, 3, 2))).as("after 8, before 3").isEmpty();
        }
    }

    /** A page has about so many bytes at most, and one entry at least; so everything can be read by pages. */
    @Test
    default void pagesHaveABoundOfBytes() {
        try (JournalBench bench = JournalBench.open(this)) {
            List<Entry.Sequenced> all = new ArrayList<>();
            for (int i = 1; i <= 30; i++) {
                String text = "\u20ac".repeat(1 + i * 37 % 1_000);
                all.add(new Entry.Message(i, i, 1, i, JournalWriter.ANN, text, Tags.NONE));
            }
            new JournalWriter(bench.journal(), "r", 1).keep(JournalWriter.request("r", 0, all));
            for (int maxBytes : new int[] {1, 2_000, 10_000}) {
                List<Entry.Sequenced> upwards = new ArrayList<>();
                while (upwards.size() < 30) {
                    EntryPage page = page(bench, upwards.size(), Journal.NONE, maxBytes);
                    upwards.addAll(page.entries());
                    assertThat(page.more())
                            .as("more, after %d of 30 entries upwards", upwards.size())
                            .isEqualTo(upwards.size() < 30);
                }
                assertThat(upwards).as("entries by pages upwards").isEqualTo(all);
                List<Entry.Sequenced> downwards = new ArrayList<>();
                while (downwards.size() < 30) {
                    EntryPage page = page(bench, Journal.NONE, 31 - downwards.size(), maxBytes);
                    downwards.addAll(0, page.entries());
                    assertThat(page.more())
                            .as("more, after %d of 30 entries downwards", downwards.size())
                            .isEqualTo(downwards.size() < 30);
                }
                assertThat(downwards).as("entries by pages downwards").isEqualTo(all);
            }
        }
    }

    private static EntryPage page(JournalBench bench, long after, long before, int maxBytes) {
        EntryPage page = JournalBench.read(bench.journal(), "r", after, before, 100, maxBytes);
        String what = "after " + after + ", before " + before + ", of at most " + maxBytes + " bytes";
        assertThat(page.entries()).as("entries of the page %s", what).isNotEmpty();
        int bytes = page.entries().stream()
                .mapToInt(entry -> 3 * ((Entry.Message) entry).body().length())
                .sum();
        assertThat(bytes <= maxBytes || page.entries().size() == 1)
                .as(
                        "a page %s has one entry, or no more bytes of text, but has %d entries of %d bytes",
                        what, page.entries().size(), bytes)
                .isTrue();
        return page;
    }

    /** Every kind of entry comes back with every field, also after a restart. */
    @Test
    default void everyFieldComesBack() {
        try (JournalBench bench = JournalBench.open(this)) {
            List<Entry.Sequenced> all = JournalSamples.everyKind();
            new JournalWriter(bench.journal(), "r", 1).keep(JournalWriter.request("r", 0, all));
            for (int i = 0; i < all.size(); i++) {
                EntryPage page = bench.read("r", i, Journal.NONE, 1);
                assertThat(page.entries()).as("entry %d", i + 1).containsExactly(all.get(i));
            }
            assertThat(bench.entries("r")).as("all entries").isEqualTo(all);
            if (bench.fixture().isLasting()) {
                bench.reopen(true);
                assertThat(bench.entries("r")).as("all entries after a crash").isEqualTo(all);
            }
        }
    }

    /** The floor moves when the journal drops the oldest; the numbers go on. */
    @Test
    default void floorMoves() {
        try (JournalBench bench = JournalBench.keeping(this, 100)) {
            KeptRoom old = bench.room("r");
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            Await.until(
                    "the floor moves up when 100 of ever more entries are to be kept",
                    JournalFixture.LIMIT,
                    Duration.ofMillis(5),
                    () -> {
                        writer.write(50);
                        return bench.room("r").floor() > 1;
                    });
            long before = bench.room("r").floor();
            AppendRequest last = writer.next(1);
            AppendResult kept = bench.append(last);
            writer.took(last);
            assertThat(kept).as("answer to the last append").isInstanceOf(AppendResult.Kept.class);
            assertThat(((AppendResult.Kept) kept).floor())
                    .as("floor in the answer to the last append")
                    .isBetween(before, bench.room("r").floor());
            long head = writer.head();
            EntryPage all = bench.read("r", 0, Journal.NONE, JournalBench.MANY);
            long floor = all.floor();
            assertThat(floor).as("floor, where about 100 of %d are kept", head).isBetween(2L, head - 50);
            assertThat(seqs(all)).as("all that is kept").isEqualTo(numbers(floor, head));
            assertThat(all.head()).as("head of a page").isEqualTo(head);
            assertThat(all.more()).as("more behind all that is kept").isFalse();
            assertThat(bench.room("r"))
                    .as("the room")
                    .isEqualTo(new KeptRoom(old.number(), old.epoch(), head, floor, old.state()));
            assertThat(bench.append(last))
                    .as("answer to the last append, repeated")
                    .isEqualTo(new AppendResult.Kept(floor));
            EntryPage first = bench.read("r", floor - 2, Journal.NONE, 10);
            assertThat(seqs(first)).as("10 after two below the floor").isEqualTo(numbers(floor, floor + 9));
            for (long bound : new long[] {1, floor - 1, floor}) {
                EntryPage below = bench.read("r", Journal.NONE, bound, 10);
                assertThat(seqs(below))
                        .as("before %d, where the floor is %d", bound, floor)
                        .isEmpty();
                assertThat(below.more()).as("more below the floor").isFalse();
                assertThat(below.floor()).as("floor of an empty page").isEqualTo(floor);
            }
            EntryPage lowest = bench.read("r", Journal.NONE, floor + 3, 10);
            assertThat(seqs(lowest)).as("before three above the floor").isEqualTo(numbers(floor, floor + 2));
            assertThat(lowest.more()).as("more below the floor").isFalse();
        }
    }

    /** Tags and unknown entries keep each byte. */
    @Test
    default void tagsAndContentKeepTheirBytes() {
        try (JournalBench bench = JournalBench.open(this)) {
            byte[] each = new byte[256];
            for (int i = 0; i < each.length; i++) {
                each[i] = (byte) i;
            }
            Bytes bytes = Bytes.of(each);
            List<Entry.Sequenced> all = List.of(
                    new Entry.Message(1, 1, 1, 1, JournalWriter.ANN, "", Tags.of("b", bytes)),
                    new Entry.Other(2, 1, 1, 2, JournalWriter.ANN, 99, bytes));
            new JournalWriter(bench.journal(), "r", 1).keep(JournalWriter.request("r", 0, all));
            assertThat(bench.entries("r")).as("entries with each byte").isEqualTo(all);
        }
    }
}
