package io.parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.People;
import io.parley.model.UserItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The journal in memory against plain lists: the same entries at the same places, and reads that agree. */
class MemoryJournalProperties {
    private static final UserItem A = People.guest(1, "a");
    private static final int ROOMS = 3;
    private static final int PACKED = 54; // bytes of an entry with an author of one letter, besides its body
    private static final int PLENTY = 1 << 20;

    /** So many entries of so many letters into one room, at once. */
    record Batch(int room, int count, int letters) {}

    /** One call of {@link Journal#read}. */
    record Read(int room, long after, long before, int limit, int maxBytes) {}

    @Provide
    Arbitrary<List<Batch>> batches() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, ROOMS - 1),
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 300))
                .as(Batch::new)
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Read>> reads() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, ROOMS - 1),
                        Arbitraries.longs().between(-1, 70),
                        Arbitraries.longs().between(-1, 70),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(1, 3_000))
                .as(Read::new)
                .list()
                .ofSize(10);
    }

    /** What was said, and what a journal still has of it. */
    private static final class Model {
        private final List<List<Entry.Message>> said = new ArrayList<>();
        private final long[] floors = new long[ROOMS];

        Model() {
            for (int room = 0; room < ROOMS; room++) {
                said.add(new ArrayList<>());
                floors[room] = 1;
            }
        }

        List<Entry.Sequenced> say(Batch batch) {
            List<Entry.Message> all = said.get(batch.room());
            int before = all.size();
            for (int seq = before + 1; seq <= before + batch.count(); seq++) {
                all.add(People.said(seq, A, "x".repeat(batch.letters())));
            }
            return List.copyOf(all.subList(before, all.size()));
        }

        long head(int room) {
            return said.get(room).size();
        }

        List<Entry.Message> kept(int room) {
            return said.get(room).subList((int) floors[room] - 1, said.get(room).size());
        }

        /** Looks what is still there, and whether that is as much as the bounds allow. */
        void check(MemoryJournal journal, int keepEntries, int keepBytes) {
            long bytes = 0;
            for (int room = 0; room < ROOMS; room++) {
                long floor =
                        journal.read("r" + room, 0, Journal.NONE, 1, 1).join().floor();
                assertThat(floor).isBetween(floors[room], head(room) + 1);
                floors[room] = floor;
                assertThat(kept(room)).hasSizeLessThanOrEqualTo(keepEntries + keepEntries / 32);
                bytes += kept(room).stream()
                        .mapToInt(entry -> PACKED + entry.body().length())
                        .sum();
                if (keepBytes == PLENTY) {
                    assertThat(floor).isEqualTo(Math.max(1, head(room) - keepEntries + 1));
                }
            }
            assertThat(bytes).isLessThanOrEqualTo(keepBytes);
        }

        EntryPage read(Read read) {
            long head = head(read.room());
            List<Entry.Message> all = new ArrayList<>(kept(read.room()));
            long floor = head - all.size() + 1;
            all.removeIf(entry ->
                    entry.seq() <= read.after() || (read.before() != Journal.NONE && entry.seq() >= read.before()));
            boolean upward = read.after() != Journal.NONE;
            if (!upward) {
                Collections.reverse(all);
            }
            List<Entry.Sequenced> page = new ArrayList<>();
            int bytes = 0;
            for (Entry.Message entry : all) {
                bytes += 24 + EntryCodec.encode(entry).length;
                if (page.size() == read.limit() || (bytes > read.maxBytes() && !page.isEmpty())) {
                    break;
                }
                page.add(entry);
            }
            boolean more = page.size() < all.size();
            if (!upward) {
                Collections.reverse(page);
            }
            return new EntryPage(page, floor, head, more);
        }
    }

    @Property(tries = 500, seed = "20260101")
    void agreesWithLists(
            @ForAll("batches") List<Batch> batches,
            @ForAll("reads") List<Read> reads,
            @ForAll("keepEntries") int keepEntries,
            @ForAll("keepBytes") int keepBytes) {
        MemoryJournal journal = new MemoryJournal(keepEntries, keepBytes, ROOMS);
        for (int room = 0; room < ROOMS; room++) {
            journal.open("r" + room).join();
        }
        Model model = new Model();
        for (Batch batch : batches) {
            assertThat(Appends.append(journal, "r" + batch.room(), model.say(batch), null))
                    .isCompleted();
            model.check(journal, keepEntries, keepBytes);
        }
        for (Read read : reads) {
            EntryPage page = journal.read("r" + read.room(), read.after(), read.before(), read.limit(), read.maxBytes())
                    .join();
            assertThat(page).as("%s", read).isEqualTo(model.read(read));
        }
        for (int room = 0; room < ROOMS; room++) {
            KeptRoom opened = journal.open("r" + room).join();
            assertThat(opened.head()).isEqualTo(model.head(room));
            assertThat(opened.floor())
                    .isEqualTo(opened.head() - model.kept(room).size() + 1);
        }
    }

    @Provide
    Arbitrary<Integer> keepEntries() {
        return Arbitraries.of(1, 2, 5, 1_000);
    }

    @Provide
    Arbitrary<Integer> keepBytes() {
        return Arbitraries.of(1, 2_000, 5_000, PLENTY);
    }
}
