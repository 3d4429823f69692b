package io.parley.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples in the descriptions of the packages are the text of tests that run. */
class DescriptionTest {
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code(.*?)\\}</pre>", Pattern.DOTALL);

    @Test
    void aBindingIsThatOfOurTransport() throws IOException {
        Path binding = Path.of("../../chat-transport-nio/src/test/java/io/parley/transport/nio/NioTransportTest.java");
        assertThat(examples("transport"))
                .singleElement()
                .satisfies(
                        example -> assertThat(code(binding)).endsWith(example.replace("MyTransport", "NioTransport")));
    }

    @Test
    void aProgramIsTestedLikeTheGreeter() throws IOException {
        Path test = Path.of("src/test/java/io/parley/testkit/example/GreeterTest.java");
        assertThat(examples("chat"))
                .hasSize(2)
                .anySatisfy(example -> assertThat(code(test)).endsWith(example));
    }

    @Test
    void aJournalIsBoundLikeTheOneInADatabase() throws IOException {
        Path binding = Path.of("src/test/java/io/parley/testkit/journal/H2JournalTest.java");
        assertThat(examples("journal"))
                .singleElement()
                .satisfies(example -> assertThat(code(binding)).endsWith(example.replace("My", "H2")));
    }

    private static List<String> examples(String name) throws IOException {
        Path file = Path.of("src/main/java/io/parley/testkit", name, "package-info.java");
        return EXAMPLE.matcher(Files.readString(file))
                .results()
                .map(match -> code(match.group(1).replaceAll("(?m)^ \\*", "")))
                .toList();
    }

    private static String code(Path file) throws IOException {
        return code(Files.readString(file));
    }

    private static String code(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
