package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a line goes that is typed on a screen. */
@Timeout(300)
class LineTargetTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private ChatRoom listen(ChatClient client, String room) {
        return client.enter(room, message -> heard.add(room + " " + message.text()));
    }

    @Test
    void nothingGoesAnywhereFromTheWindowOfTheConnection() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)");
            listen(bob, "lobby");
            alice.types("\u001B0").sees(" no room, /join ROOM");
            alice.types("to nobody\r/me is alone\r/topic mine\r/who\r");
            alice.sees("!!! you are in no room", "!!! you are in no room", "!!! you are in no room", "!!! you are in");
            alice.types("\u001B1").sees(" 1:lobby (2)").types("to all\r").sees("alice: to all");
            await().until(() -> heard.contains("lobby to all"));
            assertThat(heard).containsExactly("lobby to all");
        }
    }

    @Test
    void whatIsTypedBehindAJoinGoesThere() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            listen(bob, "lobby");
            listen(bob, "games");
            alice.sees("1:lobby (2)").types("/join games\rone\r/msg nobody hi\r");
            alice.sees("!!! not said: hi (there is nobody called nobody)", " 2:games (2)");
            alice.sees("> /msg nobody hi").types("\u0015two\r").sees("alice: one", "alice: two");
            await().until(() -> heard.size() == 2);
            assertThat(heard).containsExactly("games one", "games two");
        }
    }

    @Test
    void aLineForNobodyComesBackAndMovesTheUserNowhere() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            listen(bob, "lobby");
            alice.sees("1:lobby (2)")
                    .types("/msg nobody hi\r")
                    .sees("!!! not said: hi (there is nobody called nobody)", " 1:lobby (2)", "> /msg nobody hi");
            alice.types(" between us\r")
                    .sees("not said: hi between us (there is nobody called nobody)", " 1:lobby (2)");
            alice.types("\u0015to all\r");
            await().until(() -> heard.contains("lobby to all"));
            assertThat(heard).containsExactly("lobby to all");
        }
    }

    @Test
    void whoGoesElsewhereIsNotFetchedByTheRoomHeAskedFor() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            listen(bob, "lobby");
            alice.sees("1:lobby (2)").types("/join first\r/join second\rhere\r");
            alice.sees("alice: here", "3:second (1)");
            alice.types("\u001B2").sees(" 2:first (1)").seesNo("alice: here");
        }
    }

    @Test
    void theLastWordsAreSaidBeforeTheGoodbye() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            listen(bob, "lobby");
            alice.sees("1:lobby (2)").types("one\rtwo\r/quit\r");
            assertThat(alice.exitCode()).isZero();
            await().until(() -> heard.size() == 2);
            assertThat(heard).containsExactly("lobby one", "lobby two");
        }
    }

    @Test
    void ownDeedsAreNotUnread() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            ChatRoom lobby = listen(bob, "lobby");
            alice.sees("1:lobby (2)").types("/join games\r").sees(" 2:games (1)");
            alice.types("\u001B1/me waves\r\u001B2there").sees("> there"); // she is in games again
            await().until(() -> heard.contains("lobby waves"));
            lobby.say("seen").join();
            alice.sees("1:lobby 1");
            lobby.say("alice!").join();
            alice.sees("1:lobby 2!");
        }
    }

    @Test
    void aConversationThatWasLeftBeginsAgain() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice", 60, 8)) {
            alice.sees("1:lobby (1)");
            ChatRoom direct = bob.direct("alice", message -> heard.add(message.text()));
            direct.say("one").join();
            alice.sees("2:bob 1!")
                    .types("\u001B2")
                    .sees("bob: one", " 2:bob")
                    .types("/leave\r")
                    .sees(" 1:lobby (1)");
            direct.say("two").join();
            alice.sees("2:bob 1!").types("\u001B2").sees("bob: two", " 2:bob");
            alice.types("\u001B[5~")
                    .sees("bob: one", "bob: two")
                    .types("three\r")
                    .sees("alice: three");
            await().until(() -> heard.contains("three"));
        }
    }
}
