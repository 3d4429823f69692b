package io.parley.apps.server;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.ConfiguredDefaults;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Lines;
import io.parley.apps.server.options.ServerSettings.Listen;
import io.parley.client.ChatClient;
import io.parley.transport.nio.NioTransport;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import nl.altindag.ssl.pem.util.PemUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The server speaks lines of text where --lines says. */
class LinesTest {
    private static final int PATIENCE_MILLIS = 20_000;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ServerApp start(ServerSettings settings) throws IOException {
        return ServerApp.start(settings, InputStream.nullInputStream(), new PrintStream(out, true, UTF_8));
    }

    private static ServerSettings speaking(TransportKind via, int port) {
        return ServerSettings.DEFAULT.with(
                new Listen("127.0.0.1", 0, via, null, null, null, new Lines("127.0.0.1", port)));
    }

    private static int linesPort(ServerApp app) {
        return ((InetSocketAddress) app.addresses().get(app.addresses().size() - 1)).getPort();
    }

    /** Logs in and says something. */
    private static void talk(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write("bob\nhello\n/who\n".getBytes(UTF_8));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        String line;
        do {
            line = in.readLine();
            assertThat(line).isNotNull();
        } while (!line.startsWith("-- In lobby: "));
        assertThat(line).contains("bob");
    }

    @ParameterizedTest
    @EnumSource
    void peopleWithNetcatAreInTheSameRooms(TransportKind via) throws Exception {
        try (ServerApp app = start(speaking(via, 0));
                ChatClient alice = ChatClient.builder()
                        .name("alice")
                        .connect(NioTransport.create(), app.addresses().get(0));
                Socket socket = new Socket("127.0.0.1", linesPort(app))) {
            alice.enter("lobby", message -> {});
            talk(socket);
            assertThat(out.toString(UTF_8))
                    .contains("With lines of text:")
                    .contains("  nc 127.0.0.1 " + linesPort(app));
            await().untilAsserted(() -> assertThat(out.toString(UTF_8)).contains("join  lobby bob")); // from a queue
        }
    }

    @Test
    void withACertificateTheyAreUnderTls() throws Exception {
        try (ServerApp app = start(speaking(TransportKind.NIO, 0).selfSigned(folder))) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    null, new TrustManager[] {PemUtils.loadTrustMaterial(folder.resolve("self-signed.crt"))}, null);
            try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", linesPort(app))) {
                talk(socket);
            }
            assertThat(out.toString(UTF_8))
                    .contains("With lines of text, under TLS:")
                    .contains("  ncat --ssl 127.0.0.1 " + linesPort(app));
        }
    }

    @Test
    void aPortThatIsTakenIsTold() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> start(speaking(TransportKind.NIO, port)))
                    .hasMessage("lines cannot be spoken: port " + port
                            + " is taken: another program listens there; choose one with --lines");
        }
    }

    private Lines option(String... args) throws Exception {
        ServerCommand command = new ServerCommand(
                Map.of(),
                OperatorConsole.of(InputStream.nullInputStream()),
                new PrintStream(out, true, UTF_8),
                new PrintStream(out, true, UTF_8));
        ConfiguredDefaults.configure(new CommandLine(command), Map.of(), args).parseArgs(args);
        return command.configuration().settings().listen().lines();
    }

    @ParameterizedTest
    @CsvSource({
        "5223, 192.0.2.1, 5223",
        "0, 192.0.2.1, 0",
        "localhost:5223, localhost, 5223",
        "::1:5223, ::1, 5223",
        ":5223, '', 5223"
    })
    void theHostIsThatOfTheServerUnlessOneIsGiven(String value, String host, int port) throws Exception {
        assertThat(option("--host", "192.0.2.1", "--lines", value)).isEqualTo(new Lines(host, port));
        Path file = Files.writeString(folder.resolve("server.conf"), "host = 192.0.2.1\nlines = " + value + "\n");
        assertThat(option("--config", file.toString())).isEqualTo(new Lines(host, port));
        assertThat(option()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "localhost", "localhost:", "70000", "-1"})
    void aPortIsAPort(String value) {
        assertThatThrownBy(() -> option("--lines=" + value)).hasMessage("--lines: no port in " + value);
    }
}
