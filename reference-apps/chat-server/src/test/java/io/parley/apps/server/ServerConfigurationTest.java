package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.ConfiguredDefaults;
import io.parley.apps.server.options.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Options from a file and from the environment. */
class ServerConfigurationTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return run(Map.of(), args);
    }

    private int run(Map<String, String> environment, String... args) {
        out.reset();
        err.reset();
        InputStream nothing = InputStream.nullInputStream();
        return ChatServerApp.run(
                environment, nothing, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("server.conf"), text).toString();
    }

    @Test
    void commandLineBeatsEnvironmentBeatsFile() throws IOException {
        Path file = Path.of(file("port = 1\nhistory = 2\nroom = attic\n"));
        Map<String, String> environment = Map.of("PARLEY_PORT", "3", "PARLEY_HISTORY", "4");
        CommandLine command = new CommandLine(new ServerCommand(
                environment,
                OperatorConsole.of(InputStream.nullInputStream()),
                new PrintStream(out),
                new PrintStream(err)));
        command.setDefaultValueProvider(new ConfiguredDefaults(environment, file));
        command.parseArgs("--port", "5");
        assertThat((int) command.getCommandSpec().findOption("--port").getValue())
                .isEqualTo(5);
        assertThat((int) command.getCommandSpec().findOption("--history").getValue())
                .isEqualTo(4);
        assertThat((String) command.getCommandSpec().findOption("--room").getValue())
                .isEqualTo("attic");
        assertThat((String) command.getCommandSpec().findOption("--operator").getValue())
                .isEqualTo("operator");
    }

    @Test
    void checksWithoutOpening() throws IOException {
        assertThat(run("--check-config", "--config", file("port = 5222\ntls-self-signed = " + folder + "/tls\n")))
                .isZero();
        assertThat(out.toString(UTF_8)).startsWith("everything is in order with " + folder);
        assertThat(run("--check-config", "--tls-cert=/no/such.crt", "--tls-key=/no/such.key"))
                .isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("/no/such.key");
    }

    @Test
    void saysWhereAWrongValueIs() throws IOException {
        String file = file("port = twelve\n");
        assertThat(run("--config=" + file)).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .startsWith("Invalid value for option '--port'")
                .contains("(from port in " + file + ")");
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        String file = file("prot = 5222\n");
        assertThat(run("--config", file)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith(file + ": there is no option prot");
        assertThat(run("--config", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(run("--tls-cert=a.crt")).isEqualTo(2);
        assertThat(run("--tls-cert=a.crt", "--tls-key=a.key", "--tls-self-signed=."))
                .isEqualTo(2);
    }

    private Settled settled(Map<String, String> environment, String text) throws Exception {
        ServerCommand command = new ServerCommand(
                environment,
                OperatorConsole.of(InputStream.nullInputStream()),
                new PrintStream(out),
                new PrintStream(err));
        String[] args = {"--config=" + file(text)};
        ConfiguredDefaults.configure(new CommandLine(command), environment, args)
                .parseArgs(args);
        ServerSettings settings = command.configuration().settings();
        return new Settled(settings.access().guests(), settings.logs().connections());
    }

    private record Settled(boolean guests, boolean connections) {}

    @ParameterizedTest
    @ValueSource(strings = {"no-guests", "no-guests =", "no-guests = true", "no-guests: TRUE"})
    void aFlagInAFileWithoutAValueIsSet(String line) throws Exception {
        assertThat(settled(Map.of(), "host = localhost\naccounts = a\nlog-connections\n" + line + "\n"))
                .isEqualTo(new Settled(false, true));
        assertThat(settled(Map.of("PARLEY_NO_GUESTS", "false"), "host = localhost\naccounts = a\n" + line + "\n"))
                .isEqualTo(new Settled(true, false));
    }

    @Test
    void aFlagInTheEnvironmentWithoutAValueIsSet() throws Exception {
        Map<String, String> environment = Map.of("PARLEY_NO_GUESTS", "", "PARLEY_LOG_CONNECTIONS", " ");
        assertThat(settled(environment, "host = localhost\naccounts = a\n")).isEqualTo(new Settled(false, true));
    }

    @ParameterizedTest
    @CsvSource({
        "port =, --port: it has no value (from port in",
        "accounts, --accounts: it has no value (from accounts in",
        "no-guests = yes, --no-guests: 'yes' is neither true nor false (from no-guests in"
    })
    void whatIsMissingInAFileIsTold(String line, String words) throws IOException {
        String file = file(line + "\n");
        assertThat(run("--check-config", "--config=" + file)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith(words + " " + file + ")");
    }

    @Test
    void whatIsMissingInTheEnvironmentIsTold() {
        assertThat(run(Map.of("PARLEY_PORT", ""), "--check-config")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("--port: it has no value (from PARLEY_PORT)");
        assertThat(run(Map.of("PARLEY_CONFIG", ""), "--check-config")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("--config: it names no file");
        assertThat(run(Map.of("PARLEY_QUIET", "0"), "--check-config")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("--quiet: '0' is neither true nor false (from PARLEY_QUIET)");
        assertThat(run(Map.of("PARLEY_GREETING", "", "PARLEY_HOST", ""), "--check-config"))
                .isZero();
    }

    @Test
    void aFileSaysEachThingOnceAndNamesNoOther() throws IOException {
        String file = file("port = 1\nhistory = 2\nport = 3\n");
        assertThat(run("--check-config", "--config", file)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith(file + ": more than once there is port");
        file(("config = " + file + "\n").replace("\\", "/"));
        assertThat(run("--check-config", "--config", file)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith(file + ": config names no second file");
        file("help = true\n");
        assertThat(run("--check-config", "--config", file)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith(file + ": there is no option help");
    }

    @Test
    void aVariableThatIsNoOptionIsWarnedOf() {
        Map<String, String> environment = Map.of(
                "PARLEY_PROT",
                "1",
                "PARLEY_SOCKET",
                "s",
                "PARLEY_PASSWORD",
                "p",
                "PARLEY_TOKEN",
                "t",
                "PARLEY_TLS_KEYSTORE_PASSWORD",
                "p");
        assertThat(run(environment, "--check-config")).isZero();
        assertThat(out.toString(UTF_8).lines().filter(line -> line.contains("PARLEY_")))
                .containsExactly("WARNING: the environment has PARLEY_PROT, which is no option");
    }
}
