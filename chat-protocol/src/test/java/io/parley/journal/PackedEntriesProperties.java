package io.parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.People;
import io.parley.model.PresenceMode;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Packed entries against a list: what is read is what was added, whatever is dropped in between. */
class PackedEntriesProperties {
    private static final RoomSettings CLOSED = new RoomSettings(true, 3, PresenceMode.OFF);

    /** One entry to add, after so many were dropped. */
    record Step(int drops, String author, String body, int tags, int kind) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(400),
                Arbitraries.of("", "Οδυσσέας", "\u0000", "😀 日本語", "é", "\uFFFF"),
                Arbitraries.of("x".repeat(40_000), "ж".repeat(9_000)));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        texts,
                        texts,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 8))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    private static Entry.Sequenced entry(Step step, long seq) {
        UserKind kind = UserKind.of(step.kind());
        UserItem author = new UserItem(~seq, kind, step.author());
        Tags tags = Tags.NONE;
        for (int i = 0; i < step.tags(); i++) {
            tags = tags.with(step.author() + i, Bytes.of(new byte[] {(byte) i, -1, 0}));
        }
        return switch (step.kind()) {
            case 0 -> new Entry.TopicChanged(seq, 7, 8, 9, author, step.body());
            case 1 -> new Entry.Moderated(seq, 8, 9, 10, author, Action.MUTE, People.BOB, 3, 9, step.body(), null);
            case 2 -> new Entry.Configured(seq, Long.MAX_VALUE, 8, 9, author, CLOSED);
            default -> new Entry.Message(seq, -1, Long.MIN_VALUE, 1L << 40, author, step.body(), tags);
        };
    }

    /** A room that gives up its oldest for each that is new stays as large as it is. */
    @Example
    void whatIsDroppedIsUsedAgain() {
        PackedEntries packed = new PackedEntries();
        String text = "x".repeat(1_000);
        long most = 0;
        for (long seq = 1; seq <= 10_000; seq++) {
            packed.add(People.said(seq, People.ANN, text), seq);
            if (seq > 1_000) {
                packed.removeFirst();
            }
            if (seq == 2_000) {
                most = packed.bytes();
            } else if (seq > 2_000) {
                assertThat(packed.bytes()).isLessThanOrEqualTo(most + (64 << 10));
            }
            assertThat(packed.age()).isBetween(Math.max(1, seq - 1_100), seq);
        }
        assertThat(packed.read(0, 1, 1, false).get(0).seq()).isEqualTo(9_001);
        assertThat(packed.read(999, 1, 1, false).get(0).seq()).isEqualTo(10_000);
        assertThat(packed.read(0, 1_000, Integer.MAX_VALUE, false))
                .extracting(Entry.Sequenced::seq)
                .isEqualTo(LongStream.rangeClosed(9_001, 10_000).boxed().toList());
    }

    private static long textBytes(List<Entry.Sequenced> entries) {
        return entries.stream()
                .mapToInt(entry -> entry instanceof Entry.Message message
                        ? message.body().length() + message.author().name().length()
                        : 0)
                .sum();
    }

    @Property(tries = 300, seed = "20261129")
    void agreesWithAList(
            @ForAll("steps") List<Step> steps, @ForAll("share") double first, @ForAll("share") double part) {
        PackedEntries packed = new PackedEntries();
        List<Entry.Sequenced> list = new ArrayList<>();
        long seq = 0;
        for (Step step : steps) {
            for (int i = 0; i < step.drops() && !list.isEmpty(); i++) {
                packed.removeFirst();
                list.remove(0);
            }
            Entry.Sequenced entry = entry(step, ++seq);
            packed.add(entry, seq + 1);
            packed.removeLast();
            assertThat(packed.size()).isEqualTo(list.size());
            packed.add(entry, seq);
            list.add(entry);
            assertThat(packed.size()).isEqualTo(list.size());
            assertThat(packed.age()).isBetween(1L, list.get(0).seq());
            assertThat(packed.bytes()).isGreaterThan(textBytes(list));
        }
        int from = (int) (first * list.size());
        int count = (int) (part * (list.size() - from));
        assertThat(packed.read(from, count, Integer.MAX_VALUE, false)).isEqualTo(list.subList(from, from + count));
        assertThat(packed.read(from, count, 1, false)).isEqualTo(list.subList(from, from + Math.min(1, count)));
        assertThat(packed.read(from, count, 1, true))
                .isEqualTo(list.subList(from + count - Math.min(1, count), from + count));
        while (packed.size() > 0) {
            packed.removeFirst();
        }
        assertThat(packed.bytes()).isZero();
        assertThat(packed.age()).isZero();
    }

    @Provide
    Arbitrary<Double> share() {
        return Arbitraries.doubles().between(0, 1);
    }
}
