package io.parley.apps.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers the client trusts, with a real server and TLS, and what it reports otherwise. */
class ClientTlsTest {
    private static final Pattern FINGERPRINT = Pattern.compile("certificate ([0-9A-F:]{95})");
    private static final String OTHER = "00:".repeat(31) + "00";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ServerApp start(boolean encrypted) throws IOException {
        ServerSettings clear = ServerSettings.DEFAULT.onPort(0);
        return ServerApp.start(
                encrypted ? clear.selfSigned(folder) : clear,
                InputStream.nullInputStream(),
                new PrintStream(said, true, UTF_8));
    }

    private String fingerprint() {
        Matcher found = FINGERPRINT.matcher(said.toString(UTF_8));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private int run(ServerApp server, String host, String... options) {
        int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
        String[] args = new String[options.length + 1];
        System.arraycopy(options, 0, args, 1, options.length);
        args[0] = "anna@" + host + ":" + port;
        return ChatClientApp.run(
                new ByteArrayInputStream("hello\n".getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                ClientSettings.Mode.PIPE,
                args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "blocking"})
    void trustsTheFingerprintItIsGiven(String transport) throws IOException {
        try (ServerApp server = start(true)) {
            assertThat(run(server, "127.0.0.1", "--transport", transport, "--tls-fingerprint", fingerprint()))
                    .isZero();
            assertThat(out.toString(UTF_8)).contains("anna: hello");
        }
    }

    @Test
    void trustsTheFileItIsGiven() throws IOException {
        try (ServerApp server = start(true)) {
            assertThat(run(
                            server,
                            "localhost",
                            "--tls-ca",
                            folder.resolve("self-signed.crt").toString()))
                    .isZero();
            assertThat(out.toString(UTF_8)).contains("anna: hello");
        }
    }

    @Test
    void saysThatNobodyVouchesAndShowsTheFingerprint() throws IOException {
        try (ServerApp server = start(true)) {
            assertThat(run(server, "localhost", "--tls")).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(err.toString(UTF_8)).contains("is not safe: nobody you trust vouches", fingerprint());
        }
    }

    @Test
    void saysThatTheNameIsAnother() throws IOException {
        try (ServerApp server = start(true)) {
            String ca = folder.resolve("self-signed.crt").toString();
            assertThat(run(server, "127.0.0.2", "--tls-ca", ca)).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(err.toString(UTF_8)).contains("is for another name", "127.0.0.2");
        }
    }

    @Test
    void saysThatTheCertificateIsAnother() throws IOException {
        try (ServerApp server = start(true)) {
            assertThat(run(server, "localhost", "--tls-fingerprint", OTHER)).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(err.toString(UTF_8)).contains("another certificate than the one you trust", fingerprint());
        }
    }

    @Test
    void saysThatOneSpeaksTlsAndTheOtherDoesNot() throws IOException {
        try (ServerApp server = start(false)) {
            assertThat(run(server, "localhost", "--tls")).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(err.toString(UTF_8)).contains("does it speak TLS there?");
        }
        err.reset();
        try (ServerApp server = start(true)) {
            assertThat(run(server, "localhost")).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(err.toString(UTF_8)).contains("if it speaks TLS there, give --tls");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tls-fingerprint=12", "--tls-fingerprint=xyz", "--tls-ca=/no/such/file"})
    void refusesWhatCannotBe(String option) throws IOException {
        try (ServerApp server = start(false)) {
            assertThat(run(server, "localhost", option)).isEqualTo(2);
            assertThat(err.toString(UTF_8)).contains(option.substring(0, option.indexOf('=')));
        }
    }
}
