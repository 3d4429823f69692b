package io.parley.apps.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Receipt;
import io.parley.client.RoomListener;
import io.parley.transport.nio.NioTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        return server("--data", folder.resolve("data").toString());
    }

    private Process server(String... options) throws IOException {
        Path out = folder.resolve("out" + processes.size());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.parley.apps.server.ChatServerApp",
                "--host",
                "localhost",
                "--port",
                "0",
                "--unix",
                socket.toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        processes.add(process);
        Patience.await().until(() -> !process.isAlive() || text(out).contains("A line typed here"));
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

    @Test
    void withoutOptionsTheFolderIsWhereTheServerWasStarted() throws Exception {
        Path data = folder.toRealPath().resolve("parley-data");
        server("--memory");
        assertThat(text(folder.resolve("out0"))).contains("end with the server (--memory)");
        assertThat(data).doesNotExist();
        socket = socket.resolveSibling("t");
        server(new String[0]);
        assertThat(text(folder.resolve("out1"))).contains("are kept in the folder " + data + ".");
        assertThat(data.resolve("parley.db")).isRegularFile();
    }

    // ---- backups

    private void run(String... args) {
        PrintStream to = new PrintStream(OutputStream.nullOutputStream(), true, UTF_8);
        assertThat(ChatServerApp.run(InputStream.nullInputStream(), to, to, args))
                .as(String.join(" ", args))
                .isZero();
    }

    private static List<Long> say(ChatRoom room, String what) throws Exception {
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            seqs.add(room.say(what + i).get(WAIT.toSeconds(), TimeUnit.SECONDS).seq());
        }
        return seqs;
    }

    /**
     * A client says something, a backup is made, it says more, and the server goes on from the backup. What was said since is lost;
     * nothing else is, and nothing is there twice.
     *
     * @param restarts how often the server was started anew since the backup; a token is another one after each
     */
    @ParameterizedTest
    @CsvSource({"0, 2m", "2, 1s"})
    void aClientGoesOnWhenABackupWasRestored(int restarts, String grace) throws Exception {
        String[] before = {"--grace", grace, "--data", folder.resolve("data").toString()};
        String[] after = {"--grace", grace, "--data", folder.resolve("restored").toString()};
        Process server = server(before);
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ChatClient ann = ChatClient.builder()
                .name("ann")
                .reconnect(true)
                .longestRetry(Duration.ofMillis(300))
                .connect(NioTransport.create(), UnixDomainSocketAddress.of(socket))) {
            ChatRoom lobby = ann.enter("lobby", new RoomListener() {
                @Override
                public void onMessage(Message message) {
                    heard.add(message.text());
                }

                @Override
                public void onReset(long epoch) {
                    heard.add("RESET");
                }
            });
            long id = ann.user().id();
            say(lobby, "kept ");
            run(
                    "backup",
                    folder.resolve("data").toString(),
                    folder.resolve("backup").toString());
            say(lobby, "lost ");
            for (int i = 0; i < restarts; i++) {
                server.destroyForcibly().waitFor();
                server = server(before);
                say(lobby, "lost after restart " + i + " ");
            }
            server.destroyForcibly().waitFor();
            run(
                    "restore",
                    folder.resolve("backup").toString(),
                    folder.resolve("restored").toString());
            server(after);
            List<Long> seqs = say(lobby, "new ");
            assertThat(seqs).isEqualTo(List.of(6L, 7L, 8L, 9L, 10L));
            List<String> expected = List.of(
                    "kept 0", "kept 1", "kept 2", "kept 3", "kept 4", "new 0", "new 1", "new 2", "new 3", "new 4");
            List<Message> history = lobby.historyAfter(0, 100)
                    .get(WAIT.toSeconds(), TimeUnit.SECONDS)
                    .messages();
            assertThat(history).extracting(Message::text).isEqualTo(expected);
            Patience.await().until(() -> heard.get(heard.size() - 1).equals("new 4"));
            int reset = heard.lastIndexOf("RESET");
            assertThat(reset).as("the client is told").isPositive();
            List<String> anew = heard.subList(reset + 1, heard.size());
            assertThat(anew).isEqualTo(expected.subList(expected.size() - anew.size(), expected.size()));
            if (restarts == 0) {
                assertThat(ann.user().id())
                        .as("the session of the backup goes on")
                        .isEqualTo(id);
            }
        }
    }
}
