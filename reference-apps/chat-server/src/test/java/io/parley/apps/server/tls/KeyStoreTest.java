package io.parley.apps.server.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.apps.server.ServerApp;
import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Listen;
import io.parley.apps.server.options.TlsArguments;
import io.parley.apps.server.options.WrongOption;
import io.parley.apps.server.tls.TlsSettings.Pem;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.transport.TlsOptions;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import nl.altindag.ssl.pem.util.PemUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A server whose certificate is in a key store, and clients with certificates. */
@Timeout(60)
class KeyStoreTest {
    private static final String PASSWORD = "pass wörd";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Path store() {
        return folder.resolve("server.store");
    }

    private Path passwordFile() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /** A new certificate with its key, as two files. */
    private Pem pem(String name) throws Exception {
        Pem files = (Pem) TlsSettings.selfSigned(folder.resolve(name)).identity();
        SelfSigned.makeIfMissing(files, Instant.now());
        return files;
    }

    private static X509ExtendedKeyManager keys(Pem files) {
        return PemUtils.loadIdentityMaterial(files.certificate(), files.key());
    }

    /** Puts certificates with their keys into the key store. */
    private void write(String type, Pem... identities) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        for (Pem files : identities) {
            X509ExtendedKeyManager keys = keys(files);
            String alias = keys.getServerAliases("EC", null)[0];
            store.setKeyEntry(
                    "number " + store.size(),
                    keys.getPrivateKey(alias),
                    PASSWORD.toCharArray(),
                    keys.getCertificateChain(alias));
        }
        try (OutputStream to = Files.newOutputStream(store())) {
            store.store(to, PASSWORD.toCharArray());
        }
        Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rw-------"));
    }

    private static TlsSettings parse(Map<String, String> environment, String... args) {
        TlsArguments tls = new TlsArguments(environment);
        new CommandLine(tls).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        return tls.tls();
    }

    private ServerApp start(TlsSettings tls) throws Exception {
        ServerSettings settings = ServerSettings.DEFAULT
                .with(new Listen("127.0.0.1", 0, TransportKind.NIO, null, null, null))
                .with(tls);
        return ServerApp.start(settings, InputStream.nullInputStream(), new PrintStream(out, true, UTF_8));
    }

    /** A client that trusts a certificate, and shows one if it has any. */
    private static ChatClient connect(ServerApp app, Pem trusted, Pem own) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                own == null ? null : new KeyManager[] {keys(own)},
                new TrustManager[] {PemUtils.loadTrustMaterial(trusted.certificate())},
                null);
        int port = ((InetSocketAddress) app.addresses().get(0)).getPort();
        return ChatClient.builder()
                .name("alice")
                .connect(
                        NioTransport.builder().tls(TlsOptions.of(context)).build(),
                        new InetSocketAddress("localhost", port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void speaksTlsWithAKeyStoreAndReadsItAgain(String type) throws Exception {
        Pem first = pem("first");
        Pem second = pem("second");
        write(type, first);
        TlsSettings tls =
                parse(Map.of(), "--tls-keystore=" + store(), "--tls-keystore-password-file=" + passwordFile());
        try (ServerApp app = start(tls)) {
            try (ChatClient alice = connect(app, first, null)) {
                assertThat(alice.tls()).isNotNull();
            }
            write(type, second);
            app.reload();
            assertThat(out.toString(UTF_8)).contains("new connections see the certificate");
            connect(app, second, null).close();
            assertThat(catchThrowable(() -> connect(app, first, null))).isInstanceOf(ChatException.class);
            Files.writeString(store(), "nonsense");
            app.reload();
            assertThat(out.toString(UTF_8))
                    .contains("the old certificate goes on: no certificate and key can be read from the key store "
                            + store());
            connect(app, second, null).close();
        }
        assertThat(out.toString(UTF_8)).doesNotContain(PASSWORD);
    }

    @Test
    void thePasswordCanComeFromTheEnvironmentAndIsShownToNobody() throws Exception {
        write("PKCS12", pem("first"));
        TlsSettings tls = parse(Map.of("PARLEY_TLS_KEYSTORE_PASSWORD", PASSWORD), "--tls-keystore=" + store());
        Certificate.load(tls);
        assertThat(tls.toString()).doesNotContain(PASSWORD);
        TlsSettings wrong = parse(Map.of("PARLEY_TLS_KEYSTORE_PASSWORD", "guess"), "--tls-keystore=" + store());
        assertThatThrownBy(() -> Certificate.load(wrong))
                .hasMessageContaining("the key store " + store())
                .hasMessageContaining("password was incorrect")
                .hasMessageNotContaining("guess");
    }

    @Test
    void whatEverybodyCanReadIsRefused() throws Exception {
        write("PKCS12", pem("first"));
        TlsSettings tls =
                parse(Map.of(), "--tls-keystore=" + store(), "--tls-keystore-password-file=" + passwordFile());
        Files.setPosixFilePermissions(folder.resolve("password"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Certificate.load(tls)).hasMessageContaining("can read the password in");
        passwordFile();
        Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Certificate.load(tls)).hasMessageContaining("chmod 600 " + store());
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        X509ExtendedKeyManager first = keys(pem("first"));
        X509ExtendedKeyManager second = keys(pem("second"));
        store.setKeyEntry(
                "mixed",
                first.getPrivateKey(first.getServerAliases("EC", null)[0]),
                PASSWORD.toCharArray(),
                second.getCertificateChain(second.getServerAliases("EC", null)[0]));
        try (OutputStream to = Files.newOutputStream(store())) {
            store.store(to, PASSWORD.toCharArray());
        }
        Files.setPosixFilePermissions(store(), PosixFilePermissions.fromString("rw-------"));
        TlsSettings tls = parse(Map.of("PARLEY_TLS_KEYSTORE_PASSWORD", PASSWORD), "--tls-keystore=" + store());
        assertThatThrownBy(() -> Certificate.load(tls)).hasMessageEndingWith("does not belong to its certificate");
    }

    @Test
    void aKeyStoreHasOneKey() throws Exception {
        Map<String, String> environment = Map.of("PARLEY_TLS_KEYSTORE_PASSWORD", PASSWORD);
        TlsSettings tls = parse(environment, "--tls-keystore=" + store());
        write("PKCS12");
        assertThatThrownBy(() -> Certificate.load(tls)).hasMessageEndingWith("it has no key with a certificate");
        write("PKCS12", pem("first"), pem("second"));
        assertThatThrownBy(() -> Certificate.load(tls)).hasMessageEndingWith("it has more than one key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"needed", "wanted"})
    void clientsAreAskedForCertificates(String how) throws Exception {
        Pem server = pem("server");
        Pem known = pem("known");
        Pem stranger = pem("stranger");
        TlsSettings tls = parse(
                Map.of(),
                "--tls-cert=" + server.certificate(),
                "--tls-key=" + server.key(),
                "--tls-client-auth=" + how,
                "--tls-client-ca=" + known.certificate());
        try (ServerApp app = start(tls)) {
            connect(app, server, known).close();
            assertThat(catchThrowable(() -> connect(app, server, stranger))).isInstanceOf(ChatException.class);
            if (how.equals("wanted")) {
                connect(app, server, null).close();
            } else {
                assertThat(catchThrowable(() -> connect(app, server, null))).isInstanceOf(ChatException.class);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--tls-keystore=s, --tls-keystore: its password comes from",
        "--tls-keystore=s --tls-keystore-password-file=p --tls-self-signed=., --tls-keystore has its own certificate",
        "--tls-keystore=s --tls-keystore-password-file=p --tls-cert=c --tls-key=k, --tls-keystore has its own",
        "--tls-keystore-password-file=p, --tls-keystore-password-file: there is no --tls-keystore",
        "--tls-client-auth=needed --tls-client-ca=f, --tls-client-auth: without TLS there are no certificates",
        "--tls-self-signed=. --tls-client-auth=NEEDED, --tls-client-auth (wanted or needed) and --tls-client-ca",
        "--tls-self-signed=. --tls-client-ca=f, --tls-client-auth (wanted or needed) and --tls-client-ca"
    })
    void whatDoesNotGoTogetherIsAWrongOption(String args, String words) {
        assertThatThrownBy(() -> parse(Map.of(), args.split(" ")))
                .isInstanceOf(WrongOption.class)
                .hasMessageStartingWith(words);
    }
}
