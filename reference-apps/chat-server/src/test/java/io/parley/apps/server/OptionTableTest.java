package io.parley.apps.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.ConfiguredDefaults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The table of options in the server's README is what the code says. To write it anew: {@code -Dparley.readme=write} on
 * a run of this test.
 */
class OptionTableTest {
    private static final String BEGIN = "<!-- options -->\n";
    private static final String END = "<!-- end of options -->";
    private static final Path README = Path.of("README.md");

    private static String table() {
        StringBuilder table = new StringBuilder("| Option | Environment | Default | |\n|---|---|---|---|\n");
        CommandLine command = new CommandLine(
                new ServerCommand(Map.of(), OperatorConsole.of(InputStream.nullInputStream()), System.out, System.err));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                table.append(row(option));
            }
        }
        return table.toString();
    }

    private static String row(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        String initial = option.defaultValue() == null ? "" : "`" + option.defaultValue() + "`";
        String does = String.join(" ", option.description()).replace(" Default: " + option.defaultValue() + ".", "");
        return "| `" + option.longestName() + value + "` | `" + ConfiguredDefaults.variable(option) + "` | " + initial
                + " | " + does + " |\n";
    }

    /** What the files for a service name must be there. */
    @ParameterizedTest
    @CsvSource({
        "parley.service, --([a-z-]+)",
        "server.conf, (?m)^([a-z-]+) =",
        "Containerfile, \"--([a-z-]+)\"",
        "Containerfile, PARLEY_([A-Z_]+)="
    })
    void filesForAServiceNameRealOptions(String file, String form) throws IOException {
        CommandLine command = new CommandLine(
                new ServerCommand(Map.of(), OperatorConsole.of(InputStream.nullInputStream()), System.out, System.err));
        Matcher named = Pattern.compile(form).matcher(Files.readString(Path.of("deploy", file)));
        int count = 0;
        while (named.find()) {
            String option = named.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
            boolean known = command.getCommandSpec().findOption(option) != null || option.equals("socket");
            assertThat(known).as(option).isTrue();
            count++;
        }
        assertThat(count).isPositive();
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
