package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every text that could be a name. */
class StandardNamesProperties {
    private static final NamePolicy NAMES = NamePolicy.standard();

    private static Optional<NamePolicy.Name> name(String wanted) {
        try {
            return Optional.of(NAMES.room(wanted));
        } catch (RoomException no) {
            assertThat(no.reason()).isEqualTo(RoomException.Reason.BAD_NAME);
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings()
                        .alpha()
                        .numeric()
                        .withChars("-_.#+")
                        .ofMinLength(1)
                        .ofMaxLength(34),
                letters().list().ofMinSize(1).ofMaxSize(12).map(list -> String.join("", list)),
                words());
    }

    /** Letters, accents and marks of which most make a name. */
    private static Arbitrary<String> words() {
        return Arbitraries.of(
                        "anna",
                        "OPERATOR",
                        "jim",
                        "\u0390",
                        "\u00df",
                        "\u0131",
                        "I\u0307",
                        "\u01c5",
                        "\u1f82",
                        "\u0451",
                        "\u0439",
                        "\u1ea1",
                        "\u1eed",
                        "\u1e9b\u0323",
                        "\u212b",
                        "\ufb03",
                        "\uff21",
                        "\u0301",
                        "\u0308",
                        "\u0323",
                        "\u0345",
                        "\u3099",
                        "\u30cf",
                        "\ud55c",
                        "\u1112\u1161\u11ab",
                        "\u0958",
                        "\u093f",
                        "\u0623",
                        "\u064e",
                        "_",
                        ".",
                        "|",
                        "#",
                        "+",
                        "0",
                        "1",
                        "\u0661")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(list -> String.join("", list));
    }

    private static Arbitrary<String> letters() {
        return Arbitraries.integers()
                .between(0x41, 0x2ffff)
                .filter(point ->
                        Character.isLetterOrDigit(point) || Character.getType(point) == Character.NON_SPACING_MARK)
                .map(Character::toString);
    }

    @Property(tries = 3_000, seed = "20260101")
    void whatIsShownIsTheSameNameAgain(@ForAll("texts") String wanted) {
        name(wanted).ifPresent(name -> assertThat(NAMES.room(name.display())).isEqualTo(name));
    }

    @Property(tries = 3_000, seed = "20260101")
    void upperCaseIsTheSameName(@ForAll("texts") String wanted) {
        name(wanted)
                .flatMap(name -> name(name.display().toUpperCase(Locale.ROOT))
                        .map(upper -> new String[] {name.key(), upper.key()}))
                .ifPresent(keys -> assertThat(keys[1]).isEqualTo(keys[0]));
    }

    @Property(tries = 5_000, seed = "20260101")
    void caseDoesNotCount(@ForAll("texts") String wanted) {
        for (String other : new String[] {wanted.toLowerCase(Locale.ROOT), wanted.toUpperCase(Locale.ROOT)}) {
            sameIfBoth(wanted, other);
        }
    }

    @Property(tries = 5_000, seed = "20260101")
    void formsOfUnicodeDoNotCount(@ForAll("texts") String wanted) {
        for (Normalizer.Form form : Normalizer.Form.values()) {
            String other = Normalizer.normalize(wanted, form);
            if (wanted.length() <= 128 && other.length() <= 128) { // else it is not looked at
                assertThat(name(other)).isEqualTo(name(wanted));
            }
        }
    }

    @Property(tries = 5_000, seed = "20260101")
    void aKeyThatIsANameIsItsOwnKey(@ForAll("texts") String wanted) {
        name(wanted).ifPresent(name -> sameIfBoth(wanted, name.key()));
    }

    private static void sameIfBoth(String one, String other) {
        name(one)
                .flatMap(name -> name(other).map(same -> List.of(name.key(), same.key())))
                .ifPresent(keys -> assertThat(keys.get(1)).isEqualTo(keys.get(0)));
    }

    @Property(tries = 5_000, seed = "20260101")
    void whateverIsWrongIsABadName(@ForAll String wanted) {
        name(wanted);
        try {
            NAMES.user(wanted);
        } catch (RoomException no) {
            assertThat(no.reason()).isEqualTo(RoomException.Reason.BAD_NAME);
        }
    }

    @Example
    void theLongestNamesTakeLittleTime() {
        List<String> longest = List.of(
                "\u1f82".repeat(32),
                "w".repeat(32),
                "\ufdfa".repeat(128),
                "a" + "\u0323".repeat(127),
                "\u0e01\u0e38".repeat(64),
                "a_".repeat(16),
                "\ud800".repeat(128),
                "x".repeat(1 << 20));
        assertTimeout(
                Duration.ofSeconds(5),
                () -> { // 8,000 names: 0.6 ms for each
                    for (int round = 0; round < 1_000; round++) {
                        longest.forEach(StandardNamesProperties::name);
                    }
                });
    }

    @Property(tries = 3_000, seed = "20260101")
    void lengthsHold(@ForAll("texts") String wanted) {
        name(wanted).ifPresent(name -> {
            assertThat(name.display().codePointCount(0, name.display().length()))
                    .isBetween(1, 32);
            assertThat(name.key().length()).isBetween(1, 200);
        });
    }
}
