package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.RoomException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names there may be, and which are the same. Escapes are used where a character cannot be seen. */
class StandardNamesTest {
    private static final NamePolicy NAMES = NamePolicy.standard();

    private static void assertBad(String name) {
        assertThatThrownBy(() -> NAMES.user(name))
                .isInstanceOfSatisfying(
                        RoomException.class, no -> assertThat(no.reason()).isEqualTo(Reason.BAD_NAME));
        assertThatThrownBy(() -> NAMES.room(name)).isInstanceOf(RoomException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "7",
                "alice",
                "Alice-7",
                "a_b",
                "_a",
                "-a",
                "a.b",
                "[a]",
                "{a}",
                "a|b",
                "^a^",
                "a~",
                "\u00e9milie", // e with acute
                "\u0416\u0435\u043d\u044f", // Cyrillic
                "\u5f20\u4f1f", // Han
                "\u05d3\u05d5\u05d3", // Hebrew, right to left by itself
                "\u0938\u093f\u0924\u093e", // Devanagari with vowel signs
                "\ud835\udfd9a", // a mathematical digit
                "\ud83a\udd22", // Adlam, outside the basic plane
            })
    void goodForUsersAndRooms(String name) {
        assertThat(NAMES.user(name)).isEqualTo(NAMES.room(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#lobby", "c++", "a#b+"})
    void goodForRoomsOnly(String name) {
        assertThat(NAMES.room(name).display()).isEqualTo(name);
        assertThatThrownBy(() -> NAMES.user(name)).isInstanceOf(RoomException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                " a",
                "a ",
                "a\tb",
                "a\n",
                "\u0000",
                "a\u0000",
                "a\u007f",
                "*",
                "a*",
                "a,b",
                "a:b",
                "a/b",
                "a\\b",
                "a@b",
                "a!b",
                "<a>",
                "\"a\"",
                "'a'",
                "a$",
                "-",
                "_.-",
                "[]",
                "\u00a0a", // no-break space
                "a\u3000b", // ideographic space
                "a\u200bb", // zero width space
                "a\u200cb", // zero width non-joiner
                "a\u200db", // zero width joiner
                "\ufeffa", // byte order mark
                "a\u00adb", // soft hyphen
                "a\u2060b", // word joiner
                "a\u202eb", // right-to-left override
                "\u200fa", // right-to-left mark
                "a\u2066b", // isolate
                "a\u061cb", // Arabic letter mark
                "\u2028a", // line separator
                "\ud83d\ude00", // an emoji
                "a\ud83d\ude00", // an emoji behind a letter
                "\ud83d\udc68\u200d\ud83d\udc69", // a joined emoji
                "\u2603", // a symbol
                "\u0301a", // a mark with nothing to stand on
                "_\u0301a", // a mark on a mark
                "a\u20dd", // an enclosing circle
                "\ud800", // half a character
                "a\udc00b",
                "\ue000", // private use
                "\uffff", // no character
                "a\ufffd", // what broken text becomes
                "\u2800", // Braille blank
                "\ud801\udc37", // Deseret: of the past
                "|a",
                "a|",
                "a\u0430", // Latin and Cyrillic
                "\u0430a",
                "a\u05d0", // Latin and Hebrew
                "1\u0301", // an accent on a digit
            })
    void bad(String name) {
        assertBad(name);
    }

    @ParameterizedTest
    @CsvSource({"31, true", "32, true", "33, false", "128, false", "129, false", "100000, false"})
    void lengthsInCodePoints(int length, boolean good) {
        for (String one : new String[] {"a", "\u00e9", "\ud83a\udd22", "e\u0301"}) {
            if (good) {
                String display = NAMES.user(one.repeat(length)).display();
                assertThat(display.codePointCount(0, display.length())).isEqualTo(length);
            } else {
                assertBad(one.repeat(length));
            }
        }
    }

    @Test
    void whatGrowsInNormalizationIsMeasuredAfterIt() {
        String ligature = "\ufb03"; // ffi: three letters
        assertThat(NAMES.user(ligature.repeat(10) + "aa").display()).hasSize(32);
        assertBad(ligature.repeat(10) + "aaa");
        assertBad(ligature.repeat(11));
        assertBad("\ufdfa"); // eighteen characters, spaces among them
    }

    @ParameterizedTest
    @CsvSource({
        "Alice, ALICE",
        "alice, \uff41\uff4c\uff49\uff43\uff45", // full width
        "\u00e9a, e\u0301a", // composed and not
        "stra\u00dfe, STRASSE",
        "\u03c3\u03b1\u03c2, \u03a3\u0391\u03a3", // final sigma
        "\u0391\u0399, \u0391\u0399",
        "fi, \ufb01",
        "\u00c5, \u212b", // the Angstrom sign
        "k, \u212a", // the Kelvin sign
        "1, \u00b9", // superscript
        "I, \u0131", // upper case of the dotless i
        "\u1e9b, \u1e61",
        "\u0390, \u1fd3",
        "\u10d0, \u1c90", // Georgian
        "\u13a0, \uab70", // Cherokee
        "alice, a1ice",
        "a, \u0430", // Latin and Cyrillic
        "o, \u03bf", // Latin and Greek
        "i, \u0130", // dotted
        "a.b, a-b",
        "a.b, .a_-b.",
        "0, O",
    })
    void theSameName(String one, String other) {
        assertThat(NAMES.user(one).key()).isEqualTo(NAMES.user(other).key());
    }

    @ParameterizedTest
    @CsvSource({
        "e, \u00e9",
        "a.b, ab",
        "a, \u0431", // a Cyrillic letter like none of Latin
        "\u4e00, \u30fc\u4e00",
    })
    void notTheSameName(String one, String other) {
        assertThat(NAMES.user(one).key()).isNotEqualTo(NAMES.user(other).key());
    }

    @ParameterizedTest
    @CsvSource({"c, c", "c#, c#", "c++, c++", "#c#, c#", "+1, l", "[c]#, c-#", "c#., c#"})
    void signsOfRooms(String room, String key) {
        assertThat(NAMES.room(room).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"Jim, jlrn", "'a b', 'a b'", "O'Neil, o'nell", "\u0391-, a", "'', ''", "--, ''", "#, ''", "c#, c#"})
    void keysOfTextsThatNeedNotBeNames(String text, String key) {
        assertThat(NamePolicy.lookAlikeKey(text)).isEqualTo(key);
    }

    @Test
    void aKeyThatIsTheNameIsTheSameString() {
        NamePolicy.Name name = NAMES.user("anna");
        assertThat(name.key()).isSameAs(name.display());
        NamePolicy.Name accent = NAMES.user("jos\u00e9");
        assertThat(accent.key()).isSameAs(accent.display());
    }

    @Test
    void whatIsShownIsNormalized() {
        assertThat(NAMES.user("\uff21e\u0301").display()).isEqualTo("A\u00e9");
        assertThat(NAMES.user("Alice").display()).isEqualTo("Alice");
        assertThat(NAMES.user("Alice").key()).isEqualTo("allce");
        assertThat(NAMES.user("[Tom Thumb]".replace(' ', '_')).key()).isEqualTo("torn-thurnb");
    }
}
