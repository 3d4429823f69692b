package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.connection.ExitCode;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a client on a screen reconnects. */
@Timeout(300)
class ScreenReconnectTest {
    @Test
    void whatIsSaidInARoomThatBeganAnewIsNew() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            try (ChatClient bob = server.client("bob")) {
                ChatRoom lobby = bob.enter("lobby", message -> {});
                for (int i = 1; i <= 30; i++) {
                    lobby.say("old " + i).join();
                }
                alice.sees("old 30");
                server.stop();
            }
            alice.sees("OFFLINE");
            server.restart();
            alice.sees("you are back", "the room has begun anew")
                    .types("/join games\r")
                    .sees(" 2:games (1)");
            try (ChatClient bob = server.client("bob")) {
                ChatRoom lobby = bob.enter("lobby", message -> {});
                lobby.say("new").join();
                alice.sees("1:lobby 1");
            }
        }
    }

    @Test
    void aConversationThatBeganAnewIsShownOnceAndInOrder() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice", 60, 12)) {
            alice.sees("1:lobby (1)");
            try (ChatClient bob = server.client("bob")) {
                ChatRoom direct = bob.direct("alice", message -> {});
                for (int i = 1; i <= 4; i++) {
                    direct.say("old " + i).join();
                }
                alice.sees("2:bob 4!").types("\u001B2").sees("old 4", " 2:bob");
                server.stop();
            }
            alice.sees("OFFLINE");
            server.restart();
            alice.sees("you are back");
            try (ChatClient bob = server.client("bob")) {
                ChatRoom direct = bob.direct("alice", message -> {});
                direct.say("new 1").join();
                direct.say("new 2").join();
                alice.sees("old 4", "new 1", "new 2");
                alice.types("\u001B[5~")
                        .sees("old 1")
                        .types("\u001B[5~\u001B[5~")
                        .types("x");
                alice.sees("> x");
                alice.types("\u001B0").sees(" no room").types("\u001B2").sees("old 4", "new 1", "new 2");
                await().untilAsserted(() ->
                        assertThat(String.join("\n", alice.rows())).containsOnlyOnce("new 1"));
            }
        }
    }

    @Test
    void whoIsNotLetInAgainIsToldWhy() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)");
            server.stop();
            server.restartWithoutGuests();
            assertThat(alice.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(alice.complaints())
                    .startsWith("the connection is over: this server wants a name and a password");
        }
    }

    @Test
    void asMuchOfThePastIsThereAsWasAskedFor() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            for (int i = 1; i <= 200; i++) {
                lobby.say("number " + i).join();
            }
            try (Typist alice = server.typist("alice", 60, 12)) {
                alice.sees("number 200")
                        .types("/history 150\r")
                        .sees(" more below --")
                        .seesNo("number 200");
                server.stop();
                alice.sees("OFFLINE");
                for (int i = 0; i < 30; i++) {
                    alice.types("\u001B[5~");
                }
                alice.sees("number 51\n", "number 52\n").seesNo("number 50\n");
            }
        }
    }

    @Test
    void whatIsTypedMeanwhileIsPendingAndThenSaidOnceInItsOrder() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)").types("zero\r").sees("alice: zero").seesNo("  ... ");
            server.stop();
            alice.sees("OFFLINE")
                    .types("one\r/me waits\rtwo\r")
                    .sees("  ... alice: one", "  ... * alice waits", "  ... alice: two");
            server.restart();
            alice.sees("you are back").seesNo("  ... ");
            assertThat(alice.rows().stream()
                            .filter(row -> row.matches("[0-9:]{5} (alice:|\\* alice) .*"))
                            .map(row -> row.substring("12:00 ".length())))
                    .containsExactly("alice: zero", "alice: one", "* alice waits", "alice: two");
        }
    }

    @Test
    void whoSaysGoodbyeWhileSomethingWaitsDoesNotWait() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)");
            server.stop();
            alice.sees("OFFLINE")
                    .types("into the dark\r")
                    .sees("  ... alice: into the dark")
                    .types("/topic night\rtoo late\r")
                    .sees("that waits until you are back: night", "that waits until you are back: too late")
                    .types("/msg bob secret\r")
                    .sees("that waits until you are back: secret")
                    .types("\u0004");
            assertThat(alice.exitCode()).isEqualTo(ExitCode.LOST);
            assertThat(alice.complaints())
                    .contains("not said: into the dark (", "not said: too late (", "not said: secret (");
        }
    }
}
