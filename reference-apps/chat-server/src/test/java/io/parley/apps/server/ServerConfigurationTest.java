package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Options from a file and from the environment. */
class ServerConfigurationTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        InputStream nothing = InputStream.nullInputStream();
        return ChatServerApp.run(nothing, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("server.conf"), text).toString();
    }

    @Test
    void commandLineBeatsEnvironmentBeatsFile() throws IOException {
        Path file = Path.of(file("port = 1\nhistory = 2\nroom = attic\n"));
        Map<String, String> environment = Map.of("PARLEY_PORT", "3", "PARLEY_HISTORY", "4");
        CommandLine command = new CommandLine(new ServerCommand(
                Console.of(InputStream.nullInputStream()), new PrintStream(out), new PrintStream(err)));
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
}
