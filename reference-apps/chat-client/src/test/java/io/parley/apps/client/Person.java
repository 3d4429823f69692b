package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.options.ClientSettings.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A user of a client that reads and prints lines. The test thread only. */
public final class Person implements AutoCloseable {
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exit;

    /**
     * Starts a client.
     *
     * @param args its command line
     */
    public Person(Mode mode, String... args) throws IOException {
        PipedInputStream in = new PipedInputStream(keyboard, 1 << 16);
        PrintStream to = new PrintStream(out, true, UTF_8);
        PrintStream complaints = new PrintStream(err, true, UTF_8);
        exit = CompletableFuture.supplyAsync(
                () -> ChatClientApp.run(in, to, complaints, mode, args), task -> new Thread(task, "person").start());
    }

    public Person types(String... lines) throws IOException {
        for (String line : lines) {
            keyboard.write((line + "\n").getBytes(UTF_8));
        }
        keyboard.flush();
        return this;
    }

    public List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    public String complaints() {
        return err.toString(UTF_8);
    }

    /** Waits until these lines have been printed, in this order. */
    Person sees(String... lines) {
        await().untilAsserted(() -> assertThat(lines()).containsSubsequence(lines));
        return this;
    }

    /** Waits until a line with a text was printed. */
    Person isToldOf(String text) {
        await().until(() -> lines().stream().anyMatch(line -> line.contains(text)));
        return this;
    }

    /** Waits until an error was printed. */
    Person isTold(String complaint) {
        await().untilAsserted(() -> assertThat(complaints()).contains(complaint));
        return this;
    }

    /** Waits until the program has ended by itself. */
    int exitCode() {
        await().until(exit::isDone);
        return exit.join();
    }

    /** Ends the input and waits. */
    public int ends() throws IOException {
        keyboard.close();
        return exitCode();
    }

    @Override
    public void close() throws IOException {
        ends();
    }
}
