package io.parley.apps.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the libraries log, as Logback finds it configured. */
class LibraryLogsTest {
    private static List<String> told(Runnable logging) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            logging.run();
        } finally {
            System.setErr(before);
        }
        return err.toString(UTF_8).lines().toList();
    }

    @Test
    void warningsGoToTheStandardErrorInHarmlessLines() {
        Logger library = LoggerFactory.getLogger("some.library");
        assertThat(told(() -> {
                    library.info("nobody wants to know");
                    library.warn("beware of {}", "a\u001Bb\nc");
                }))
                .containsExactly("WARN some.library: beware of a\\u{1B}b\\nc");
    }

    @Test
    void theLibrarysOwnComeThereWithTheirCause() {
        System.Logger own = System.getLogger("io.parley.some");
        List<String> lines = told(() -> own.log(Level.WARNING, "no way to {0}", "go", new IOException("no\u0007")));
        assertThat(lines).startsWith("WARN io.parley.some: no way to go", "    java.io.IOException: no\\u{7}");
        assertThat(lines.get(2)).startsWith("    at io.parley.apps.server.log.LibraryLogsTest");
    }
}
