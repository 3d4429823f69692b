package io.parley.apps.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.options.ClientSettings.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The table of options in the client's README is what the code says. To write it anew: {@code -Dparley.readme=write} on a
 * run of this test.
 */
class OptionTableTest {
    private static final String BEGIN = "<!-- options -->\n";
    private static final String END = "<!-- end of options -->";
    private static final Path README = Path.of("README.md");

    private static String table() {
        StringBuilder table = new StringBuilder("| Option | |\n|---|---|\n");
        CommandLine command =
                new CommandLine(new ClientCommand(InputStream.nullInputStream(), System.out, System.err, Mode.PIPE));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                table.append(row(option));
            }
        }
        return table.toString();
    }

    private static String row(OptionSpec option) {
        String name = option.negatable() ? option.longestName().replace("--", "--[no-]") : option.longestName();
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        String does = String.join(" ", option.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
        return "| `" + name + value + "` | " + does + " |\n";
    }

    @Test
    void readmeHasTheTable() throws IOException {
        String readme = Files.readString(README);
        int from = readme.indexOf(BEGIN) + BEGIN.length();
        int to = readme.indexOf(END);
        assertThat(to).isGreaterThanOrEqualTo(from);
        if ("write".equals(System.getProperty("parley.readme"))) {
            Files.writeString(README, readme.substring(0, from) + table() + readme.substring(to));
        }
        assertThat(Files.readString(README)).contains(BEGIN + table() + END);
    }
}
