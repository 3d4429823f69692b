package io.parley.apps.server.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names beside others, as {@code look-alikes.txt} of the standard policy's tests has them, by the policy of the server. */
class LookAlikeNamesTest {
    private static final Pattern UNIT = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final NamePolicy NAMES = LookAlikeNames.INSTANCE;
    private static final int IDEOGRAPHS = 0x4E00; // and what follows them: thousands of the same kind
    private static final int END_OF_HANGUL = 0xD7A3;

    static Stream<List<String>> lines() throws IOException {
        try (InputStream file = LookAlikeNamesTest.class.getResourceAsStream("/io/parley/model/look-alikes.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> List.of(line.split(" ", -1)));
        }
    }

    private static String unescaped(String name) {
        return UNIT.matcher(name)
                .replaceAll(
                        unit -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(unit.group(1), 16))));
    }

    private static String key(boolean room, String name) {
        return (room ? NAMES.room(name) : NAMES.user(name)).key();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void table(List<String> line) {
        boolean room = line.get(0).equals("room");
        String there = key(room, unescaped(line.get(1)));
        String found;
        try {
            found = key(room, unescaped(line.get(2))).equals(there) ? "SAME" : "DIFFERENT";
        } catch (RoomException bad) {
            found = bad.reason().name();
        }
        assertThat(found).isEqualTo(line.get(4));
    }

    /** What is the same for the standard policy is so here, and a key of a key is the key: for each character there is. */
    @Test
    void everyCharacterHasALastingKey() {
        int names = 0;
        for (int point = 0x21; point < 0x2FFFF; point++) {
            int type = Character.getType(point);
            boolean many = (point > IDEOGRAPHS && point < END_OF_HANGUL) || point > 0x20000;
            if (type == Character.UNASSIGNED || type == Character.PRIVATE_USE || (many && point % 16 != 0)) {
                continue;
            }
            NamePolicy.Name name;
            try {
                name = NAMES.room(Character.toString(point));
            } catch (RoomException notAName) {
                continue;
            }
            names++;
            assertThat(NAMES.room(name.display())).isEqualTo(name);
            assertSame(name.key(), name.key());
            assertSame(NamePolicy.standard().room(name.display()).key(), name.key());
        }
        assertThat(names).isGreaterThan(10_000);
    }

    private static void assertSame(String name, String key) {
        String again;
        try {
            again = NAMES.room(name).key();
        } catch (RoomException noName) {
            return; // a key need not be a name
        }
        assertThat(again).as(name).isEqualTo(key);
    }

    @Test
    void aKeyThatIsTheNameIsTheSameString() {
        NamePolicy.Name name = NAMES.user("anna");
        assertThat(name.key()).isSameAs(name.display());
    }
}
