package io.parley.apps.server.options;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.accounts.Registration;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.options.ServerSettings.Access;
import io.parley.apps.server.options.ServerSettings.Listen;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings are refused as unsafe, and which give a warning. */
class SafetyTest {
    private static final byte[] ELSEWHERE = {(byte) 192, 0, 2, 1};
    private static final ServerSettings PASSWORDS = ServerSettings.DEFAULT.with(new Access(Path.of("accounts"), true));

    private static ServerSettings at(ServerSettings settings, String host, InetSocketAddress metrics) {
        return settings.with(new Listen(host, 0, TransportKind.NIO, null, null, metrics));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1", "[::1]"})
    void passwordsInTheClearStayOnLoopback(String host) {
        Safety.checkPasswords(at(PASSWORDS, host, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "::", "192.0.2.1"})
    void passwordsInTheClearGoNowhereElse(String host) {
        assertThatThrownBy(() -> Safety.checkPasswords(at(PASSWORDS, host, null)))
                .isInstanceOf(WrongOption.class)
                .hasMessageStartingWith("--accounts: passwords would travel in the clear");
        Safety.checkPasswords(at(PASSWORDS.selfSigned(Path.of("tls")), host, null));
        Safety.checkPasswords(at(ServerSettings.DEFAULT, host, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.example"})
    void whatCountsIsTheAddressAndNotItsName(String name) throws Exception {
        InetAddress address = InetAddress.getByAddress(name, ELSEWHERE);
        assertThatThrownBy(() -> Safety.checkPasswords(PASSWORDS, address)).isInstanceOf(WrongOption.class);
    }

    @Test
    void aServerThatIsEmbeddedIsNotStartedEither() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
        assertThatThrownBy(
                        () -> ServerApp.start(at(PASSWORDS, "0.0.0.0", null), InputStream.nullInputStream(), nowhere))
                .isInstanceOf(WrongOption.class);
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 1", "192.0.2.1, 1", "127.0.0.1, 0", "localhost, 0", "::1, 0", "::, 1"})
    void figuresForEverybodyAreWarnedOf(String host, int count) {
        ServerSettings settings = at(ServerSettings.DEFAULT, "", new InetSocketAddress(host, 9090));
        assertThat(Safety.warnings(settings, "parley"))
                .hasSize(count)
                .allMatch(words -> words.startsWith("--metrics: everybody who reaches "));
    }

    @Test
    void registrationInTheClearIsWarnedOf() {
        ServerSettings open = ServerSettings.DEFAULT.with(new Access(null, true, Registration.OPEN));
        assertThat(Safety.warnings(open, "parley"))
                .singleElement()
                .asString()
                .startsWith("--registration: without TLS");
        assertThat(Safety.warnings(open.selfSigned(Path.of("tls")), "parley")).isEmpty();
    }

    @Test
    void rootIsWarnedOf() {
        assertThat(Safety.warnings(ServerSettings.DEFAULT, "root"))
                .singleElement()
                .asString()
                .startsWith("this runs as root");
        assertThat(Safety.warnings(ServerSettings.DEFAULT, "parley")).isEmpty();
    }

    @Test
    void warningsAreSeenAtTheStart() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ServerSettings settings = at(ServerSettings.DEFAULT, "127.0.0.1", new InetSocketAddress("0.0.0.0", 0));
        try (ServerApp server = ServerApp.start(
                settings.logging(ServerSettings.Logged.NOTHING),
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8))) {
            assertThat(server.metricsAddress()).isNotNull();
        }
        assertThat(out.toString(UTF_8)).contains("WARNING: --metrics: everybody who reaches 0.0.0.0, port 0 can read");
    }
}
