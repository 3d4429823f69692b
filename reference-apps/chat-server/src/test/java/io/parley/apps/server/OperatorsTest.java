package io.parley.apps.server;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole server with its console: accounts that are operators, and bans of the server. */
@Timeout(300)
class OperatorsTest {
    private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PipedOutputStream keyboard = new PipedOutputStream();
    private CompletableFuture<Integer> ended;
    private int port;

    @BeforeEach
    void start() throws Exception {
        account("secret\n", "add", "anna");
        account("", "operator", "anna");
        PipedInputStream in = new PipedInputStream(keyboard);
        PrintStream to = new PrintStream(out, true, UTF_8);
        ended = CompletableFuture.supplyAsync(() ->
                ChatServerApp.run(in, to, to, "--host=127.0.0.1", "--port=0", "--memory", "--accounts=" + file()));
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

    private String file() {
        return folder.resolve("accounts").toString();
    }

    private void account(String input, String action, String... rest) {
        String[] args = new String[3 + rest.length];
        args[0] = "account";
        args[1] = action;
        args[2] = file();
        System.arraycopy(rest, 0, args, 3, rest.length);
        PrintStream to = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        assertThat(Program.run(new ByteArrayInputStream(input.getBytes(UTF_8)), to, to, args))
                .isZero();
    }

    private void type(String line) throws IOException {
        keyboard.write((line + "\n").getBytes(UTF_8));
        keyboard.flush();
    }

    private void awaitOut(String part) {
        await().untilAsserted(() -> assertThat(out.toString(UTF_8)).contains(part));
    }

    private ChatClient connect(ChatClient.Builder client) {
        return client.connect(NioTransport.create(), new InetSocketAddress("127.0.0.1", port));
    }

    private ChatClient anna() {
        return connect(ChatClient.builder().name("Anna").password("secret"));
    }

    private static Throwable outcome(CompletableFuture<?> future) {
        return future.handle((done, error) -> error).join();
    }

    @Test
    void anOperatorModeratesEveryRoomInItsOwnName() throws Exception {
        CompletableFuture<String> author = new CompletableFuture<>();
        try (ChatClient bob = connect(ChatClient.builder().name("bob"));
                ChatClient anna = anna()) {
            ChatRoom games = bob.enter("games", new RoomListener() {
                @Override
                public void onMessage(Message message) {}

                @Override
                public void onModerated(Entry.Moderated act) {
                    if (act.action() == Action.MUTE) {
                        author.complete(act.author().name());
                    }
                }
            });
            ChatRoom hers = anna.enter("games", message -> {});
            hers.moderate(Action.MUTE, bob.user().id(), Duration.ofMinutes(5), "loud")
                    .join();
            assertThat(author).succeedsWithin(Patience.LIMIT).isEqualTo("anna");
            awaitOut("act   games anna: MUTE bob (loud)");
            assertThat(outcome(games.moderate(Action.KICK, anna.user().id(), Duration.ZERO, "")))
                    .isInstanceOf(ChatException.class);
            type("/who");
            awaitOut("anna, an operator, from /127.0.0.1:");
        }
    }

    @Test
    void aReloadTakesTheRightsAwayAtTheNextLogin() throws Exception {
        try (ChatClient bob = connect(ChatClient.builder().name("bob"))) {
            bob.enter("games", message -> {});
            try (ChatClient anna = anna()) {
                account("", "operator", "anna", "off");
                type("/reload");
                awaitOut("WARNING: anna stays an operator until the next login; to disconnect: /kick * anna");
                anna.enter("games", message -> {}).setTopic("tea").join();
            }
            try (ChatClient anna = anna()) {
                ChatRoom games = anna.enter("games", message -> {});
                assertThat(outcome(games.setTopic("cake"))).hasMessageContaining("moderators and owners");
            }
        }
    }

    @Test
    void theConsoleBansAnAccountAndTheLogSaysSo() throws Exception {
        account("secret\n", "add", "carl");
        type("/reload");
        awaitOut("read again");
        CompletableFuture<ChatException> end = new CompletableFuture<>();
        ChatClient.Builder carl = ChatClient.builder()
                .name("carl")
                .password("secret")
                .listener(new ClientListener() {
                    @Override
                    public void onClosed(ChatException why) {
                        end.complete(why);
                    }
                });
        try (ChatClient client = connect(carl)) {
            client.enter("lobby", message -> {});
            type("/ban account CARL 2h spam");
            assertThat(end).succeedsWithin(Patience.LIMIT).satisfies(why -> {
                assertThat(why.code()).isEqualTo(ErrorCode.BANNED);
                assertThat(why).hasMessage("you are banned from this server for 2 hours: spam");
            });
        }
        awaitOut("ban   operator: 1 ACCOUNT CARL for 7200 s (spam)");
        type("/bans");
        awaitOut("1, account CARL, banned for 2 hours, by operator: spam");
        type("/unban 1");
        awaitOut("unban operator: 1 ACCOUNT CARL");
        connect(ChatClient.builder().name("carl").password("secret")).close();
    }
}
