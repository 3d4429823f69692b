package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transport.FatalErrors;
import io.parley.transport.Scheduler;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the process ends by itself, and what it says. */
class LastResortTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger ends = new AtomicInteger();
    private final LastResort handler = new LastResort(err, ends::incrementAndGet);

    private void comes(String thread, Throwable thrown) {
        handler.uncaughtException(new Thread(() -> {}, thread), thrown);
    }

    @Test
    void withoutMemoryItEnds() {
        comes("main", new OutOfMemoryError("Java heap space"));
        assertThat(ends).hasValue(1);
        assertThat(err.toString(UTF_8))
                .startsWith("chat-server: there is no memory left")
                .endsWith(System.lineSeparator());
    }

    @Test
    void aFaultOfTheJvmEndsIt() {
        comes("main", new InternalError("broken"));
        assertThat(err.toString(UTF_8)).startsWith("chat-server: the JVM has a fault; it ends with code 70");
        assertThat(ends).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"parley-nio-0", "parley-nio-12", "parley-acceptor-1", "parley-timer", "parley-journal-writer"})
    void whenAThreadEndsThatAllNeedItEnds(String name) {
        comes(name, new IllegalStateException("a fault of ours"));
        assertThat(ends).hasValue(1);
    }

    @Test
    void aClassThatCanNeverBeUsedEndsIt() {
        comes("parley-reader-1", new NoClassDefFoundError("Could not initialize class io.parley.transport.Disconnect"));
        assertThat(ends).hasValue(1);
    }

    @Test
    void whatIsNotForAllIsBorne() {
        comes("parley-nio-0", new StackOverflowError());
        comes("parley-reader-1", new IllegalStateException("one connection"));
        comes("parley-nio-handshake-1", new IllegalStateException("one connection"));
        comes("chat-admin", new NoClassDefFoundError("x"));
        comes("chat-admin", new NoClassDefFoundError("Could not initialize class org.example.Optional"));
        comes("parley-timer", new OutOfMemoryError("unable to create native thread: possibly out of memory"));
        assertThat(ends).hasValue(0);
        assertThat(err.size()).isZero();
    }

    /** A process in which an error comes to the handler, in one of several ways. */
    public static final class Dies {
        private Dies() {}

        /** Installs the handler, and throws. */
        public static void main(String[] args) throws Exception {
            LastResort.install();
            switch (args[0]) {
                case "thread" -> new Thread(() -> fill(), "any").start();
                case "timer" -> Scheduler.system().schedule(Duration.ofMillis(1), Dies::fill);
                case "callback" -> Scheduler.system().executor().execute(Dies::fill);
                default ->
                    new Thread(
                                    () -> {
                                        try {
                                            fill();
                                        } catch (Throwable caught) {
                                            FatalErrors.handOver(new IllegalStateException(caught));
                                        }
                                    },
                                    "any")
                            .start();
            }
            TimeUnit.MINUTES.sleep(1);
        }

        private static void fill() {
            Object[] all = null;
            while (true) {
                all = new Object[] {all, new byte[1 << 16]};
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "timer", "callback", "handed over"})
    @Timeout(120)
    void aProcessWithoutMemoryEndsWithItsCode(String how) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dies.class.getName(),
                        how)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(70);
        assertThat(said).contains("chat-server: there is no memory left (-Xmx gives more); it ends with code 70");
    }
}
