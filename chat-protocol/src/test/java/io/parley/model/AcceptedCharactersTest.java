package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.Character.UnicodeScript;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Which characters a name can have, and what they are in a key: the same on each JDK, so that keys are. A JDK with a newer
 * Unicode may fail here. Then its new characters belong into {@link Scripts}, and the numbers here stay as they are.
 */
class AcceptedCharactersTest {
    private static final NamePolicy NAMES = NamePolicy.standard();

    private static boolean isName(String text) {
        try {
            NAMES.room(text);
            return true;
        } catch (RoomException bad) {
            return false;
        }
    }

    private static Collection<String> aLetterOfEachScript() {
        Map<UnicodeScript, String> letters = new EnumMap<>(UnicodeScript.class);
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            String letter = Character.toString(point);
            if (Character.isLetter(point)
                    && isName(letter)
                    && NAMES.room(letter).display().equals(letter)) {
                letters.putIfAbsent(UnicodeScript.of(point), letter);
            }
        }
        return letters.values();
    }

    @Test
    void areTheSameOnEachJdk() {
        Collection<String> letters = aLetterOfEachScript();
        int alone = 0;
        int behind = 0;
        long keys = 0;
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            int type = Character.getType(point);
            if (type == Character.UNASSIGNED || type == Character.PRIVATE_USE || type == Character.SURROGATE) {
                continue; // never accepted, and most of them all
            }
            String character = Character.toString(point);
            if (isName(character)) {
                alone++;
                keys = 31 * keys + point;
                keys = 31 * keys + NAMES.room(character).key().hashCode();
            }
            boolean mark = type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
            for (String letter : mark ? letters : Set.<String>of()) {
                if (isName(letter + character)) {
                    behind++;
                    keys = 31 * keys + point;
                    keys = 31 * keys + NAMES.room(letter + character).key().hashCode();
                }
            }
        }
        assertThat(letters).hasSizeGreaterThan(50);
        assertThat(new long[] {alone, behind, keys}).containsExactly(117_010, 1_109, -8_319_452_605_051_568_793L);
    }

    @Test
    void oneWordHasOneScript() {
        Collection<String> letters = aLetterOfEachScript();
        for (String one : letters) {
            for (String other : letters) {
                UnicodeScript first = UnicodeScript.of(one.codePointAt(0));
                UnicodeScript second = UnicodeScript.of(other.codePointAt(0));
                assertThat(isName(one + "_" + other)).as(first + " " + second).isTrue();
                if (isAlone(first) || isAlone(second)) {
                    assertThat(isName(one + other)).as(first + " " + second).isEqualTo(first == second);
                }
            }
        }
    }

    private static boolean isAlone(UnicodeScript script) {
        return switch (script) {
            case LATIN, HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, COMMON -> false;
            default -> true;
        };
    }

    /** A replacement is what its own replacement would be, and the table has no letter that folding replaces before. */
    @Test
    void theTableIsOrdered() {
        for (int point = 0; point <= 0xFFFF; point++) {
            String replacement = LookAlikes.replacement(point);
            if (replacement != null) {
                replacement.codePoints().forEach(each -> {
                    String again = LookAlikes.replacement(each);
                    assertThat(again == null || again.equals(Character.toString(each)) || again.equals(replacement))
                            .as(replacement)
                            .isTrue();
                });
            }
        }
    }
}
