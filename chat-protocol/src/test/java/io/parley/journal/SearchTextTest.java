package io.parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words, the terms of an index, and that the two agree. */
class SearchTextTest {
    private static final String[] PARTS = {
        "a",
        "bc",
        "Def",
        "\u00c9t\u00e9",
        "stra\u00dfe",
        "\u4f60\u597d",
        "\u597d",
        "\u30ab\u3099\u30fc",
        "\u0e01\u0e31",
        "42",
        " ",
        "-",
        "_",
        "^",
        "\"",
        "'",
        "\ud83d\ude42",
        "\ud800",
        "\u200d",
        "\u0301",
        "\u0130",
        "\ufb03",
        "\ud835\udd38"
    };

    private static List<String> words(String text) {
        return SearchText.runs(text).stream().map(SearchText.Run::text).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Hello World, hello|world",
        "it's 10:30-11, it|s|10|30|11",
        "snake_case^2, snake|case|2",
        "\u00c9T\u00c9 e\u0301te\u0301, ete|ete",
        "\u0130\u0131\u212a, iik",
        "STRASSE stra\u00dfe, strasse|strasse",
        "\u03a3\u03a3 \u03c3\u03c2, \u03c3\u03c3|\u03c3\u03c3",
        "soft\u00adhyphen, softhyphen",
        "\u0439 \u0451, \u0438|\u0435",
        "abc\u4f60\u597ddef, abc|\u4f60\u597d|def",
        "\u30ab\u30fc\u30c9, \u30ab\u30fc\u30c9",
        "\uff76\uff9e, \u30ac",
        "\uff71\uff72, \u30a2\u30a4",
        "\u0915\u093f\u0924\u093e\u092c, \u0915\u093f\u0924\u093e\u092c",
        "\u05e9\u05b8\u05dc, \u05e9\u05dc",
        "\u1112\u1161\u11ab, \ud55c",
    })
    void splitsIntoWords(String text, String expected) {
        assertThat(String.join("|", words(text))).isEqualTo(expected);
    }

    @Test
    void onlyTheFirstPartCounts() {
        assertThat(words("x".repeat(SearchText.MOST_CHARS - 1) + "\ud835\udd38"))
                .containsExactly("x".repeat(SearchText.MOST_CHARS - 1));
        assertThat(words(" ".repeat(SearchText.MOST_CHARS) + "x")).isEmpty();
    }

    @Test
    void hasTermsForWordsAndBeginnings() {
        assertThat(SearchText.terms("a to the ninth"))
                .isEqualTo(Set.of("a", "to", "^to", "the", "^th", "^the", "ninth", "^ni", "^nin", "^ninth"));
        assertThat(SearchText.terms("\u4f60\u597d\u5417"))
                .isEqualTo(Set.of("\u4f60", "\u597d", "\u5417", "\u4f60\u597d", "\u597d\u5417"));
        assertThat(SearchText.terms("w".repeat(100))).contains("w".repeat(32), "^wwwww");
    }

    @Test
    void aQueryHasTheTermsThatSayMost() {
        assertThat(SearchWords.of("the nin").terms()).containsExactly("the", "^nin");
        assertThat(SearchWords.of("nine").terms()).containsExactly("^nin");
        assertThat(SearchWords.of("ninths").terms()).containsExactly("^ninth");
        assertThat(SearchWords.of("n").terms()).containsExactly("n");
        assertThat(SearchWords.of("\u4f60\u597d\u5417").terms()).containsExactly("\u4f60\u597d", "\u597d\u5417");
        assertThat(SearchWords.of("\u597d").terms()).containsExactly("\u597d");
        assertThat(SearchWords.of(" ").isHopeless()).isFalse();
        assertThat(SearchWords.of(" ").matches("x")).isTrue();
        assertThat(SearchWords.of("!").isHopeless()).isTrue();
        assertThat(SearchWords.of("!").matches("!")).isFalse();
    }

    /** An index may name too many texts, but never too few. */
    @Test
    void aTextThatMatchesHasAllTerms() {
        Random random = new Random(7);
        int matches = 0;
        for (int i = 0; i < 40_000; i++) {
            String text = mixed(random, 8);
            String query = mixed(random, 3);
            if (SearchWords.of(query).matches(text)) {
                matches++;
                assertThat(SearchText.terms(text))
                        .as("terms of %s for %s", text, query)
                        .containsAll(SearchWords.of(query).terms());
            }
        }
        assertThat(matches).isGreaterThan(2_000);
    }

    @Test
    void termsAreHarmless() {
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            String text = random.ints(20, 0, 0x3000)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(SearchText.terms(text)).allMatch(term -> term.matches("[^\\s\"'_&|!()<>:*\\\\\u0000-\u001f]+"));
        }
    }

    private static String mixed(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(most); left > 0; left--) {
            text.append(PARTS[random.nextInt(PARTS.length)]).append(random.nextInt(3) == 0 ? " " : "");
        }
        return text.toString();
    }
}
