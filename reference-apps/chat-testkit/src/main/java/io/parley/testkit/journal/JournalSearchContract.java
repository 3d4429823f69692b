package io.parley.testkit.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searching for words in what was said. A journal without an index says so, and is skipped. */
public interface JournalSearchContract extends JournalBinding {

    /** Each word must occur; of the last one the beginning is enough. The newest message is first. */
    @Test
    default void findsWordsTheNewestFirst() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer sayer = JournalSayer.in(bench, "r");
            sayer.say("the server is down again");
            sayer.say("which server?");
            sayer.say("Serve yourself");
            sayer.say("down under");
            assertThat(sayer.found("server")).containsExactly(2L, 1L);
            assertThat(sayer.found("serve")).containsExactly(3L, 2L, 1L);
            assertThat(sayer.found("SERVER, DOWN!")).containsExactly(1L);
            assertThat(sayer.found("down server")).containsExactly(1L);
            assertThat(sayer.found("serve down"))
                    .as("only the last word may be a beginning")
                    .isEmpty();
            assertThat(sayer.found("dow")).containsExactly(4L, 1L);
            assertThat(sayer.found("d")).as("one character is a whole word").isEmpty();
            assertThat(sayer.found("absent")).isEmpty();
            assertThat(sayer.found("")).containsExactly(4L, 3L, 2L, 1L);
            assertThat(sayer.found("?!")).as("no letter and no digit").isEmpty();
        }
    }

    /** Case, accents and the form of characters do not matter; words of other scripts are found. */
    @Test
    default void findsWordsInAnyForm() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer sayer = JournalSayer.in(bench, "r");
            sayer.say("Caf\u00e9 cre\u0300me, Stra\u00dfe 42");
            sayer.say("\uff37\uff29\uff24\uff25 \ufb01sh");
            sayer.say("\u041f\u0440\u0438\u0432\u0435\u0442 \u039f\u0394\u039f\u03a3");
            sayer.say("\u4f60\u597d\u5417 \u6771\u4eac\u90fd");
            sayer.say("\u30ab\u30fc\u30c9\u3092\u8aad\u3080");
            sayer.say("\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e04\u0e23\u0e31\u0e1a");
            assertThat(sayer.found("cafe CREME")).containsExactly(1L);
            assertThat(sayer.found("strasse")).containsExactly(1L);
            assertThat(sayer.found("caf\u00c9")).containsExactly(1L);
            assertThat(sayer.found("wide fish")).containsExactly(2L);
            assertThat(sayer.found("\u043f\u0440\u0438\u0432\u0435\u0442 \u03bf\u03b4\u03bf\u03c2"))
                    .containsExactly(3L);
            assertThat(sayer.found("\u597d")).containsExactly(4L);
            assertThat(sayer.found("\u4eac\u90fd")).containsExactly(4L);
            assertThat(sayer.found("\u4f60\u5417")).isEmpty();
            assertThat(sayer.found("\u30ab\u30fc\u30c9")).containsExactly(5L);
            assertThat(sayer.found("\u30ac\u30fc\u30c9")).as("another letter").isEmpty();
            assertThat(sayer.found("\u0e04\u0e23\u0e31\u0e1a")).containsExactly(6L);
        }
    }

    /** What SQL and query languages treat specially is text. */
    @Test
    default void signsAreNoOperators() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer sayer = JournalSayer.in(bench, "r");
            sayer.say("it's \"quoted\" AND _1 or ^it -- 100%");
            sayer.say("nothing");
            for (String words :
                    List.of("it's", "\"quoted\"", "and", "OR", "NOT it", "100%", "_1", "^it", "'; quoted", "it:*")) {
                assertThat(sayer.found(words))
                        .as("found with %s", words)
                        .isEqualTo(words.startsWith("NOT") ? List.of() : List.of(1L));
            }
            assertThat(sayer.found("a\u0000b\ud800")).isEmpty();
        }
    }

    /** A sender, a time and a number are bounds. */
    @Test
    default void keepsToTheBounds() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer sayer = JournalSayer.in(bench, "r");
            UserItem eve = new UserItem(-7, JournalWriter.ANN.kind(), "eve");
            for (int i = 1; i <= 10; i++) {
                sayer.say(i % 2 == 0 ? eve : JournalWriter.ANN, i * 1_000_000L, "word " + i);
            }
            SearchQuery all = SearchQuery.of("word", 100);
            assertThat(sayer.found(all.by(-7))).containsExactly(10L, 8L, 6L, 4L, 2L);
            assertThat(sayer.found(all.by(99))).isEmpty();
            assertThat(sayer.found(all.within(3_000_000, 6_000_000))).containsExactly(5L, 4L, 3L);
            assertThat(sayer.found(all.within(3_000_001, 6_000_001))).containsExactly(6L, 5L, 4L);
            assertThat(sayer.found(all.within(0, 2_000_000))).containsExactly(1L);
            assertThat(sayer.found(all.within(9_500_000, 0))).containsExactly(10L);
            assertThat(sayer.found(all.within(11_000_000, 0))).isEmpty();
            assertThat(sayer.found(all.below(3))).containsExactly(2L, 1L);
            assertThat(sayer.found(all.below(1))).isEmpty();
            assertThat(sayer.found(all.below(Long.MAX_VALUE))).hasSize(10);
            assertThat(sayer.found(all.by(-7).within(3_000_000, 9_000_000).below(8)))
                    .containsExactly(6L, 4L);
            assertThat(sayer.found(SearchQuery.of("", 100).by(-7).below(5))).containsExactly(4L, 2L);
        }
    }

    /** Pages follow each other without a hole and without anything twice. */
    @Test
    default void givesPages() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer sayer = JournalSayer.in(bench, "r");
            List<Long> even = new ArrayList<>();
            for (int i = 1; i <= 300; i++) {
                sayer.note(i % 2 == 0 ? "even " + i : "odd " + i);
                if (i % 2 == 0) {
                    even.add(0, (long) i);
                }
            }
            sayer.keep();
            assertThat(sayer.page(SearchQuery.of("even", 150)).more()).isFalse();
            assertThat(sayer.page(SearchQuery.of("even", 149)).more()).isTrue();
            for (int limit : new int[] {1, 7, 150, 10_000}) {
                assertThat(sayer.found(SearchQuery.of("even", limit))).isEqualTo(even);
            }
        }
    }

    /** Only messages are found, of this room only. */
    @Test
    default void findsMessagesOfTheRoomOnly() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer other = JournalSayer.in(bench, "other");
            other.say("word of another room");
            JournalSayer sayer = JournalSayer.in(bench, "r");
            UserItem ann = JournalWriter.ANN;
            sayer.add(new Entry.TopicChanged(1, 0, 1, 1, ann, "word"));
            sayer.add(new Entry.Moderated(2, 0, 1, 2, ann, Action.KICK, ann, 0, 0, "word", null));
            sayer.say("word");
            assertThat(sayer.found("word")).containsExactly(3L);
            assertThat(sayer.found("")).containsExactly(3L);
            assertThat(JournalSayer.search(bench.journal(), "nowhere", SearchQuery.of("word", 5)))
                    .isEmpty();
        }
    }

    /** What a bound has removed is not found. */
    @Test
    default void findsNothingBelowTheFloor() {
        try (JournalBench bench = JournalBench.keeping(this, 32)) {
            JournalSayer sayer = JournalSayer.in(bench, "r");
            for (int i = 1; i <= 10; i++) {
                for (int k = 0; k < 10; k++) {
                    sayer.note("word " + i);
                }
                sayer.keep();
            }
            long before = bench.entries("r").get(0).seq();
            List<Long> found = sayer.found("word");
            List<Long> kept =
                    bench.entries("r").stream().map(Entry.Sequenced::seq).toList();
            assertThat(found.get(0)).isEqualTo(100);
            assertThat(found.get(found.size() - 1)).isBetween(before, kept.get(0));
            assertThat(sayer.found("word").size()).isLessThanOrEqualTo(found.size());
        }
    }

    /** A room that was forgotten has nothing, and its successor only what is its own. */
    @Test
    default void findsNothingOfAForgottenRoom() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer old = JournalSayer.in(bench, "r");
            old.say("old word");
            JournalBench.await("forget(r)", bench.journal().forget("r"));
            assertThat(JournalSayer.search(bench.journal(), "r", SearchQuery.of("word", 5)))
                    .isEmpty();
            JournalSayer next = JournalSayer.in(bench, "r");
            next.say("new word");
            assertThat(next.found("word")).containsExactly(1L);
            assertThat(next.found("old")).isEmpty();
        }
    }

    /** What was found before is found by the next process. */
    @Test
    default void findsWhatAnEarlierProcessKept() {
        for (boolean crash : new boolean[] {false, true}) {
            try (JournalBench bench = JournalBench.lasting(this)) {
                JournalSayer.in(bench, "r").say("first word");
                Journal next = bench.reopen(crash);
                JournalSayer sayer = JournalSayer.in(bench, "r");
                assertThat(JournalSayer.search(next, "r", SearchQuery.of("word", 5)))
                        .containsExactly(1L);
                sayer.say("second word");
                assertThat(sayer.found("word")).containsExactly(2L, 1L);
            }
        }
    }

    /** Only the first part of a long text is searched. */
    @Test
    default void searchesTheBeginningOfALongText() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer sayer = JournalSayer.in(bench, "r");
            sayer.say("first " + "x ".repeat(2_040) + " edge");
            sayer.say("first " + "y ".repeat(2_100) + " beyond");
            sayer.say("z".repeat(5_000));
            assertThat(sayer.found("first")).containsExactly(2L, 1L);
            assertThat(sayer.found("edge")).containsExactly(1L);
            assertThat(sayer.found("beyond")).isEmpty();
            assertThat(sayer.found("z".repeat(200))).containsExactly(3L);
            assertThat(sayer.found(SearchQuery.of("w".repeat(SearchQuery.MOST_CHARS), 5)))
                    .isEmpty();
        }
    }

    /** Each journal has its own way to keep a message, and all have a way to say what it says. */
    @Test
    default void findsMessagesWithTags() {
        try (JournalBench bench = JournalBench.open(this)) {
            JournalSayer sayer = JournalSayer.in(bench, "r");
            sayer.add(new Entry.Message(
                    1, 5, 1, 1, JournalWriter.ANN, "tagged", Tags.of("k", io.parley.codec.Bytes.fromHex("00"))));
            assertThat(sayer.page(SearchQuery.of("tagged", 1)).entries()).isEqualTo(bench.entries("r"));
        }
    }
}
