package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.room.Journal.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The journal in memory against plain lists: the same entries at the same places, and reads that agree. */
class MemoryJournalProperties {
    private static final int ROOMS = 3;
    private static final int PACKED = 45; // bytes of an entry with a sender of one letter, besides its body
    private static final int WEIGHT = PACKED + 4; // as the bound of all rooms counts it

    private static final int BLOCK = 1_024;

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

    /** Entries that are of one age where rooms are compared. */
    private static final class Block {
        private final long age;
        private final List<Entry.Message> entries = new ArrayList<>();
        private int free;

        Block(long age, int bytes) {
            this.age = age;
            this.free = Math.max(BLOCK, bytes);
        }
    }

    /** What a journal with these bounds has to hold. */
    private static final class Model {
        private final int keepEntries;
        private final int keepBytes;
        private final Map<Integer, Long> heads = new HashMap<>();
        private final Map<Integer, List<Block>> rooms = new HashMap<>(); // oldest first, none without entries
        private long age;

        Model(int keepEntries, int keepBytes) {
            this.keepEntries = keepEntries;
            this.keepBytes = keepBytes;
        }

        List<Entry.Sequenced> append(Batch batch) {
            List<Entry.Sequenced> entries = new ArrayList<>();
            List<Block> blocks = rooms.computeIfAbsent(batch.room(), room -> new ArrayList<>());
            for (int i = 0; i < batch.count(); i++) {
                long seq = heads.merge(batch.room(), 1L, Long::sum);
                Entry.Message said = new Entry.Message(seq, 0, 0, 0, "a", "x".repeat(batch.letters()), Map.of());
                entries.add(said);
                age++;
                int bytes = PACKED + batch.letters();
                if (blocks.isEmpty() || blocks.get(blocks.size() - 1).free < bytes) {
                    blocks.add(new Block(age, bytes));
                }
                Block newest = blocks.get(blocks.size() - 1);
                newest.entries.add(said);
                newest.free -= bytes;
            }
            while (of(batch.room()).size() > keepEntries) {
                drop(blocks);
            }
            while (rooms.values().stream()
                            .flatMap(List::stream)
                            .mapToInt(Model::weight)
                            .sum()
                    > keepBytes) {
                drop(rooms.values().stream()
                        .filter(room -> !room.isEmpty())
                        .min(Comparator.comparing(room -> room.get(0).age))
                        .orElseThrow());
            }
            return entries;
        }

        private static void drop(List<Block> blocks) {
            blocks.get(0).entries.remove(0);
            if (blocks.get(0).entries.isEmpty()) {
                blocks.remove(0);
            }
        }

        private static int weight(Block block) {
            return block.entries.stream()
                    .mapToInt(entry -> WEIGHT + entry.body().length())
                    .sum();
        }

        List<Entry.Message> of(int room) {
            return rooms.getOrDefault(room, List.of()).stream()
                    .flatMap(block -> block.entries.stream())
                    .toList();
        }

        Page read(Read read) {
            long head = heads.getOrDefault(read.room(), 0L);
            List<Entry.Message> all = new ArrayList<>(of(read.room()));
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
                bytes += PACKED + entry.body().length();
                if (page.size() == read.limit() || (bytes > read.maxBytes() && !page.isEmpty())) {
                    break;
                }
                page.add(entry);
            }
            boolean more = page.size() < all.size();
            if (!upward) {
                Collections.reverse(page);
            }
            return new Page(page, floor, head, more);
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
        Model model = new Model(keepEntries, keepBytes);
        for (Batch batch : batches) {
            assertThat(journal.append("r" + batch.room(), model.append(batch), null))
                    .isCompleted();
        }
        for (Read read : reads) {
            Page page = journal.read("r" + read.room(), read.after(), read.before(), read.limit(), read.maxBytes())
                    .join();
            assertThat(page).as("%s", read).isEqualTo(model.read(read));
        }
        for (int room = 0; room < ROOMS; room++) {
            Journal.Opened opened = journal.open("r" + room).join();
            assertThat(opened.head()).isEqualTo(model.heads.getOrDefault(room, 0L));
            assertThat(opened.floor()).isEqualTo(opened.head() - model.of(room).size() + 1);
        }
    }

    @Provide
    Arbitrary<Integer> keepEntries() {
        return Arbitraries.of(1, 2, 5, 1_000);
    }

    @Provide
    Arbitrary<Integer> keepBytes() {
        return Arbitraries.of(1, 300, 2_000, 1 << 20);
    }
}
