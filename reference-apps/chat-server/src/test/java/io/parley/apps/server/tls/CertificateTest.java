package io.parley.apps.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.apps.server.Program;
import io.parley.apps.server.tls.TlsSettings.Clients;
import io.parley.apps.server.tls.TlsSettings.Pem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of certificate and key, and which of them are refused. */
class CertificateTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private static Pem made(Path where, Instant when) throws Exception {
        Pem files = (Pem) TlsSettings.selfSigned(where).identity();
        SelfSigned.makeIfMissing(files, when);
        return files;
    }

    private static TlsSettings tls(Path certificate, Path key) {
        return new TlsSettings(new Pem(certificate, key, false), Clients.ANY);
    }

    private int run(ByteArrayOutputStream out, String... args) {
        PrintStream to = new PrintStream(out, true, UTF_8);
        return Program.run(InputStream.nullInputStream(), to, to, args);
    }

    private static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA, RSA, true", "EC, EC, true", "Ed25519, Ed25519, true", "RSA, EC, false", "EC, Ed25519, false"})
    void whatOneSignsTheOtherVerifies(String key, String shown, boolean same) throws Exception {
        KeyPair one = KeyPairGenerator.getInstance(key).generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance(shown).generateKeyPair();
        assertThat(KeyMatch.isPair(one.getPrivate(), other.getPublic())).isFalse();
        assertThat(KeyMatch.isPair(one.getPrivate(), one.getPublic())).isTrue();
        assertThat(KeyMatch.isPair(other.getPrivate(), (same ? other : one).getPublic()))
                .isEqualTo(same);
    }

    @Test
    void aCertificateWithAnothersKeyIsRefused() throws Exception {
        Pem one = made(folder.resolve("one"), Instant.now());
        Pem other = made(folder.resolve("other"), Instant.now());
        assertThatThrownBy(() -> Certificate.load(tls(one.certificate(), other.key())))
                .hasMessageStartingWith("the private key in " + other.key()
                        + " does not belong to the first certificate in " + one.certificate());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] args = {"--check-config", "--tls-cert=" + one.certificate(), "--tls-key=" + other.key()};
        assertThat(run(out, args)).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("does not belong to the first certificate");
        Certificate good = Certificate.load(tls(one.certificate(), one.key()));
        Files.copy(other.certificate(), one.certificate(), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(good::read).hasMessageContaining("does not belong to the first certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"self-signed.crt", "self-signed.key"})
    void halfAnIdentityIsNotReplaced(String lost) throws Exception {
        Pem files = made(folder, NOW);
        Path missing = folder.resolve(lost);
        Files.delete(missing);
        List<Path> before = in(folder);
        byte[] kept = Files.readAllBytes(before.get(0));
        assertThatThrownBy(() -> SelfSigned.makeIfMissing(files, NOW))
                .hasMessageStartingWith("there is " + before.get(0) + ", but no " + missing + ": put it back");
        assertThat(in(folder)).isEqualTo(before);
        assertThat(before.get(0)).hasBinaryContent(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"self-signed.crt", "self-signed.key"})
    void anEmptyFileIsCalledThat(String name) throws Exception {
        Pem files = made(folder, NOW);
        Files.write(folder.resolve(name), new byte[0]);
        assertThatThrownBy(() -> SelfSigned.makeIfMissing(files, NOW))
                .hasMessageStartingWith(folder.resolve(name) + " is empty")
                .hasMessageContaining("remove " + files.certificate() + " and " + files.key());
    }

    @Test
    void nothingHalfMadeStays() throws Exception {
        Files.createDirectories(folder.resolve("self-signed.crt.new/in the way"));
        assertThatThrownBy(() -> made(folder, NOW))
                .hasMessageStartingWith("no certificate can be made in " + folder + ": ");
        assertThat(in(folder)).containsExactly(folder.resolve("self-signed.crt.new"));
    }

    @Test
    void aFileInTheFoldersPlaceIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("tls"), "precious");
        assertThatThrownBy(() -> made(file, NOW))
                .hasMessage("no certificate can be made in " + file + ": " + file + " is no folder");
        assertThat(file).hasContent("precious");
    }

    @Test
    void checkingMakesNothing() throws Exception {
        Path place = folder.resolve("made/here");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(run(out, "--check-config", "--tls-self-signed=" + place)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("everything is in order", "at its first start the server would make a certificate, " + place);
        assertThat(in(folder)).isEmpty();
        Files.createFile(folder.resolve("made"));
        assertThat(run(out, "--check-config", "--tls-self-signed=" + place)).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains(folder.resolve("made") + " is no folder");
    }

    @Test
    void itsEndIsToldInTimeWithWhatToDo() throws Exception {
        Pem files = made(folder, NOW);
        TlsSettings own = TlsSettings.selfSigned(folder);
        Instant end = NOW.plus(Duration.ofDays(365));
        assertThat(Certificate.check(own, end.minus(Duration.ofDays(15)))).isEmpty();
        assertThat(Certificate.check(own, end.minus(Duration.ofDays(13))))
                .containsExactly(
                        "WARNING: the certificate expires SOON, at " + end + ": to have a new one made, remove "
                                + files.certificate() + " and " + files.key()
                                + " and reload (SIGHUP); clients must be given its fingerprint, which is another");
        assertThat(Certificate.check(tls(files.certificate(), files.key()), end.plusSeconds(1)))
                .singleElement()
                .asString()
                .startsWith("WARNING: the certificate has EXPIRED, at " + end + ": put a new one in its place");
    }

    @Test
    void aMissingFileIsCalledThat() throws Exception {
        Path none = folder.resolve("none");
        Path key = made(folder.resolve("one"), NOW).key();
        assertThatThrownBy(() -> Certificate.load(tls(none, key)))
                .hasMessage("no certificate can be read: there is no file " + none);
        assertThatThrownBy(() -> Certificate.load(tls(none, folder)))
                .hasMessage("no private key can be read: " + folder + " is a folder");
    }
}
