package io.parley.apps.client.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.jline.utils.WCWidth;
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
    void joinersJoinNoLetters() {
        assertThat(Wrapping.rows("x\u200Dy\u200Dz", 2, 2)).containsExactly("x\u200Dy\u200D", "z");
        String joined = "x\u200D".repeat(1_000);
        assertThat(Wrapping.rows(joined, 80, 80)).hasSize(13).allMatch(row -> Wrapping.width(row) <= 80);
        assertThat(Wrapping.width(Wrapping.cut(joined, 80))).isEqualTo(80);
        assertThat(Wrapping.rows("👩\u200D".repeat(100), 80, 80)).allMatch(row -> Wrapping.width(row) <= 80);
    }

    @Test
    void joinersAndVariantsAreNotHeapedUpForEver() {
        assertThat(Wrapping.rows("e" + "\u200D".repeat(1_000) + "x", 9, 9).get(0))
                .hasSizeLessThan(10);
        assertThat(Wrapping.rows("e" + "\uFE0F".repeat(1_000) + "x", 9, 9).get(0))
                .hasSizeLessThan(10);
        assertThat(Wrapping.cut("👩\u0301\u0301\u200D".repeat(9), 80).codePoints())
                .as("on one that is joined of many")
                .hasSize(9 + 6);
        String kiss = "👩🏻‍❤️‍💋‍👨🏿";
        assertThat(Wrapping.cut(kiss, 80)).isEqualTo(kiss);
    }

    @Test
    void theColoursOfSkinAreAsWideAsWhereTheyAreDrawnAlone() {
        assertThat(Wrapping.width("x🏻🏿")).isEqualTo(5);
    }

    @Test
    void whatDoesNotFitIsCutWithAnEllipsis() {
        assertThat(Wrapping.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Wrapping.cut("abcdef", 5)).isEqualTo("abcd…");
        assertThat(Wrapping.cut("你好世界", 6)).isEqualTo("你好…");
        assertThat(Wrapping.cut("abc", 0)).isEmpty();
        assertThat(Wrapping.cut("你好", 2)).isEqualTo("…");
        assertThat(Wrapping.cut("e" + "\u0301".repeat(1_000), 5)).hasSizeLessThan(10);
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

    @Property(seed = "20260101")
    void noTextMakesARowTooWideOrLosesALetter(
            @ForAll("nasty") String text,
            @ForAll @IntRange(min = 2, max = 40) int first,
            @ForAll @IntRange(min = 2, max = 40) int rest) {
        List<String> rows = Wrapping.rows(text, first, rest);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(Wrapping.width(rows.get(i))).isLessThanOrEqualTo(i == 0 ? first : rest);
            assertThat(alone(rows.get(i))).isLessThanOrEqualTo(i == 0 ? first : rest);
        }
        assertThat(letters(String.join("", rows))).isEqualTo(letters(text));
        String cut = Wrapping.cut(text, first);
        assertThat(Wrapping.width(cut)).isLessThanOrEqualTo(first);
        assertThat(alone(cut)).isLessThanOrEqualTo(first);
    }

    /** Mostly pieces that hang together somehow, some of them many times over. */
    @Provide
    Arbitrary<String> nasty() {
        Arbitrary<String> point = Arbitraries.of(
                "x",
                "y",
                "z",
                " ",
                "ß",
                "好",
                "\u3000",
                "\u200D",
                "\u200C",
                "\uFE0F",
                "\uFE0E",
                "\u0301",
                "\u0302",
                "\u20E3",
                "❤",
                "©",
                "👩",
                "💋",
                "🏻",
                "🏿",
                "🇩",
                "🇪",
                "\u1100",
                "\u1161",
                "\u11A8",
                "각",
                "क",
                "\u094D",
                "\u093F",
                "\u0D4E",
                "\uDB40\uDD00",
                "\uD83A\uDCD0");
        Arbitrary<String> piece = point.list().ofMinSize(1).ofMaxSize(4).map(points -> String.join("", points));
        Arbitrary<String> heap =
                Arbitraries.integers().between(1, 50).flatMap(times -> piece.map(one -> one.repeat(times)));
        return Arbitraries.oneOf(piece, piece, heap).list().ofMaxSize(12).map(pieces -> String.join("", pieces));
    }

    /** The width where nothing joins anything. */
    private static int alone(String text) {
        return text.codePoints()
                .map(point -> point >= 0x1F3FB && point <= 0x1F3FF ? 2 : Math.max(0, WCWidth.wcwidth(point)))
                .sum();
    }

    private static String letters(String text) {
        return text.codePoints()
                .filter(point -> (Character.isLetterOrDigit(point) && WCWidth.wcwidth(point) > 0)
                        || Character.getType(point) == Character.OTHER_SYMBOL)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }
}
