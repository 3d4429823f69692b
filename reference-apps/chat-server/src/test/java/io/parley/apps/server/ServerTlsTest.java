package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Listen;
import io.parley.apps.server.tls.SelfSigned;
import io.parley.apps.server.tls.TlsSettings;
import io.parley.apps.server.tls.TlsSettings.Pem;
import io.parley.client.ChatClient;
import io.parley.transport.TlsOptions;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.pem.util.PemUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server under TLS, with a certificate of its own. */
class ServerTlsTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ServerApp start(TransportKind via) throws IOException {
        ServerSettings settings = ServerSettings.DEFAULT
                .with(new Listen("127.0.0.1", 0, via, null, null, null))
                .selfSigned(folder.resolve("made/here"));
        return ServerApp.start(settings, InputStream.nullInputStream(), new PrintStream(out, true, UTF_8));
    }

    private Path certificate() {
        return folder.resolve("made/here/self-signed.crt");
    }

    private Path key() {
        return folder.resolve("made/here/self-signed.key");
    }

    private String fingerprint() throws Exception {
        byte[] encoded = PemUtils.loadCertificate(certificate()).get(0).getEncoded();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    }

    /** A client that trusts what is in the file now. */
    private ChatClient connect(ServerApp app, String name) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {PemUtils.loadTrustMaterial(certificate())}, null);
        NioTransport transport =
                NioTransport.builder().tls(TlsOptions.of(context)).build();
        int port = ((InetSocketAddress) app.addresses().get(0)).getPort();
        return ChatClient.builder().name(name).connect(transport, new InetSocketAddress("localhost", port));
    }

    @ParameterizedTest
    @EnumSource
    void makesItsCertificateAndShowsIt(TransportKind via) throws Exception {
        try (ServerApp app = start(via);
                ChatClient alice = connect(app, "alice")) {
            assertThat(alice.tls()).isNotNull();
            assertThat(alice.tls().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(alice.tls().getPeerCertificates()[0])
                    .isEqualTo(PemUtils.loadCertificate(certificate()).get(0));
            assertThat(out.toString(UTF_8))
                    .contains("certificate " + fingerprint() + ", valid until")
                    .contains(" --tls-fingerprint " + fingerprint());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                .isEqualTo("rw-------");
    }

    @Test
    void keepsItsCertificateOverARestart() throws Exception {
        start(TransportKind.NIO).close();
        String first = fingerprint();
        start(TransportKind.NIO).close();
        assertThat(fingerprint()).isEqualTo(first);
    }

    @Test
    void newConnectionsSeeANewCertificateAndOldOnesLiveOn() throws Exception {
        try (ServerApp app = start(TransportKind.NIO);
                ChatClient alice = connect(app, "alice")) {
            String first = fingerprint();
            Files.delete(certificate());
            app.reload();
            assertThat(out.toString(UTF_8)).contains("the old certificate goes on: there is " + key() + ", but no ");
            Files.delete(key());
            app.reload();
            assertThat(fingerprint()).isNotEqualTo(first);
            assertThat(out.toString(UTF_8)).contains("new connections see the certificate " + fingerprint());
            try (ChatClient bob = connect(app, "bob")) {
                assertThat(bob.tls().getPeerCertificates())
                        .isNotEqualTo(alice.tls().getPeerCertificates());
                assertThat(alice.ping().join()).isNotNull();
            }
        }
    }

    @Test
    void anEndThatIsNearIsWarnedOfAtStartAndReload() throws Exception {
        Pem files = (Pem) TlsSettings.selfSigned(folder.resolve("made/here")).identity();
        SelfSigned.makeIfMissing(files, Instant.now().minus(Duration.ofDays(360)));
        String warning = "WARNING: the certificate expires SOON, at ";
        try (ServerApp app = start(TransportKind.NIO)) {
            assertThat(out.toString(UTF_8)).contains(warning, "remove " + certificate() + " and " + key());
            out.reset();
            app.reload();
            assertThat(out.toString(UTF_8)).contains(warning);
            Files.delete(certificate());
            Files.delete(key());
            out.reset();
            app.reload();
            assertThat(out.toString(UTF_8)).contains("new connections see").doesNotContain("WARNING");
        }
    }

    @Test
    void theOldCertificateGoesOnIfTheNewOneIsBroken() throws Exception {
        try (ServerApp app = start(TransportKind.NIO)) {
            String good = Files.readString(certificate());
            Files.writeString(certificate(), "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
            app.reload();
            assertThat(out.toString(UTF_8)).contains("the old certificate goes on: no certificate and key can be read");
            Files.writeString(certificate(), good);
            connect(app, "alice").close();
        }
    }

    @Test
    void refusesAKeyThatEverybodyCanRead() throws Exception {
        start(TransportKind.NIO).close();
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> start(TransportKind.NIO)).hasMessageContaining("chmod 600 " + key());
    }
}
