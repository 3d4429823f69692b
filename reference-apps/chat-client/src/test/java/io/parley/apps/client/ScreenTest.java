package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client on a screen, with a real server. */
@Timeout(300)
class ScreenTest {
    private ServerApp server;
    private SocketAddress address;

    @BeforeEach
    void startServer() throws IOException {
        server = start(0);
        address = server.addresses().get(0);
    }

    private static ServerApp start(int port) throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return ServerApp.start(ServerSettings.DEFAULT.onPort(port), InputStream.nullInputStream(), nowhere);
    }

    @AfterEach
    void endServer() {
        server.close();
    }

    private int port() {
        return ((InetSocketAddress) address).getPort();
    }

    private Typist typist(String name, int columns, int rows) throws IOException {
        return new Typist(name + "@127.0.0.1:" + port(), columns, rows);
    }

    private ChatClient client(String name) {
        return ChatClient.builder().name(name).connect(NioTransport.create(), address);
    }

    @Test
    void linesThatComeInLeaveTheTypedOneAlone() throws Exception {
        try (Typist alice = typist("alice", 80, 24);
                ChatClient bob = client("bob")) {
            alice.sees("-!- you came in; 1 here: alice (guest)");
            ChatRoom lobby = bob.enter("lobby", message -> {});
            alice.sees("came: bob").types("half a li");
            await().until(() -> alice.input().equals("half a li"));
            for (int i = 1; i <= 50; i++) {
                lobby.say("number " + i).join();
            }
            alice.sees("bob: number 50");
            await().until(() -> alice.input().equals("half a li"));
            alice.types("ne\r").sees("bob: number 50", "alice: half a line");
            await().until(() -> alice.input().isEmpty());
            await().untilAsserted(() ->
                    assertThat(alice.rows()).hasSize(24).element(0).asString().contains("bob: number 3"));
        }
    }

    @Test
    void roomsHaveWindowsAndCountsOfWhatIsUnread() throws Exception {
        try (Typist alice = typist("alice", 80, 24);
                ChatClient bob = client("bob")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            alice.sees("1:lobby (2)").types("/join games\r").sees("2:games (1)");
            lobby.say("hi all").join();
            lobby.say("hi Alice, are you there?").join();
            bob.direct("alice", message -> {}).say("psst").join();
            alice.sees("1:lobby 2! · 3:bob 1!").seesNo("hi all");
            alice.types("\u001B1").sees("-- unread", "bob: hi all", "bob: hi Alice");
            await().until(() -> alice.status().startsWith(" 1:lobby (2)"));
            alice.types("\u001Ba").sees("bob: psst").types("yes?\r").sees("bob: psst", "alice: yes?");
            alice.types("\u000E").sees("1:lobby (2)");
            alice.types("\u0010\u0010").sees(" 2:games (1)").types("/leave\r").seesNo("games (1)");
            alice.types("/switch lo\r").sees(" 1:lobby (2)");
        }
    }

    @Test
    void whatIsTypedRightAfterASwitchGoesThere() throws Exception {
        try (Typist alice = typist("alice", 80, 24);
                ChatClient bob = client("bob")) {
            alice.sees("1:lobby (1)").types("/join games\r").sees("2:games (1)");
            List<String> heard = new CopyOnWriteArrayList<>();
            bob.enter("lobby", message -> heard.add("lobby " + message.text()));
            bob.enter("games", message -> heard.add("games " + message.text()));
            alice.types("\u001B1one\r\u001B2two\r\u001B1three\r");
            await().until(() -> heard.size() == 3);
            assertThat(heard).containsExactlyInAnyOrder("lobby one", "games two", "lobby three");
        }
    }

    @Test
    void thePastIsScrolledToAsFarAsItGoes() throws Exception {
        try (ChatClient bob = client("bob")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            for (int i = 1; i <= 200; i++) {
                lobby.say("number " + i).join();
            }
            try (Typist alice = typist("alice", 80, 12)) {
                alice.sees("bob: number 200");
                // Twenty came at once; the rest is fetched, by the page.
                await().until(() -> {
                    alice.types("\u001B[5~");
                    return String.join("\n", alice.rows()).contains("bob: number 1\n");
                });
                lobby.say("meanwhile").join();
                alice.sees("bob: number 1\n", " more below, 1 new --");
                alice.types("seen\r").sees("bob: meanwhile", "alice: seen").seesNo("more below");
            }
        }
    }

    @Test
    void nobodysTextMovesTheCursorOrLooksLikeTheProgramsOwn() throws Exception {
        try (Typist alice = typist("alice", 60, 20);
                ChatClient mallory = client("mallory")) {
            ChatRoom lobby = mallory.enter("lobby", message -> {});
            alice.sees("mallory");
            lobby.say("\u001B[2J\u001B[H\u001B]0;owned\u0007\u009B31m\u202Ex\r-!- y\n12:00 -!- you are out")
                    .join();
            lobby.say("x".repeat(200)).join();
            lobby.say("e" + "\u0301".repeat(500)).join();
            mallory.direct("alice", message -> {}).say("\u001B[5i").join();
            lobby.say("end").join();
            alice.sees("mallory: end");
            await().untilAsserted(() -> {
                List<String> rows = alice.rows();
                assertThat(String.join("\n", rows))
                        .contains("mallory: \\u{1B}[2J\\u{1B}[H\\u{1B}]0;owned\\u{7}")
                        .contains("\n        12:00 -!- you are out\n");
                assertThat(rows.stream().filter(row -> !row.isEmpty()))
                        .allMatch(row -> row.matches("(\\d\\d:\\d\\d |        |-- | \\d:|>).*"));
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "40, 24", "20, 6", "200, 50"})
    void everySizeHasAFullScreen(int columns, int rows) throws Exception {
        try (Typist alice = typist("alice", columns, rows);
                ChatClient bob = client("bob")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            alice.sees("1:lobby (2)");
            lobby.say("a word and 你好世界 wide ones and 👍🏽 and so on and on, to the end")
                    .join();
            alice.sees("end\n");
            await().untilAsserted(() -> {
                assertThat(alice.rows()).hasSize(rows).element(rows - 1).isEqualTo(">");
                assertThat(alice.status()).startsWith(" 1:lobby (2)");
            });
            alice.types("typed").resizes(columns / 2 + 10, rows + 2);
            await().until(() -> alice.rows().get(rows + 1).equals("> typed"));
            alice.sees("end\n");
        }
    }

    @Test
    void itComesBackByItself() throws Exception {
        ChatClient bob = client("bob");
        bob.enter("lobby", message -> {});
        try (Typist alice = typist("alice", 80, 24)) {
            alice.sees("1:lobby (2)");
            server.close();
            alice.sees("!!! the connection is lost", "OFFLINE, again in").types("still here\r");
            alice.sees("  ... alice: still here");
            server = start(port());
            alice.sees("you are back", "the room has begun anew", ":", " alice: still here")
                    .seesNo("OFFLINE");
        }
    }

    @Test
    void whoIsSentOutSeesWhy() throws Exception {
        try (Typist alice = typist("alice", 80, 24);
                ChatClient bob = client("bob")) {
            ChatRoom games = bob.enter("games", message -> {});
            alice.sees("1:lobby").types("/join games\r").sees("2:games (2)");
            long id = bob.find("alice").join().id();
            games.moderate(Action.KICK, id, Duration.ZERO, "be quiet").join();
            alice.sees("bob kicked alice (be quiet)", "!!! you are out (kicked: be quiet)");
            alice.types("hello?\r").sees("!!! you are not in games");
        }
    }

    @Test
    void completionKnowsCommandsRoomsAndNicks() throws Exception {
        try (Typist alice = typist("alice", 80, 24);
                ChatClient bob = client("bartholomew")) {
            bob.enter("lobby", message -> {});
            bob.enter("basement", message -> {});
            alice.sees("1:lobby (2)").types("bar\t");
            await().until(() -> alice.input().equals("bartholomew:"));
            alice.types("hi bar\t");
            await().until(() -> alice.input().equals("bartholomew: hi bartholomew"));
            alice.types("\u0003/sw\tlo\t\r").seesNo("bartholomew: hi");
            await().until(() -> alice.input().isEmpty());
        }
    }

    @Test
    void whoIsTypingIsShown() throws Exception {
        Clock stopped = Clock.fixed(Instant.now(), ZoneOffset.UTC); // what is seen for seconds is seen until it is over
        try (Typist alice = new Typist("alice@127.0.0.1:" + port(), 80, 24, true, stopped);
                Typist bob = typist("bob", 80, 24)) {
            alice.sees("1:lobby (2)");
            bob.sees("1:lobby (2)").types("hm");
            alice.sees("bob is typing");
            bob.types(", no\r");
            alice.sees("bob: hm, no").seesNo("bob is typing");
        }
    }

    @Test
    void whoStopsTheProgramFindsHisLineAgainAndWhatWasSaidMeanwhile() throws Exception {
        try (Typist alice = typist("alice", 80, 24);
                ChatClient bob = client("bob")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            alice.sees("1:lobby (2)").types("half a li\u001A").seesNo("lobby");
            lobby.say("meanwhile").join();
            assertThat(String.join("", alice.rows())).doesNotContain("meanwhile");
            alice.goesOn().sees("bob: meanwhile", "> half a li").types("ne\r").sees("alice: half a line");
            alice.types("\u001A").seesNo("lobby").goesOn().sees("1:lobby (2)");
        }
    }

    @Test
    void aGreetingIsSeenInTheFirstRoom() throws Exception {
        server.close();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        ServerSettings any = ServerSettings.DEFAULT.onPort(0);
        ServerSettings settings = new ServerSettings(
                any.listen(), any.tls(), any.access(), any.rooms(), "Be kind.", any.limits(), any.logs());
        server = ServerApp.start(settings, InputStream.nullInputStream(), nowhere);
        address = server.addresses().get(0);
        try (Typist alice = typist("alice", 80, 24)) {
            alice.sees("-!- Be kind.", "you came in; 1 here: alice (guest)", "· alice")
                    .types("/join games\r");
            alice.sees("2:games (1)").seesNo("Be kind.");
        }
    }

    @Test
    void aGoodbyeGivesTheScreenBack() throws Exception {
        try (Typist alice = typist("alice", 80, 24)) {
            alice.sees("1:lobby (1)").types("\u0003").sees("Ctrl-C once more").types("\u0004");
            assertThat(alice.exitCode()).isZero();
            assertThat(alice.complaints()).isEmpty();
            assertThat(String.join("", alice.rows())).doesNotContain("lobby");
        }
    }

    @Test
    void aRefusalIsSaidWithoutAScreen() throws Exception {
        try (ChatClient alice = client("alice");
                Typist second = typist("alice", 80, 24)) {
            assertThat(second.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(second.complaints()).startsWith("the name alice is taken");
            assertThat(String.join("", second.rows())).isEmpty();
            assertThat(alice.name()).isEqualTo("alice");
        }
    }
}
