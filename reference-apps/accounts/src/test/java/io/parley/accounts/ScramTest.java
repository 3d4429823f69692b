package io.parley.accounts;

import static io.parley.accounts.World.applicant;
import static io.parley.accounts.World.decided;
import static io.parley.accounts.World.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramException;
import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM against a client that others have written, and against clients that cheat. */
class ScramTest {
    private static final int FEW = 4_096;
    private static final String PASSWORD = "correct horse";

    private final Journal journal = MemoryJournal.withDefaults();
    private final World world = new World(journal, builder -> builder.scramIterations(FEW));

    /** A client of the independent library, which remembers what it was asked. */
    private static class Anna implements Credentials.Exchange.Client {
        final List<String> asked = new ArrayList<>();
        final ScramClient scram;

        Anna(ScramClient scram) {
            this.scram = scram;
        }

        Anna(String mechanism, String name, String password, byte @Nullable [] binding) {
            ScramClient.FinalBuildStage building = ScramClient.builder()
                    .advertisedMechanisms(List.of(mechanism))
                    .username(name)
                    .password(password.toCharArray())
                    .stringPreparation(StringPreparation.SASL_PREPARATION);
            scram = (binding == null ? building : building.channelBinding("tls-server-end-point", binding)).build();
        }

        Anna(String name, String password) {
            this("SCRAM-SHA-256", name, password, null);
        }

        String first() {
            return scram.clientFirstMessage().toString();
        }

        @Override
        public CompletableFuture<Bytes> ask(Bytes challenge) {
            String text = new String(challenge.toArray(), UTF_8);
            asked.add(text);
            try {
                return CompletableFuture.completedFuture(bytes(asked.size() == 1 ? last(text) : proved(text)));
            } catch (ScramException bad) {
                return CompletableFuture.failedFuture(bad);
            }
        }

        String last(String text) throws ScramException {
            scram.serverFirstMessage(text);
            return scram.clientFinalMessage().toString();
        }

        private String proved(String text) throws ScramException {
            assertThat(scram.serverFinalMessage(text).isError()).isFalse(); // its signature is checked in there
            return "";
        }
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }

    private Decision login(
            String mechanism, String first, Credentials.Exchange.Client client, @Nullable SSLSession tls) {
        Applicant from = applicant("", new Credentials.Exchange(mechanism, bytes(first), client), World.HERE);
        return decided(world.accounts.login(
                new Applicant(from.name(), from.credentials(), from.client(), from.gateway(), from.address(), tls)));
    }

    private Decision login(Anna client) {
        return login(Scram.MECHANISM, client.first(), client, null);
    }

    private void make(String name, String password) {
        world.accounts.create(name, password).join();
    }

    private static SSLSession tls() {
        X509Certificate own = certificate();
        SSLSession session = mock(SSLSession.class);
        when(session.getLocalCertificates()).thenReturn(new X509Certificate[] {own});
        return session;
    }

    private static X509Certificate certificate() {
        X509Certificate certificate = mock(X509Certificate.class);
        when(certificate.getSigAlgName()).thenReturn("SHA256withRSA");
        try {
            when(certificate.getEncoded()).thenReturn(new byte[] {1, 2, 3});
        } catch (java.security.cert.CertificateEncodingException never) {
            throw new IllegalStateException(never);
        }
        return certificate;
    }

    private static byte[] binding() {
        try {
            return com.ongres.scram.common.util.TlsServerEndpoint.getChannelBindingData(certificate());
        } catch (java.security.cert.CertificateEncodingException never) {
            throw new IllegalStateException(never);
        }
    }

    @ParameterizedTest
    @CsvSource({"anna,correct horse", "Anna,correct horse", "jörg,größer als 8"})
    void aClientThatKnowsThePasswordComesIn(String name, String password) {
        make(name, password);
        Anna client = new Anna(name, password);
        assertThat(login(client)).isInstanceOf(Decision.Admit.class);
        assertThat(client.asked).hasSize(2);
        assertThat(client.asked.get(0)).matches("r=.{20,},s=.+,i=4096");
        assertThat(client.asked.get(1)).startsWith("v=");
    }

    @Test
    void otherSpellingsOfAPasswordAreTheSame() {
        make("anna", "e\u0301clair\u00a0dore"); // decomposed, and a space that does not break
        assertThat(login(new Anna("anna", "\u00e9clair dore"))).isInstanceOf(Decision.Admit.class);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreToldTheSame() {
        make("anna", PASSWORD);
        Anna wrong = new Anna("anna", "wrong horse");
        Anna unknown = new Anna("nobody", "wrong horse");
        assertThat(login(wrong)).isEqualTo(Checks.WRONG);
        assertThat(login(unknown)).isEqualTo(Checks.WRONG);
        assertThat(wrong.asked).hasSize(1);
        assertThat(unknown.asked).hasSize(1);
        assertThat(salt(unknown)).hasSameSizeAs(salt(wrong)).isNotEqualTo(salt(wrong));
        assertThat(unknown.asked.get(0)).endsWith(",i=4096");
    }

    private static String salt(Anna client) {
        return client.asked.get(0).replaceAll(".*,s=(.+),i=.*", "$1");
    }

    @Test
    void theSaltOfANameIsTheSameEachTimeAndAfterAStart() {
        Anna once = new Anna("nobody", "x");
        Anna again = new Anna("Nobody", "x");
        Anna other = new Anna("somebody", "x");
        login(once);
        login(again);
        login(other);
        assertThat(salt(once)).isEqualTo(salt(again)).isNotEqualTo(salt(other));
        Anna later = new Anna("nobody", "x");
        try (World restarted = new World(journal, builder -> builder.scramIterations(FEW))) {
            decided(restarted.accounts.login(
                    applicant("", new Credentials.Exchange(Scram.MECHANISM, bytes(later.first()), later), World.HERE)));
        }
        assertThat(salt(later)).isEqualTo(salt(once));
    }

    @Test
    void afterFiveWrongProofsAnAddressWaits() {
        make("anna", PASSWORD);
        for (int i = 0; i < 5; i++) {
            assertThat(login(new Anna("anna", "wrong horse"))).isEqualTo(Checks.WRONG);
        }
        assertThat(reason(login(new Anna("anna", PASSWORD)))).isEqualTo(Reason.RATE_LIMITED);
        assertThat(reason(world.login("anna", PASSWORD))).isEqualTo(Reason.RATE_LIMITED);
        assertThat(world.login("anna", PASSWORD, "192.0.2.99")).isInstanceOf(Decision.Admit.class);
        world.pass(Duration.ofMinutes(5));
        assertThat(login(new Anna("anna", PASSWORD))).isInstanceOf(Decision.Admit.class);
    }

    @Test
    void anAccountGetsItsKeysAtItsNextLoginWithThePassword() {
        Journal old = MemoryJournal.withDefaults();
        try (World before = new World(old, UnaryOperator.identity())) {
            before.accounts.create("anna", PASSWORD).join();
        }
        try (World now = new World(old, builder -> builder.scramIterations(FEW))) {
            assertThat(scramAt(now)).isEqualTo(Checks.WRONG);
            assertThat(now.login("anna", PASSWORD)).isInstanceOf(Decision.Admit.class);
            assertThat(scramAt(now)).isInstanceOf(Decision.Admit.class);
        }
        try (World off = new World(old, UnaryOperator.identity())) {
            assertThat(reason(scramAt(off))).isEqualTo(Reason.FORBIDDEN);
            assertThat(off.login("anna", PASSWORD)).isInstanceOf(Decision.Admit.class);
        }
    }

    private static Decision scramAt(World there) {
        Anna client = new Anna("anna", PASSWORD);
        return decided(there.accounts.login(
                applicant("", new Credentials.Exchange(Scram.MECHANISM, bytes(client.first()), client), World.HERE)));
    }

    @Test
    void theOldPasswordProvesNothingAfterAChange() {
        make("anna", PASSWORD);
        Anna slow = new Anna("anna", PASSWORD) {
            @Override
            String last(String text) throws ScramException {
                world.accounts.resetPassword("anna", "another horse").join();
                return super.last(text);
            }
        };
        assertThat(login(slow)).isEqualTo(Checks.WRONG);
        assertThat(login(new Anna("anna", PASSWORD))).isEqualTo(Checks.WRONG);
        assertThat(login(new Anna("anna", "another horse"))).isInstanceOf(Decision.Admit.class);
    }

    // ---- the binding to TLS

    @Test
    void underTlsAClientBindsToTheCertificate() {
        make("anna", PASSWORD);
        Anna client = new Anna("SCRAM-SHA-256-PLUS", "anna", PASSWORD, binding());
        String first = client.first();
        assertThat(first).startsWith("p=tls-server-end-point,,");
        assertThat(login(Scram.MECHANISM_PLUS, first, client, tls())).isInstanceOf(Decision.Admit.class);
    }

    @Test
    void aClientThatIsBoundToAnotherServerIsRefused() {
        make("anna", PASSWORD);
        Anna client = new Anna("SCRAM-SHA-256-PLUS", "anna", PASSWORD, new byte[] {9, 9});
        assertThat(login(Scram.MECHANISM_PLUS, client.first(), client, tls())).isEqualTo(Checks.WRONG);
    }

    @ParameterizedTest
    @CsvSource({
        "scram-sha-256-plus, false, 'p=tls-server-end-point,,n=anna,r=abc', nothing to bind to",
        "scram-sha-256-plus, true, 'n,,n=anna,r=abc', needs the binding",
        "scram-sha-256-plus, true, 'y,,n=anna,r=abc', needs the binding",
        "scram-sha-256-plus, true, 'p=tls-unique,,n=anna,r=abc', the only binding",
        "scram-sha-256, true, 'y,,n=anna,r=abc', believes that it has none",
        "scram-sha-256, true, 'p=tls-server-end-point,,n=anna,r=abc', is by scram-sha-256-plus",
        "scram-sha-256, false, 'p=tls-server-end-point,,n=anna,r=abc', is by scram-sha-256-plus",
        "scram-sha-1, false, 'n,,n=anna,r=abc', one of the mechanisms"
    })
    void aBindingThatDoesNotFitIsRefusedUnasked(String mechanism, boolean tls, String first, String words) {
        Anna client = new Anna("anna", PASSWORD);
        assertThat(login(mechanism, first, client, tls ? tls() : null))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, no -> assertThat(no.text()).contains(words));
        assertThat(client.asked).isEmpty();
    }

    @Test
    void withoutTlsAClientMayBelieveThatThereIsNoBinding() {
        make("anna", PASSWORD);
        Anna client = new Anna("anna", PASSWORD);
        String first = client.first();
        assertThat(first).startsWith("n,,");
        // The header is checked as the binding: c=biws says n.
        assertThat(login(Scram.MECHANISM, "y" + first.substring(1), client, null))
                .isEqualTo(Checks.WRONG);
    }

    @Test
    void aBindingIsNeededOnlyWhereThereIsOne() {
        make("anna", PASSWORD);
        List<String> said = new ArrayList<>();
        Anna client = new Anna("anna", PASSWORD) {
            @Override
            String last(String text) throws ScramException {
                // What is signed names the binding; so the proof is made anew, as a client would that knows bindings.
                String unproved = "c=eSws," + text.substring(0, text.indexOf(','));
                String signed = said.get(0).substring(3) + "," + text + "," + unproved;
                byte[] salt = java.util.Base64.getDecoder().decode(text.replaceAll(".*,s=(.+),i=.*", "$1"));
                byte[] salted = ScramFunctions.saltedPassword(
                        ScramKeys.SHA_256, StringPreparation.SASL_PREPARATION, PASSWORD.toCharArray(), salt, FEW);
                byte[] key = ScramFunctions.clientKey(ScramKeys.SHA_256, salted);
                byte[] signature = ScramFunctions.clientSignature(
                        ScramKeys.SHA_256, ScramFunctions.storedKey(ScramKeys.SHA_256, key), signed);
                return unproved + ",p="
                        + java.util.Base64.getEncoder().encodeToString(ScramFunctions.clientProof(key, signature));
            }

            @Override
            public CompletableFuture<Bytes> ask(Bytes challenge) {
                return asked.isEmpty() ? super.ask(challenge) : CompletableFuture.completedFuture(Bytes.EMPTY);
            }
        };
        said.add("y" + client.first().substring(1));
        assertThat(login(Scram.MECHANISM, said.get(0), client, null)).isInstanceOf(Decision.Admit.class);
    }

    // ---- what is no SCRAM

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anna",
                "n,,n=,r=abc",
                "n,,r=abc,n=anna",
                "n,,m=1,n=anna,r=abc",
                "n,a=bob,n=anna,r=abc",
                "n,,n=a=b,r=abc",
                "z,,n=anna,r=abc",
                "n,,n=anna",
                "\0",
                "n,,n=anna,r="
            })
    void aFirstMessageThatIsNoneIsRefused(String first) {
        Anna client = new Anna("anna", PASSWORD);
        assertThat(reason(login(Scram.MECHANISM, first, client, null))).isEqualTo(Reason.FORBIDDEN);
        assertThat(client.asked).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        Credentials.Exchange broken = new Credentials.Exchange(
                Scram.MECHANISM, Bytes.of(new byte[] {'n', (byte) 0xff}), new Anna("anna", "x"));
        assertThat(reason(decided(world.accounts.login(applicant("", broken, World.HERE)))))
                .isEqualTo(Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r=other,p=AAAA",
                "c=biws,r=NONCE,p=?",
                "c=?,r=NONCE,p=AAAA",
                "c=biws,r=NONCE",
                "c=biws,r=NONCE,p="
            })
    void aFinalMessageThatIsNoneIsRefused(String last) {
        make("anna", PASSWORD);
        Anna client = new Anna("anna", PASSWORD) {
            @Override
            String last(String text) {
                return last.replace("NONCE", text.substring(2, text.indexOf(',')));
            }
        };
        assertThat(reason(login(client))).isEqualTo(Reason.FORBIDDEN);
        assertThat(client.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 33, 1_000})
    void aProofOfAnyLengthThatIsNotRightIsAWrongPassword(int bytes) {
        make("anna", PASSWORD);
        String proof = java.util.Base64.getEncoder().encodeToString(new byte[Math.max(1, bytes)]);
        Anna client = new Anna("anna", PASSWORD) {
            @Override
            String last(String text) {
                return "c=biws," + text.substring(0, text.indexOf(',')) + ",p=" + proof;
            }
        };
        assertThat(login(client)).isEqualTo(Checks.WRONG);
    }

    @Test
    void aProofIsGoodForOneLogin() {
        make("anna", PASSWORD);
        List<String> seen = new ArrayList<>();
        Anna first = new Anna("anna", PASSWORD) {
            @Override
            String last(String text) throws ScramException {
                seen.add(super.last(text));
                return seen.get(0);
            }
        };
        String hello = first.first();
        assertThat(login(Scram.MECHANISM, hello, first, null)).isInstanceOf(Decision.Admit.class);
        Anna replay = new Anna(first.scram) {
            @Override
            String last(String text) {
                return seen.get(0);
            }
        };
        assertThat(reason(login(Scram.MECHANISM, hello, replay, null))).isEqualTo(Reason.FORBIDDEN);
    }

    @Test
    void aClientThatGoesAwayIsNoFault() {
        make("anna", PASSWORD);
        RoomException over = new RoomException(Reason.UNAVAILABLE, "the login is over");
        assertThat(reason(login(
                        Scram.MECHANISM, "n,,n=anna,r=abc", challenge -> CompletableFuture.failedFuture(over), null)))
                .isEqualTo(Reason.UNAVAILABLE);
        Anna goesBeforeTheEnd = new Anna("anna", PASSWORD) {
            @Override
            public CompletableFuture<Bytes> ask(Bytes challenge) {
                return asked.isEmpty() ? super.ask(challenge) : CompletableFuture.failedFuture(over);
            }
        };
        assertThat(reason(login(goesBeforeTheEnd))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(login(new Anna("anna", PASSWORD))).isInstanceOf(Decision.Admit.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "caf\u00e9\ufffd horse", // the replacement character
                "\u00ad\u200b\u00ad\u200b\u00ad\u200b\u00ad\u200b" // nothing is left of it
            })
    void aPasswordThatSaslprepForbidsHasNoKeys(String password) {
        make("anna", password);
        assertThat(world.login("anna", password)).isInstanceOf(Decision.Admit.class);
        assertThat(journal.values("account", "", 10).join())
                .singleElement()
                .satisfies(kept ->
                        assertThat(AccountRecord.of(kept).verifiers().scram()).isEmpty());
    }

    /** SASLprep refuses Hebrew with a digit at its end; here such a name can be an account's. */
    @ParameterizedTest
    @CsvSource({"\u05d0\u05d11,\u05d0\u05d11", "a=2Cb=3Dc,'a,b=c'"})
    void aNameIsTakenAsItIs(String sent, String name) throws Exception {
        ScramExchange exchange = new ScramExchange(bytes("n,,n=" + sent + ",r=abc"), new java.security.SecureRandom());
        assertThat(exchange.name()).isEqualTo(name);
    }

    @Test
    void aNameThatNobodyCanHaveIsNotAsked() {
        Anna client = new Anna("anna", PASSWORD);
        assertThat(login(Scram.MECHANISM, "n,,n=" + "a".repeat(300) + ",r=abc", client, null))
                .isEqualTo(Checks.WRONG);
        assertThat(client.asked).isEmpty();
    }

    /** Whoever guesses by proofs waits in the queue of those who guess by passwords. */
    @Test
    void aWrongProofWaitsForAPlace() {
        make("anna", PASSWORD);
        world.accounts.close();
        assertThat(reason(login(new Anna("anna", "wrong horse")))).isEqualTo(Reason.RATE_LIMITED);
        assertThat(login(new Anna("anna", PASSWORD))).isInstanceOf(Decision.Admit.class);
    }

    @Test
    void keysHaveATextOfTheirOwn() {
        ScramKeys keys = requireNonNull(ScramKeys.of(PASSWORD, FEW, new java.security.SecureRandom()));
        assertThat(keys.toText()).startsWith("SCRAM-SHA-256$4096:");
        assertThat(ScramKeys.of(keys.toText())).isEqualTo(keys);
        assertThat(ScramKeys.isCurrent(keys.toText(), FEW)).isTrue();
        assertThat(ScramKeys.isCurrent(keys.toText(), FEW + 1)).isFalse();
        assertThat(ScramKeys.of("")).isNull();
        assertThat(keys.toString()).doesNotContain("=");
    }
}
