package io.parley.gateway.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Await;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client program that somebody types into, and all that it has shown. The test's thread calls it. */
final class Program implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Duration POLL = Duration.ofMillis(5);

    private final Process process;
    private volatile String shown = ""; // written by its own thread
    private final Thread reader = new Thread(this::read, "what a program shows");

    /** Starts a program; fails if it is not installed. */
    Program(String... command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader.start();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // nobody else writes it
    private void read() {
        try (Reader in = new InputStreamReader(process.getInputStream(), UTF_8)) {
            char[] some = new char[1024];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                shown = shown + new String(some, 0, count);
            }
        } catch (IOException end) {
            throw new UncheckedIOException(end);
        }
    }

    Program type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /** All complete lines, with a sign in place of each time. */
    List<String> transcript() {
        String all = shown;
        return all.substring(0, all.lastIndexOf('\n') + 1)
                .lines()
                .map(line -> line.replaceFirst("^\\[\\d\\d:\\d\\d]", "[time]"))
                .toList();
    }

    /** Waits for a line. */
    Program awaits(String line) {
        try {
            Await.until(line, PATIENCE, POLL, () -> transcript().contains(line));
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; it shows " + transcript(), late);
        }
        return this;
    }

    /** Waits until the program has ended in order, with nothing more typed. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("it ends")
                .isTrue();
        reader.join(PATIENCE.toMillis());
        assertThat(process.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
