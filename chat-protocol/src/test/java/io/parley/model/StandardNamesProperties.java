package io.parley.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
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
                letters().list().ofMinSize(1).ofMaxSize(12).map(list -> String.join("", list)));
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

    @Property(tries = 3_000, seed = "20260101")
    void lengthsHold(@ForAll("texts") String wanted) {
        name(wanted).ifPresent(name -> {
            assertThat(name.display().codePointCount(0, name.display().length()))
                    .isBetween(1, 32);
            assertThat(name.key().length()).isBetween(1, 200);
        });
    }
}
