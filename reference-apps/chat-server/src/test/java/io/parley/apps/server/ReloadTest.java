package io.parley.apps.server;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reload while the server runs, which the operator asks for at the console. */
@Timeout(300)
class ReloadTest {
    private static final Pattern PORT = Pattern.compile("chat-client.jar 127.0.0.1:(\\d+)");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private CompletableFuture<Integer> ended;
    private int port;

    @BeforeEach
    void start() throws Exception {
        configure("greeting = be kind\nmax-connections = 50\n");
        PipedInputStream in = new PipedInputStream(keyboard);
        PrintStream to = new PrintStream(out, true, UTF_8);
        ended = CompletableFuture.supplyAsync(() -> ChatServerApp.run(
                in,
                to,
                to,
                "--host=127.0.0.1",
                "--port=0",
                "--memory",
                "--config=" + file(),
                "--admin-socket=" + admin()));
        awaitOut("A line typed here");
        Matcher where = PORT.matcher(out.toString(UTF_8));
        assertThat(where.find()).isTrue();
        port = Integer.parseInt(where.group(1));
    }

    @AfterEach
    void stop() throws Exception {
        type("/drain");
        assertThat(ended).succeedsWithin(Patience.LIMIT).isEqualTo(0);
        keyboard.close();
    }

    private Path admin() {
        return folder.resolve("admin");
    }

    /** Asks for a reload over the admin socket; returns the exit code and the answer. */
    private Map.Entry<Integer, String> reload() {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        PrintStream to = new PrintStream(answer, true, UTF_8);
        int code = ChatServerApp.run(InputStream.nullInputStream(), to, to, "admin", "--socket=" + admin(), "/reload");
        return Map.entry(code, answer.toString(UTF_8));
    }

    private Path file() {
        return folder.resolve("server.conf");
    }

    private void configure(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private void type(String line) throws IOException {
        keyboard.write((line + "\n").getBytes(UTF_8));
        keyboard.flush();
    }

    private void awaitOut(String part) {
        await().untilAsserted(() -> assertThat(out.toString(UTF_8)).contains(part));
    }

    private ChatClient connect(String name) {
        return ChatClient.builder().name(name).connect(NioTransport.create(), new InetSocketAddress("127.0.0.1", port));
    }

    /** The greeting of a new client; an older connection may still be closing. */
    private String greeting(String name) {
        return await().ignoreExceptionsInstanceOf(ChatException.class)
                .until(
                        () -> {
                            try (ChatClient client = connect(name)) {
                                return client.greeting();
                            }
                        },
                        greeting -> true);
    }

    @Test
    void aGoodOneHoldsForThoseWhoComeFromThenOn() throws Exception {
        Path motd = Files.writeString(folder.resolve("motd"), "Tea at five.\r\nBring cake.\n");
        try (ChatClient alice = connect("alice")) {
            assertThat(alice.greeting()).isEqualTo("be kind");
            configure("motd = " + motd + "\nmax-connections = 1\nwrite-timeout = 1m\n");
            type("/reload");
            awaitOut("read again");
            assertThat(out.toString(UTF_8))
                    .contains("--max-connections: now 1, was 50")
                    .contains("--motd: now " + motd + ", was not given")
                    .contains("--write-timeout: now 60s, was 30s")
                    .contains("who comes from now on is greeted anew");
            assertThat(catchThrowable(() -> connect("bob"))).isInstanceOf(ChatException.class);
            assertThat(alice.ping().join()).isNotNull();
        }
        assertThat(greeting("carol")).isEqualTo("Tea at five.\nBring cake.");
        Files.writeString(motd, "Tea at six.");
        type("/reload");
        await().until(() -> out.toString(UTF_8).split("greeted anew", -1).length == 3);
        assertThat(greeting("dan")).isEqualTo("Tea at six.");
    }

    @Test
    void aBadOneChangesNothing() throws Exception {
        configure("greeting = be cruel\nmax-connections = none\n");
        type("/reload");
        awaitOut("WARNING: nothing has changed, the old configuration goes on: Invalid value for option");
        awaitOut("(from max-connections in " + file() + ")");
        configure("greeting = be cruel\nmax-connections = 0\n");
        type("/reload");
        awaitOut("goes on: --max-connections: at least 1, not 0");
        configure("greeting = be cruel\nnonsense = 1\n");
        type("/reload");
        awaitOut("goes on: " + file() + ": there is no option nonsense");
        configure("greeting = be cruel\nmotd = " + folder.resolve("nowhere") + "\n");
        type("/reload");
        awaitOut("goes on: --greeting and --motd: choose one");
        configure("motd = " + folder.resolve("nowhere") + "\n");
        type("/reload");
        awaitOut("goes on: --motd: " + folder.resolve("nowhere") + " cannot be read");
        Files.delete(file());
        type("/reload");
        awaitOut("goes on: the configuration cannot be read");
        assertThat(greeting("alice")).isEqualTo("be kind");
        assertThat(out.toString(UTF_8)).doesNotContain("read again", "now ");
    }

    @Test
    void whoAsksFromElsewhereIsToldWhatBecameOfIt() throws Exception {
        configure("greeting = hello\nmax-connections = 50\nhistory = 7\n");
        assertThat(reload())
                .isEqualTo(Map.entry(
                        0,
                        String.join(
                                System.lineSeparator(),
                                "--greeting: now hello, was be kind",
                                "WARNING: --history: stays not given until a restart, then it is 7",
                                "who comes from now on is greeted anew",
                                "read again",
                                "")));
        assertThat(out.toString(UTF_8)).contains("--greeting: now hello, was be kind", "read again");
        configure("max-connections = 0\n");
        Map.Entry<Integer, String> failed = reload();
        assertThat(failed.getKey()).isEqualTo(1);
        assertThat(failed.getValue()).startsWith("WARNING: nothing has changed, the old configuration goes on: --max");
    }

    @Test
    void whatNeedsARestartIsToldAndTheRestHolds() throws Exception {
        configure("greeting = hello\nmax-connections = 50\nhistory = 7\ntransport = blocking\n");
        type("/reload");
        awaitOut("read again");
        assertThat(out.toString(UTF_8))
                .contains("WARNING: --history: stays not given until a restart, then it is 7")
                .contains("WARNING: --transport: stays nio until a restart, then it is blocking")
                .contains("--greeting: now hello, was be kind")
                .doesNotContain("--max-connections: now");
        assertThat(greeting("alice")).isEqualTo("hello");
    }

    @Test
    void accountsThatAreNewlyAskedForNeedARestart() throws Exception {
        Path accounts = folder.resolve("accounts");
        Files.createFile(accounts, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        configure("greeting = be kind\nmax-connections = 50\naccounts = " + accounts + "\n");
        type("/reload");
        awaitOut("WARNING: --accounts: stays not given until a restart, then it is " + accounts);
    }
}
