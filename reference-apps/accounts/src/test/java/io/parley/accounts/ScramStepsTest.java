package io.parley.accounts;

import static io.parley.accounts.World.applicant;
import static io.parley.accounts.World.decided;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.parley.accounts.ScramExchange.Binding;
import io.parley.codec.Bytes;
import io.parley.journal.MemoryJournal;
import io.parley.policy.Applicant;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's side of SCRAM against the server's side, and against servers that cheat. */
class ScramStepsTest {
    private static final int FEW = ScramSteps.LEAST_ITERATIONS;
    private static final String PASSWORD = "correct horse";

    private final World world = new World(MemoryJournal.withDefaults(), builder -> builder.scramIterations(FEW));
    private final List<String> asked = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    private ScramSteps steps(String name, String password, Binding binding) {
        return new ScramSteps(name, password, binding, () -> asked.add(name));
    }

    private ScramSteps steps(Binding binding) {
        return steps("anna", PASSWORD, binding);
    }

    /** Logs in to a server that sees one certificate of its own, by a client that sees another, or the same. */
    private Decision login(ScramSteps steps, boolean plus, @Nullable SSLSession own, @Nullable SSLSession peer) {
        Credentials.Exchange shown = new Credentials.Exchange(
                plus ? Scram.MECHANISM_PLUS : Scram.MECHANISM,
                steps.initial(),
                challenge -> CompletableFuture.completedFuture(steps.respond(challenge, peer)));
        Applicant from = applicant("", shown, World.HERE);
        return decided(world.accounts.login(
                new Applicant(from.name(), from.credentials(), from.client(), from.gateway(), from.address(), own)));
    }

    private Decision login(ScramSteps steps) {
        return login(steps, false, null, null);
    }

    /** TLS with a certificate, whose bytes are these, as both ends see it. */
    private static SSLSession tls(String signature, int... bytes) throws Exception {
        byte[] encoded = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            encoded[i] = (byte) bytes[i];
        }
        X509Certificate certificate = mock(X509Certificate.class);
        when(certificate.getSigAlgName()).thenReturn(signature);
        when(certificate.getEncoded()).thenReturn(encoded);
        SSLSession session = mock(SSLSession.class);
        when(session.getLocalCertificates()).thenReturn(new X509Certificate[] {certificate});
        when(session.getPeerCertificates()).thenReturn(new X509Certificate[] {certificate});
        return session;
    }

    @ParameterizedTest
    @CsvSource({"anna,correct horse", "Anna,correct horse", "jörg,größer als 8"})
    void whoKnowsThePasswordComesInAndKnowsThatTheServerDoes(String name, String password) {
        world.accounts.create(name, password).join();
        ScramSteps steps = steps(name, password, Binding.NOT_KNOWN);
        assertThat(steps.isComplete()).isFalse();
        assertThat(login(steps)).isInstanceOf(Decision.Admit.class);
        assertThat(steps.isComplete()).isTrue();
        assertThat(asked).containsExactly(name);
    }

    @Test
    void aNameIsSentAsItIs() throws Exception {
        ScramSteps steps = steps("a,b=c", PASSWORD, Binding.NOT_KNOWN);
        assertThat(new ScramExchange(steps.initial(), new SecureRandom()).name())
                .isEqualTo("a,b=c");
    }

    @Test
    void aWrongPasswordIsRefusedAsAnyOther() {
        world.accounts.create("anna", PASSWORD).join();
        ScramSteps steps = steps("anna", "wrong horse", Binding.NOT_KNOWN);
        assertThat(login(steps)).isEqualTo(Checks.WRONG);
        assertThat(steps.isComplete()).isFalse();
    }

    @Test
    void noNonceIsUsedTwice() {
        assertThat(steps(Binding.NOT_KNOWN).initial())
                .isNotEqualTo(steps(Binding.NOT_KNOWN).initial());
    }

    // ---- the binding

    @ParameterizedTest
    @CsvSource({
        "NOT_KNOWN, 'n,,n=anna,r='",
        "BELIEVED_MISSING, 'y,,n=anna,r='",
        "CERTIFICATE, 'p=tls-server-end-point,,n=anna,r='"
    })
    void theFirstMessageSaysWhatTheClientKnows(Binding binding, String start) {
        assertThat(new String(steps(binding).initial().toArray(), UTF_8)).startsWith(start);
    }

    @Test
    void aLoginIsBoundToTheCertificateThatTheClientSees() throws Exception {
        world.accounts.create("anna", PASSWORD).join();
        SSLSession server = tls("SHA256withRSA", 1, 2, 3);
        assertThat(login(steps(Binding.CERTIFICATE), true, server, server)).isInstanceOf(Decision.Admit.class);
        SSLSession between = tls("SHA256withRSA", 1, 2, 4);
        assertThat(login(steps(Binding.CERTIFICATE), true, server, between)).isEqualTo(Checks.WRONG);
    }

    @Test
    void whoBelievesThatTheBindingIsMissingIsLetInWhereItIs() throws Exception {
        world.accounts.create("anna", PASSWORD).join();
        SSLSession server = tls("SHA256withRSA", 1, 2, 3);
        assertThat(login(steps(Binding.BELIEVED_MISSING), false, null, server)).isInstanceOf(Decision.Admit.class);
        assertThat(login(steps(Binding.BELIEVED_MISSING), false, server, server))
                .isInstanceOfSatisfying(
                        Decision.Deny.class, no -> assertThat(no.text()).contains("believes that it has none"));
    }

    @Test
    void withoutACertificateThereIsNoBinding() throws Exception {
        SSLSession unverified = mock(SSLSession.class);
        when(unverified.getPeerCertificates()).thenThrow(new SSLPeerUnverifiedException("none"));
        SSLSession unreadable = tls("SHA256withRSA", 1);
        when(((X509Certificate) unreadable.getPeerCertificates()[0]).getEncoded())
                .thenThrow(new CertificateEncodingException("broken"));
        List<@Nullable SSLSession> none = new ArrayList<>();
        none.add(null);
        none.add(unverified);
        none.add(unreadable);
        none.add(tls("Ed25519", 1)); // no hash belongs to it
        for (SSLSession tls : none) {
            ScramSteps steps = steps(Binding.CERTIFICATE);
            assertThatThrownBy(() -> steps.respond(serverFirst(steps, "", FEW), tls))
                    .hasMessage("there is no certificate of the server to bind to");
        }
    }

    // ---- servers that cheat

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }

    private static String nonce(ScramSteps steps) {
        String first = new String(steps.initial().toArray(), UTF_8);
        return first.substring(first.indexOf("r=") + 2);
    }

    private static Bytes serverFirst(ScramSteps steps, String before, int iterations) {
        return bytes("r=" + before + nonce(steps) + "more,s=AAAA,i=" + iterations);
    }

    @Test
    void aServerThatDoesNotKnowTheAccountIsNotBelieved() {
        ScramSteps steps = steps(Binding.NOT_KNOWN);
        steps.respond(serverFirst(steps, "", FEW), null);
        assertThatThrownBy(() -> steps.respond(bytes("v=AAAA"), null))
                .hasMessage("the server does not know the password of this account");
        assertThat(steps.isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=", "e=other-error", "hello", "v=?"})
    void aProofThatIsNoneIsNotBelieved(String last) {
        ScramSteps steps = steps(Binding.NOT_KNOWN);
        steps.respond(serverFirst(steps, "", FEW), null);
        assertThatThrownBy(() -> steps.respond(bytes(last), null)).hasMessageContaining("no message of this login");
        assertThat(steps.isComplete()).isFalse();
    }

    @Test
    void nothingFollowsTheProof() {
        world.accounts.create("anna", PASSWORD).join();
        ScramSteps steps = steps(Binding.NOT_KNOWN);
        login(steps);
        assertThatThrownBy(() -> steps.respond(bytes("v=AAAA"), null)).hasMessage("the server goes on after its proof");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, FEW - 1, ScramSteps.MOST_ITERATIONS + 1, Integer.MAX_VALUE})
    void tooFewOrTooManyIterationsAreNotComputed(int iterations) {
        ScramSteps steps = steps(Binding.NOT_KNOWN);
        assertThatThrownBy(() -> steps.respond(serverFirst(steps, "", iterations), null))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theBoundsAreSaid() {
        ScramSteps steps = steps(Binding.NOT_KNOWN);
        assertThatThrownBy(() -> steps.respond(serverFirst(steps, "", FEW - 1), null))
                .hasMessage("the server asks for 4095 iterations; 4096 to 4000000 are computed");
    }

    @Test
    void theNonceOfAnotherExchangeIsRefused() {
        ScramSteps steps = steps(Binding.NOT_KNOWN);
        assertThatThrownBy(() -> steps.respond(serverFirst(steps, "x", FEW), null))
                .hasMessageContaining("no message of this login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "r=,s=,i=", "r=NONCE", "r=NONCE,s=AAAA", "r=NONCE,s=?,i=4096", "r=NONCE,s=AAAA,i=x"
            })
    void whatIsNoFirstMessageIsRefused(String first) {
        ScramSteps steps = steps(Binding.NOT_KNOWN);
        Bytes challenge = bytes(first.replace("NONCE", nonce(steps) + "more"));
        assertThatThrownBy(() -> steps.respond(challenge, null)).hasMessageContaining("no message of this login");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        ScramSteps steps = steps(Binding.NOT_KNOWN);
        assertThatThrownBy(() -> steps.respond(Bytes.of(new byte[] {(byte) 0xff}), null))
                .hasMessageContaining("no message of this login");
    }

    // ---- passwords

    @ParameterizedTest
    @ValueSource(strings = {"", "caf\u00e9\ufffd horse", "\u00ad\u200b"})
    void aPasswordThatCannotBeProvedIsRefusedAndNotShown(String password) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScramLogin.of("anna", password))
                .withMessageContaining("SCRAM cannot prove this password");
        assertThat(ScramLogin.of("anna", PASSWORD)).hasToString("login of anna by SCRAM");
    }

    /** SASLprep refuses Hebrew with a digit at its end. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\u05d0\u05d11", "\u00ad"})
    void aNameThatCannotBeSentIsRefusedAtOnce(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScramLogin.of(name, PASSWORD))
                .withMessageContaining("SCRAM cannot send this name");
    }

    @Test
    void aNewPasswordThatCannotBeProvedFailsInWords() {
        ScramSteps steps = steps("anna", "caf\u00e9\ufffd horse", Binding.NOT_KNOWN);
        assertThatThrownBy(() -> steps.respond(serverFirst(steps, "", FEW), null))
                .hasMessage(ScramSteps.NOT_PROVABLE);
    }
}
