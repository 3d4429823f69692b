package io.parley.accounts;

import static io.parley.accounts.World.applicant;
import static io.parley.accounts.World.decided;
import static io.parley.accounts.World.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.journal.NotKeptException;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins without a password: by token, and by certificate. */
class TokensTest {
    private final Journal journal = MemoryJournal.withDefaults();
    private final World world = new World(journal, UnaryOperator.identity());

    private static Decision login(World world, String token) {
        Credentials shown = new Credentials.Token(Bytes.of(token.getBytes(UTF_8)));
        return decided(world.accounts.login(applicant("", shown, World.HERE)));
    }

    private static String who(Decision decision) {
        return ((Decision.Admit) decision).identity().name();
    }

    @Test
    void aTokenIsOfOneAccountAndOutlivesTheProgram() {
        world.accounts.create("Anna", "correct horse").join();
        world.accounts.create("bob", "battery staple").join();
        String ofAnna = world.accounts.makeToken("anna").join();
        String ofBob = world.accounts.makeToken("bob").join();
        assertThat(ofAnna).matches("parley-[A-Za-z0-9_-]{32}").isNotEqualTo(ofBob);
        assertThat(who(login(world, ofAnna))).isEqualTo("Anna");
        try (World later = new World(journal, UnaryOperator.identity())) {
            assertThat(who(login(later, ofBob))).isEqualTo("bob");
            later.accounts.setOperator("bob", true).join();
            assertThat(World.user(login(later, ofBob)).attributes()).containsEntry("operator", "true");
        }
    }

    @Test
    void aTokenOutlivesThePasswordAndNotTheAccount() {
        world.accounts.create("anna", "correct horse").join();
        String token = world.accounts.makeToken("anna").join();
        world.accounts.resetPassword("anna", "battery staple").join();
        assertThat(who(login(world, token))).isEqualTo("anna");
        world.accounts.delete("anna").join();
        assertThat(reason(login(world, token))).isEqualTo(Reason.FORBIDDEN);
        world.accounts.create("anna", "correct horse").join();
        assertThat(reason(login(world, token))).isEqualTo(Reason.FORBIDDEN);
        assertThat(journal.values("account-token", "", 10).join()).isEmpty();
    }

    @Test
    void revokedTokensAreNotGood() {
        Account anna = world.accounts.create("anna", "correct horse").join();
        String one = world.accounts.makeToken("anna").join();
        String other = world.accounts.makeToken("anna").join();
        assertThat(world.accounts.tokens(anna)).isEqualTo(2);
        assertThat(world.ended).isEmpty();
        assertThat(world.accounts.revokeTokens("Anna").join()).isEqualTo(2);
        assertThat(world.ended).singleElement().asString().contains("tokens");
        assertThat(world.accounts.tokens(anna)).isZero();
        for (String token : new String[] {one, other}) {
            assertThat(reason(login(world, token))).isEqualTo(Reason.FORBIDDEN);
            try (World later = new World(journal, UnaryOperator.identity())) {
                assertThat(reason(login(later, token))).isEqualTo(Reason.FORBIDDEN);
            }
        }
        assertThat(world.accounts.revokeTokens("anna").join()).isZero();
    }

    @Test
    void whatCannotBeRevokedNowIsRevokedTheNextTime() {
        Doubtful failing = new Doubtful(MemoryJournal.withDefaults());
        try (World there = new World(failing, UnaryOperator.identity())) {
            Account anna = there.accounts.create("anna", "correct horse").join();
            String token = there.accounts.makeToken("anna").join();
            failing.beforePut = new NotKeptException("no space");
            assertThat(reason(there.accounts.makeToken("anna"))).isEqualTo(Reason.UNAVAILABLE);
            assertThat(there.accounts.tokens(anna)).isEqualTo(1);
            assertThat(reason(there.accounts.revokeTokens("anna"))).isEqualTo(Reason.UNAVAILABLE);
            assertThat(reason(login(there, token))).isEqualTo(Reason.FORBIDDEN);
            assertThat(there.accounts.tokens(anna)).isZero();
            failing.beforePut = null;
            assertThat(there.accounts.revokeTokens("anna").join()).isEqualTo(1);
            try (World later = new World(failing, UnaryOperator.identity())) {
                assertThat(reason(login(later, token))).isEqualTo(Reason.FORBIDDEN);
            }
        }
    }

    @Test
    void nobodyHasNoTokens() {
        assertThat(reason(world.accounts.makeToken("nobody"))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(reason(world.accounts.revokeTokens("no body"))).isEqualTo(Reason.BAD_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "parley-", "anna", "parley-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoTokenIsRefused(String token) {
        world.accounts.create("anna", "correct horse").join();
        world.accounts.makeToken("anna").join();
        assertThat(reason(login(world, token))).isEqualTo(Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({"anna,'',Anna", "anna,ANNA,Anna", "anna,bob,", "nobody,'',", "Ann\u0430,'',", "'',anna,", "an na,'',"})
    void aCertificateIsOfTheAccountThatTheProgramSays(String says, String wanted, String comes) {
        X509Certificate shown = mock(X509Certificate.class);
        Map<X509Certificate, String> known = says.isEmpty() ? Map.of() : Map.of(shown, says);
        try (World mapping =
                new World(journal, builder -> builder.certificates(one -> Optional.ofNullable(known.get(one))))) {
            mapping.accounts.create("Anna", "correct horse").join();
            mapping.accounts.create("bob", "correct horse").join();
            Decision decided =
                    decided(mapping.accounts.login(applicant(wanted, new Credentials.Certificate(shown), World.HERE)));
            if (comes == null) {
                assertThat(reason(decided)).isEqualTo(Reason.FORBIDDEN);
            } else {
                assertThat(who(decided)).isEqualTo(comes);
            }
        }
    }

    @Test
    void aCertificateIsNobodysUnlessTheProgramSays() {
        world.accounts.create("anna", "correct horse").join();
        Credentials shown = new Credentials.Certificate(mock(X509Certificate.class));
        assertThat(reason(decided(world.accounts.login(applicant("anna", shown, World.HERE)))))
                .isEqualTo(Reason.FORBIDDEN);
    }
}
