package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private static final NamePolicy.Name NAME = NamePolicy.standard().user("Margarete");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "seven 7",
                "aaaaaaaa",
                "12345678",
                "87654321",
                "abcdefgh",
                "PassWord",
                "margarete",
                "Margarete",
                "-margarete-",
                "a\tb and more",
                "\uD800 and more",
                "\uE000 and more"
            })
    void refuses(String password) {
        assertThatThrownBy(() -> PasswordRules.check(NAME, password))
                .isInstanceOfSatisfying(
                        RoomException.class, no -> assertThat(no.reason()).isEqualTo(Reason.BAD_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"eight ch", "correct horse", "\u00fcberflu\u00df", "\uD83D\uDE00 and more", "margarete2026"})
    void allows(String password) {
        assertThatCode(() -> PasswordRules.check(NAME, password)).doesNotThrowAnyException();
    }

    /** Eight characters are eight code points, and the bound is in bytes. */
    @Test
    void countsCharactersBelowAndBytesAbove() {
        String seven = "\uD83D\uDE00a\uD83D\uDE01b\uD83D\uDE02c\uD83D\uDE03";
        assertThatThrownBy(() -> PasswordRules.check(NAME, seven)).hasMessageContaining("at least 8");
        assertThatCode(() -> PasswordRules.check(NAME, seven + "d")).doesNotThrowAnyException();
        String most = "ab".repeat(PasswordRules.MAX_BYTES / 2);
        assertThatCode(() -> PasswordRules.check(NAME, most)).doesNotThrowAnyException();
        assertThatThrownBy(() -> PasswordRules.check(NAME, most + "a")).hasMessageContaining("256 bytes");
        assertThat(PasswordRules.isTooLong("\u20ac".repeat(85))).isFalse();
        assertThat(PasswordRules.isTooLong("\u20ac".repeat(86))).isTrue();
    }

    /** OpaqueString: spaces of all kinds are one, letters are composed, case counts. */
    @Test
    void normalises() {
        assertThat(PasswordRules.normalise("zoe\u0308 is\u00a0new\u3000")).isEqualTo("zo\u00eb is new ");
        assertThat(PasswordRules.normalise("Zoe")).isEqualTo("Zoe");
        assertThat(PasswordRules.normalise("\uFB01")).isEqualTo("\uFB01"); // not a compatible form
    }
}
