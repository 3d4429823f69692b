package io.parley.apps.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @ParameterizedTest
    @CsvSource({
        "0000, \\u{0}",
        "0007, \\u{7}",
        "0008, \\u{8}",
        "0009, \\t",
        "000A, \\n",
        "000D, \\r",
        "001B, \\u{1B}",
        "007F, \\u{7F}",
        "0085, \\u{85}",
        "009B, \\u{9B}",
        "00AD, \\u{AD}",
        "061C, \\u{61C}",
        "200B, \\u{200B}",
        "200E, \\u{200E}",
        "2028, \\u{2028}",
        "2029, \\u{2029}",
        "202E, \\u{202E}",
        "2066, \\u{2066}",
        "D800, \\u{D800}",
        "DFFF, \\u{DFFF}",
        "FEFF, \\u{FEFF}",
        "E0041, \\u{E0041}"
    })
    void whatCanHarmIsWrittenOut(String hex, String written) {
        String harmful = Character.toString(Integer.parseInt(hex, 16));
        assertThat(Printable.of("a" + harmful + "b")).isEqualTo("a" + written + "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain text", "äöü ß", "日本語", "мир", "\uD83D\uDE00", "a\u200Db", "a\u200Cb", "e\u0301", "\\n"
            })
    void textStaysAsItIs(String text) {
        assertThat(Printable.of(text)).isEqualTo(text);
    }

    @Property(tries = 500, seed = "4711")
    void nothingHarmfulRemainsOfAnyText(@ForAll String text) {
        assertThat(Printable.of(text).codePoints())
                .allMatch(point -> !Character.isISOControl(point)
                        && Character.getType(point) != Character.LINE_SEPARATOR
                        && Character.getType(point) != Character.PARAGRAPH_SEPARATOR
                        && Character.getType(point) != Character.SURROGATE);
    }
}
