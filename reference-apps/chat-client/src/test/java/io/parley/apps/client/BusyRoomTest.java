package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A room with a long past, and a server that is slow to answer. */
@Timeout(300)
class BusyRoomTest {
    private static final String PAGE_UP = "\u001B[5~";
    private static final String END = "\u001BOF";

    private static ChatRoom past(ChatClient client, int count) {
        ChatRoom lobby = client.enter("lobby", message -> {});
        for (int i = 1; i <= count; i++) {
            lobby.say("number " + i + ".").join();
        }
        return lobby;
    }

    @Test
    void theFirstPageUpIsAPageAndEndGoesToTheBottom() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob")) {
            ChatRoom lobby = past(bob, 100);
            try (Typist alice = server.typist("alice", 80, 24)) {
                alice.sees("bob: number 100.", "you came in").types(PAGE_UP);
                alice.sees("-- 21 more below --").seesNo("number 81.");
                await().untilAsserted(() -> assertThat(alice.rows().get(21)).endsWith("bob: number 80."));
                lobby.say("new one").join();
                alice.sees("-- 22 more below, 1 new --")
                        .types(END)
                        .sees("bob: new one")
                        .seesNo("more below");
                alice.types(PAGE_UP).sees("more below").types("ab" + END + "c").sees("> abc", "");
                alice.sees("more below")
                        .types("\u001B[1;5F")
                        .seesNo("more below")
                        .sees("> abc");
            }
        }
    }

    @Test
    void asMuchOfThePastIsShownAsWasAskedFor() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob")) {
            ChatRoom lobby = past(bob, 450);
            try (Person alice = new Person(Mode.PIPE, "alice@" + server.place(), "--history=430")) {
                alice.isToldOf("number 450.");
                lobby.say("live").join();
                alice.isToldOf("live");
                List<String> said = alice.lines().stream()
                        .filter(line -> line.contains("bob: "))
                        .map(line -> line.replaceFirst(".*bob: ", ""))
                        .toList();
                assertThat(said)
                        .hasSize(431)
                        .startsWith("number 21.", "number 22.")
                        .endsWith("number 450.", "live");
                assertThat(said).doesNotHaveDuplicates();
            }
            try (Typist carol = new Typist("carol@" + server.place(), 80, 24, null, true, Clock.systemUTC(), 10_000)) {
                carol.sees("bob: live", "you came in");
                for (int page = 0; page < 21; page++) {
                    carol.types(PAGE_UP);
                }
                carol.sees("number 1.\n");
            }
            Person nobody = new Person(Mode.PIPE, "alice@" + server.place(), "--history=10001");
            assertThat(nobody.exitCode()).isEqualTo(2);
            assertThat(nobody.complaints()).contains("--history: 0 to 10000, not 10001");
        }
    }

    @Test
    void aLineWithoutAnAnswerIsPendingAndThenSaidOrRefused() throws Exception {
        try (TestServer server = new TestServer();
                Relay relay = new Relay(server.place());
                ChatClient bob = server.client("bob");
                Typist alice = new Typist("alice@" + relay.place(), 80, 24)) {
            ChatRoom games = bob.enter("games", message -> {});
            alice.sees("1:lobby (1)").types("/join games\r").sees("2:games (2)");
            relay.stall();
            alice.types("one\rtwo\r").sees("  ... alice: one", "  ... alice: two");
            relay.flow();
            alice.seesNo("  ... ").sees("alice: one", "alice: two");
            relay.stall();
            alice.types("three\r").sees("  ... alice: three");
            games.moderate(Action.MUTE, bob.find("alice").join().id(), Duration.ZERO, "")
                    .join();
            alice.sees("bob muted alice").types("\u001B1").sees(" 1:lobby");
            relay.flow();
            alice.sees("2:games ").seesNo("not said").types("\u001B2");
            alice.seesNo("  ... ").sees("!!! not said: three (you are muted in this room)");
        }
    }
}
