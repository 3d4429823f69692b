package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a client says first, and how it comes back. */
class LoginTest {
    private static String initial(Login login) {
        return new String(login.initial("guest").toArray(), StandardCharsets.UTF_8);
    }

    @Test
    void eachMechanismHasItsFirstResponse() {
        assertThat(initial(Login.GUEST)).isEqualTo("guest");
        assertThat(initial(Login.password("zo\u00eb", "secret"))).isEqualTo("\0zo\u00eb\0secret");
        assertThat(initial(Login.registration("ann", "secret", "code"))).isEqualTo("ann\0secret\0code");
        assertThat(initial(Login.registration("ann", "secret", ""))).isEqualTo("ann\0secret\0");
        assertThat(initial(Login.token("of ann"))).isEqualTo("of ann");
        assertThat(initial(Login.certificate("ann"))).isEqualTo("ann");
        assertThat(Login.GUEST.isSecret()).isFalse();
        assertThat(Login.certificate("ann").isSecret()).isTrue();
    }

    /** An account that was made is logged in to; it is not made again. */
    @Test
    void aRegistrationIsAPasswordLater() {
        assertThat(Login.registration("ann", "secret", "code").again()).isEqualTo(Login.password("ann", "secret"));
        assertThat(Login.token("of ann").again()).isEqualTo(Login.token("of ann"));
        assertThat(Login.GUEST.again()).isEqualTo(Login.GUEST);
    }

    @Test
    void aNewPasswordIsUsedFromThenOn() {
        assertThat(Login.password("ann", "old").changed("new")).isEqualTo(Login.password("ann", "new"));
        assertThat(Login.token("of ann").changed("new").mechanism()).isEqualTo(Wire.BEARER);
    }

    @Test
    void noSecretIsInItsText() {
        assertThat(Login.registration("ann", "secret", "code").toString()).doesNotContain("secret", "code");
    }
}
