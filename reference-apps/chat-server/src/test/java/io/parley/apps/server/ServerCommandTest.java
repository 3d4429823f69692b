package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ServerCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        InputStream nothing = InputStream.nullInputStream();
        return ChatServerApp.run(nothing, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }

    @Test
    void helpAndVersionAreNoErrors() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("--max-connections", "Exit codes");
        assertThat(run("--version")).isZero();
        assertThat(out.toString(UTF_8)).contains("Parley chat server");
    }

    @ParameterizedTest
    @CsvSource({
        "--port=65536, --port: 65536 is not a port",
        "--port=-1, --port: -1 is not a port",
        "--port=x, Invalid value for option '--port'",
        "--history=0, --history: at least 1",
        "--history-mb=0, --history-mb: at least 1",
        "--history-total-mb=99999999999999999, --history-total-mb: at least 1",
        "--history-age=90, Invalid value for option '--history-age'",
        "--durability=some, Invalid value for option '--durability'",
        "--data=postgresql://host/db, --data: the address of a database is written jdbc:postgresql://HOST/DATABASE",
        "--data=jdbc:mysql://host/db, --data: the address of a database is written jdbc:postgresql://HOST/DATABASE",
        "--data=jdbc:postgresql://h/d?x=y&sslPassword=z, --data: the address must not have a user or password in it",
        "--data=jdbc:postgresql://h/d?user=ann, --data: the address must not have a user or password in it",
        "--data=jdbc:postgresql://ann:pw@h/d, --data: the address must not have a user or password in it",
        "--data-user=ann, --data-user and --data-password-file are for a database",
        "--max-connections=0, --max-connections: at least 1",
        "--max-per-address=0, --max-per-address: at least 1",
        "--frames-per-second=-1, --frames-per-second: at least 1",
        "--burst-frames=0, --burst-frames: at least 1",
        "--login-timeout=soon, Invalid value for option '--login-timeout': 'soon' is no time; write 30s",
        "--heartbeat=0s, Invalid value for option '--heartbeat'",
        "--transport=pigeon, Invalid value for option '--transport'",
        "--room=a b, --room: a name cannot have the character U+0020 there",
        "--operator=..., --operator: a name has at least one letter or digit",
        "--unix=/nowhere/at/all/s, --unix: there is no folder for /nowhere/at/all/s",
        "--unheard-of, Unknown option: '--unheard-of'"
    })
    void whatCannotBeIsAWrongCommandLine(String arg, String words) {
        assertThat(run(arg)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith(words).contains("chat-server --help tells more");
    }

    @Test
    void theDefaultsAreThoseOfTheServer() throws Exception {
        OperatorConsole nobody = OperatorConsole.of(InputStream.nullInputStream());
        ServerCommand command = new ServerCommand(Map.of(), nobody, new PrintStream(out), new PrintStream(err));
        new CommandLine(command).parseArgs("--memory");
        assertThat(command.configuration().settings())
                .usingRecursiveComparison()
                .isEqualTo(ServerSettings.DEFAULT);
    }

    @Test
    void quietAndLoudAtOnceIsAWrongCommandLine() {
        assertThat(run("--quiet", "--log-messages")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"nio", "BLOCKING"})
    void aTakenPortIsToldInWords(String transport) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("--memory", "--transport", transport, "--host", "127.0.0.1", "--port", port))
                    .isEqualTo(1);
            assertThat(err.toString(UTF_8)).startsWith("port " + port + " is taken: another program listens there");
        }
    }

    @Test
    void aStartThatFailsSaysAtWhichDoorAndInvitesNobody(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("s"), "precious");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            fails("figures cannot be served: port " + port + " is taken", "--metrics=127.0.0.1:" + port);
            fails("figures cannot be served: there is no host called no.such", "--metrics=no.such:0");
            fails("the operator cannot be let in: cannot listen at " + file + ": ", "--admin-socket=" + file);
            Path path = folder.resolve("none/s");
            fails("the operator cannot be let in: cannot listen at " + path + ": ", "--admin-socket=" + path);
            fails("cannot listen at " + file + ": not a socket", "--unix=" + file);
            Path deep = folder.resolve("x".repeat(200));
            fails("cannot listen at " + deep + ": ", "--unix=" + deep);
        }
    }

    private void fails(String words, String arg) {
        err.reset();
        assertThat(run("--memory", "--host=127.0.0.1", "--port=0", arg)).isEqualTo(1);
        assertThat(err.toString(UTF_8)).startsWith(words);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsToldInWords(@TempDir Path folder) {
        Path none = folder.resolve("none");
        fails("there is no file of accounts " + none + ": chat-server account add ", "--accounts=" + none);
        fails("no accounts can be read: " + folder + " is a folder", "--accounts=" + folder);
        fails("--motd: " + none + " cannot be read: there is no file " + none, "--motd=" + none);
        assertThat(run("--config=" + none)).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .endsWith("the configuration cannot be read from " + none + ": there is no file " + none + "\n");
    }

    @Test
    void helpIsPointedToWhereItIs() {
        assertThat(run("admin", "--sokcet=s")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).endsWith("chat-server admin --help tells more\n");
        assertThat(run("account", "add", "accounts")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).endsWith("chat-server account --help tells more\n");
        assertThat(run("account", "--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("Exit codes: 0 done, 1 not done", "The account's name");
    }

    @Test
    void anUnknownHostIsToldInWords() {
        assertThat(run("--memory", "--host", "no host has blanks", "--port", "0"))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).startsWith("there is no host called no host has blanks");
    }

    @Test
    void aFileInTheWayOfASocketIsLeftAlone(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("s"), "precious");
        assertThat(run("--memory", "--host", "127.0.0.1", "--port", "0", "--unix", file.toString()))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).startsWith("cannot listen at " + file);
        assertThat(file).hasContent("precious");
    }
}
