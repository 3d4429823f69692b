package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values beside the rooms, and the commands of sessions. */
public interface JournalValuesContract extends JournalBinding {
    private static KeyValue value(String kind, String key, String hex) {
        return new KeyValue(kind, key, Bytes.fromHex(hex));
    }

    private static void put(JournalBench bench, KeyValue... values) {
        JournalBench.await("put", bench.journal().put(List.of(values)));
    }

    private static List<KeyValue> page(JournalBench bench, String kind, String after, int limit) {
        return JournalBench.await(
                "values(" + kind + ", after " + after + ")", bench.journal().values(kind, after, limit));
    }

    /** Values are kept, replaced and removed. */
    @Test
    default void valuesAreKeptReplacedAndRemoved() {
        try (JournalBench bench = JournalBench.open(this)) {
            assertThat(bench.values("k")).as("values of a kind that has none").isEmpty();
            put(bench, new KeyValue("k", "none", null));
            put(bench, value("k", "a", "01"), value("k", "b", ""), value("other", "a", "03"));
            put(bench, value("k", "a", "0400ff"), new KeyValue("k", "b", null), value("k", "c", "05"));
            put(bench);
            List<KeyValue> expected = List.of(value("k", "a", "0400ff"), value("k", "c", "05"));
            assertThat(bench.values("k")).as("values of kind k").isEqualTo(expected);
            assertThat(bench.values("other")).as("values of another kind").containsExactly(value("other", "a", "03"));
            put(bench, value("k", "b", ""));
            assertThat(bench.values("k")).as("values with an empty one").contains(value("k", "b", ""));
            put(bench, new KeyValue("k", "b", null));
            if (bench.fixture().isLasting()) {
                bench.reopen(true);
                assertThat(bench.values("k")).as("values after a crash").isEqualTo(expected);
                bench.reopen(false);
                assertThat(bench.values("k")).as("values after a close").isEqualTo(expected);
            }
        }
    }

    /** A value is found by its kind and key. */
    @Test
    default void valueIsFoundByItsKey() {
        try (JournalBench bench = JournalBench.open(this)) {
            isValue(bench, "k", "a", null);
            put(bench, value("k", "a", "01"), value("k", "b", ""), value("l", "a", "02"));
            put(bench, value("k", "c", "03"));
            put(bench, new KeyValue("k", "c", null), value("k", "d", "04"), value("k", "a", "05ff"));
            for (boolean again : new boolean[] {false, true}) {
                isValue(bench, "k", "a", Bytes.fromHex("05ff"));
                isValue(bench, "k", "b", Bytes.EMPTY);
                isValue(bench, "k", "c", null);
                isValue(bench, "k", "A", null);
                isValue(bench, "k", "a ", null);
                isValue(bench, "k", "", null);
                isValue(bench, "l", "a", Bytes.fromHex("02"));
                isValue(bench, "l", "b", null);
                isValue(bench, "m", "a", null);
                if (!again && bench.fixture().isLasting()) {
                    bench.reopen(true);
                }
            }
        }
    }

    private static void isValue(JournalBench bench, String kind, String key, @Nullable Bytes expected) {
        String call = "value(" + kind + ", " + key + ")";
        assertThat(JournalBench.await(call, bench.journal().value(kind, key)))
                .as(call)
                .isEqualTo(expected);
    }

    /** An append replaces and removes values, as a put does. */
    @Test
    default void appendsReplaceAndRemoveValues() {
        try (JournalBench bench = JournalBench.open(this)) {
            put(bench, value("k", "a", "01"), value("k", "b", "02"), value("k", "c", "03"));
            JournalWriter writer = new JournalWriter(bench.journal(), "r", 1);
            writer.keep(writer.next(
                    1,
                    JournalSamples.about(""),
                    value("k", "a", "04"),
                    new KeyValue("k", "b", null),
                    value("k", "d", "05")));
            assertThat(bench.values("k"))
                    .as("values after an append with some")
                    .containsExactly(value("k", "a", "04"), value("k", "c", "03"), value("k", "d", "05"));
        }
    }

    /** Values are put in the order of the calls. */
    @Test
    default void valuesArePutInOrder() {
        try (JournalBench bench = JournalBench.open(this)) {
            for (int i = 0; i < 99; i++) {
                bench.journal().put(List.of(value("k", "a", "00"), new KeyValue("k", "b" + i % 10, null)));
                bench.journal().put(List.of(value("k", "a", "01"), value("k", "b" + i % 10, "02")));
            }
            put(bench, value("k", "a", "03"));
            assertThat(bench.values("k"))
                    .as("values that were put without waiting")
                    .hasSize(11);
            assertThat(page(bench, "k", "", 1)).as("value that was put last").containsExactly(value("k", "a", "03"));
        }
    }

    /** Values are listed by pages, in the order of their keys. */
    @Test
    default void valuesAreListedInOrder() {
        try (JournalBench bench = JournalBench.open(this)) {
            List<String> keys = List.of("B", "_", "a", "a ", "a b", "aa", "b", "b-1", "b1", "\u00e4", "\u0416");
            for (int i : new int[] {7, 3, 10, 0, 5, 9, 1, 8, 2, 6, 4}) {
                put(bench, value("k", keys.get(i), "00"), value("l", keys.get(i) + "x", "01"));
            }
            List<String> paged = new ArrayList<>();
            while (paged.size() < keys.size()) {
                String last = paged.isEmpty() ? "" : paged.get(paged.size() - 1);
                List<KeyValue> page = page(bench, "k", last, 4);
                assertThat(page).as("page of 4 after %s", paged).hasSize(Math.min(4, keys.size() - paged.size()));
                page.forEach(one -> paged.add(one.key()));
            }
            assertThat(paged).as("keys by pages of 4").isEqualTo(keys);
            assertThat(page(bench, "k", "\u0416", 4))
                    .as("values after the last")
                    .isEmpty();
            assertThat(page(bench, "k", "b0", 1)).as("the value after b0").containsExactly(value("k", "b1", "00"));
        }
    }

    /** Kinds, keys and values may be as long as the interface says. */
    @Test
    default void longValuesAreKept() {
        try (JournalBench bench = JournalBench.open(this)) {
            String kind = "\u20ac".repeat(50);
            byte[] bytes = new byte[1 << 16];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i * 31);
            }
            KeyValue one = new KeyValue(kind, "\u20ac".repeat(299) + "1", Bytes.of(bytes));
            KeyValue two = new KeyValue(kind, "\u20ac".repeat(299) + "2", Bytes.of(bytes));
            put(bench, one, two);
            assertThat(bench.values(kind).equals(List.of(one, two)))
                    .as("two values of 64 KiB, whose keys differ in the last of 300 characters, are kept")
                    .isTrue();
        }
    }

    /** A journal that lasts finds the commands of a session in all rooms. */
    @Test
    default void findsCommands() {
        try (JournalBench bench = JournalBench.lasting(this)) {
            JournalWriter one = new JournalWriter(bench.journal(), "one", 1);
            JournalWriter two = new JournalWriter(bench.journal(), "two", 1);
            new JournalWriter(bench.journal(), "two", 2).write(2);
            new JournalWriter(bench.journal(), "one", -1).write(1);
            one.know(1);
            two.know(2);
            one.keep(one.commands(1, 10, 30, 50));
            two.keep(two.commands(2, 20, 40));
            List<KeptCommand> all = List.of(
                    new KeptCommand("one", 1, 10, 2),
                    new KeptCommand("two", 1, 20, 3),
                    new KeptCommand("one", 1, 30, 3),
                    new KeptCommand("two", 1, 40, 4),
                    new KeptCommand("one", 1, 50, 4));
            for (boolean again : new boolean[] {false, true}) {
                assertThat(find(bench, 1, 0, 100)).as("all commands").isEqualTo(all);
                assertThat(find(bench, 1, 20, 100)).as("commands from 20").isEqualTo(all.subList(1, 5));
                assertThat(find(bench, 1, 21, 100)).as("commands from 21").isEqualTo(all.subList(2, 5));
                assertThat(find(bench, 1, 0, 2)).as("2 commands, the highest").isEqualTo(all.subList(3, 5));
                assertThat(find(bench, 1, 50, 2)).as("2 commands from 50").isEqualTo(all.subList(4, 5));
                assertThat(find(bench, 1, 51, 2)).as("commands from 51").isEmpty();
                assertThat(find(bench, 7, 0, 2))
                        .as("commands of another session")
                        .isEmpty();
                assertThat(find(bench, -1, 0, 2))
                        .as("commands of the session with the highest number")
                        .containsExactly(new KeptCommand("one", -1, 1, 1));
                if (!again) {
                    bench.reopen(true);
                }
            }
        }
    }

    /** A journal that does not last finds nothing: its rooms know what they need. */
    @Test
    default void findsNothingIfItDoesNotLast() {
        try (JournalBench bench = JournalBench.open(this)) {
            new JournalWriter(bench.journal(), "r", 1).write(3);
            List<Long> found =
                    find(bench, 1, 0, 10).stream().map(KeptCommand::cid).toList();
            assertThat(found)
                    .as("commands that are found")
                    .isEqualTo(
                            bench.fixture().isLasting()
                                    ? LongStream.of(1, 2, 3).boxed().toList()
                                    : List.of());
        }
    }

    private static List<KeptCommand> find(JournalBench bench, long origin, long from, int limit) {
        return JournalBench.await(
                "find(" + origin + ", from " + from + ")", bench.journal().find(origin, from, limit));
    }
}
