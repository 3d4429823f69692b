package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Receipt;
import io.parley.transport.nio.NioTransport;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that keep rooms and sessions in a folder, and are killed. */
@Timeout(300)
class DataTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private Path socket;

    @BeforeEach
    void choosesASocket() throws IOException {
        socket = Files.createTempDirectory("pd").resolve("s"); // short: the path of a socket has a bound
    }

    @AfterEach
    void endsAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process server() throws IOException {
        Path out = folder.resolve("out" + processes.size());
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.parley.apps.server.ChatServerApp",
                        "--host",
                        "localhost",
                        "--port",
                        "0",
                        "--unix",
                        socket.toString(),
                        "--data",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        processes.add(process);
        Patience.await().until(() -> !process.isAlive() || text(out).contains("To come in"));
        return process;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }

    @Test
    void whatWasAcknowledgedIsThereWheneverTheServerIsKilled() throws Exception {
        Process server = server();
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ChatClient ann = ChatClient.builder()
                .name("ann")
                .reconnect(true)
                .longestRetry(Duration.ofMillis(500))
                .connect(NioTransport.create(), UnixDomainSocketAddress.of(socket))) {
            ChatRoom den = ann.enter("den", message -> heard.add(message.text()));
            String id = Long.toHexString(ann.user().id());
            List<String> said = new ArrayList<>();
            List<CompletableFuture<Receipt>> outcomes = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                said.add("no " + i);
                outcomes.add(den.say("no " + i));
                if (i % 20 == 10) {
                    outcomes.get(i - 1).get(WAIT.toSeconds(), TimeUnit.SECONDS);
                    server.destroyForcibly().waitFor();
                    server = server();
                }
            }
            List<Long> numbers = new ArrayList<>();
            for (CompletableFuture<Receipt> outcome : outcomes) {
                numbers.add(outcome.get(WAIT.toSeconds(), TimeUnit.SECONDS).seq());
            }
            Patience.await().until(() -> heard.size() >= said.size());
            assertThat(heard).isEqualTo(said);
            assertThat(numbers).isSorted().doesNotHaveDuplicates();
            assertThat(Long.toHexString(ann.user().id())).isEqualTo(id);
            List<Message> history = den.historyAfter(0, 100)
                    .get(WAIT.toSeconds(), TimeUnit.SECONDS)
                    .messages();
            assertThat(history).extracting(Message::text).isEqualTo(said);
            assertThat(history).extracting(Message::seq).isEqualTo(numbers);
        }
    }

    @Test
    void aFolderIsOneServers() throws Exception {
        server();
        socket = socket.resolveSibling("t");
        Process second = server();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isNotZero();
        assertThat(text(folder.resolve("out1")))
                .contains("--data", folder.resolve("data").toString());
    }
}
