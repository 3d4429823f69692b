package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Names beside others, as {@code look-alikes.txt} has them, by the standard policy. The chat server reads the same file. */
class LookAlikeTableTest {
    private static final Pattern UNIT = Pattern.compile("\\\\u([0-9a-f]{4})");
    private static final NamePolicy NAMES = NamePolicy.standard();

    static Stream<List<String>> lines() throws IOException {
        try (InputStream file = LookAlikeTableTest.class.getResourceAsStream("look-alikes.txt")) {
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

    private static String compare(List<String> line) {
        boolean room = line.get(0).equals("room");
        String there = key(room, unescaped(line.get(1)));
        try {
            return key(room, unescaped(line.get(2))).equals(there) ? "SAME" : "DIFFERENT";
        } catch (RoomException bad) {
            return bad.reason().name();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void standardPolicy(List<String> line) {
        assertThat(compare(line)).isEqualTo(line.get(3));
    }

    @Test
    void thereAreEnoughOfThem() throws IOException {
        assertThat(lines().map(line -> line.subList(0, 3)).distinct()).hasSizeGreaterThan(400);
        assertThat(lines()).allSatisfy(line -> {
            assertThat(line).hasSize(5);
            assertThat(line.get(0)).isIn("user", "room");
        });
    }
}
