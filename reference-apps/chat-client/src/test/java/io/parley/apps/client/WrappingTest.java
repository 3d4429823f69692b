package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WrappingTest {
    private static final String FAMILY = "👩‍👩‍👧‍👦";

    @Test
    void rowsAreBrokenAtBlanks() {
        assertThat(Wrapping.rows("one two three", 7, 5)).containsExactly("one two", "three");
        assertThat(Wrapping.rows("one two three", 13, 5)).containsExactly("one two three");
        assertThat(Wrapping.rows("", 5, 5)).containsExactly("");
        assertThat(Wrapping.rows("a\nb\n\nc", 5, 5)).containsExactly("a", "b", "", "c");
    }

    @Test
    void longWordsAreBrokenWhereTheyMustBe() {
        assertThat(Wrapping.rows("abcdefgh", 3, 4)).containsExactly("abc", "defg", "h");
        assertThat(Wrapping.rows("你好世界", 5, 4)).containsExactly("你好", "世界");
        assertThat(Wrapping.rows("abc", 0, -3)).containsExactly("a", "b", "c");
    }

    @Test
    void aWordThatFitsARowOfItsOwnIsKeptWhole() {
        assertThat(Wrapping.rows("abcdefgh ij", 3, 8)).containsExactly("", "abcdefgh", "ij");
        assertThat(Wrapping.rows(" abcdefgh ij", 8, 8)).containsExactly("", "abcdefgh", "ij");
        assertThat(Wrapping.rows(" abcdefghi", 5, 8)).containsExactly(" abcd", "efghi");
        assertThat(Wrapping.rows("你好e\u0301 ab", 4, 5)).containsExactly("", "你好e\u0301", "ab");
    }

    @Test
    void whatIsDrawnAsOneStaysInOneRow() {
        assertThat(Wrapping.rows("ab" + FAMILY, 3, 9)).containsExactly("ab", FAMILY);
        assertThat(Wrapping.rows("abe\u0301", 3, 9)).containsExactly("abe\u0301");
        assertThat(Wrapping.rows("ab❤\uFE0F", 3, 3)).containsExactly("ab", "❤\uFE0F");
    }

    @Test
    void marksAreNotHeapedUpForEver() {
        String row = Wrapping.rows("e" + "\u0301".repeat(1_000) + "x", 9, 9).get(0);
        assertThat(row).hasSizeLessThan(10).startsWith("e").endsWith("x");
    }

    @Test
    void whatDoesNotFitIsCutWithAnEllipsis() {
        assertThat(Wrapping.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Wrapping.cut("abcdef", 5)).isEqualTo("abcd…");
        assertThat(Wrapping.cut("你好世界", 6)).isEqualTo("你好…");
        assertThat(Wrapping.cut("abc", 0)).isEmpty();
    }

    @Property(seed = "4711")
    void noRowIsTooWideAndNoWordIsLostOrBrokenInVain(
            @ForAll @StringLength(max = 60) @CharRange(from = 'a', to = 'e') @Chars({' ', '好', 'é'}) String text,
            @ForAll @IntRange(min = 2, max = 30) int first,
            @ForAll @IntRange(min = 2, max = 30) int rest) {
        List<String> rows = Wrapping.rows(text, first, rest);
        assertThat(Wrapping.width(rows.get(0))).isLessThanOrEqualTo(first);
        assertThat(rows.subList(1, rows.size())).allMatch(row -> Wrapping.width(row) <= rest);
        Deque<String> pieces = new ArrayDeque<>(words(String.join(" ", rows)));
        for (String word : words(text)) {
            StringBuilder found = new StringBuilder(pieces.remove());
            while (Wrapping.width(word) > rest && found.length() < word.length()) {
                found.append(pieces.remove());
            }
            assertThat(found.toString()).isEqualTo(word);
        }
        assertThat(pieces).isEmpty();
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
