package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the libraries log, as Logback finds it configured. */
class LibraryLogsTest {
    @Test
    void warningsGoToTheStandardErrorInHarmlessLines() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream before = System.err;
        Logger library = LoggerFactory.getLogger("some.library");
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            library.info("nobody wants to know");
            library.warn("beware of {}", "a\u001Bb\nc");
        } finally {
            System.setErr(before);
        }
        assertThat(err.toString(UTF_8).lines()).containsExactly("WARN some.library: beware of a\\u{1B}b\\nc");
    }
}
