package io.parley.apps.client;

import io.parley.apps.client.window.Windows;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A conversation on a screen with a user who leaves, joins and has several names. */
@Timeout(300)
class ConversationsTest {
    @Test
    void whoTakesTheNameOfSomebodyWhoWentIsInTheSameWindow() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient carol = server.client("carol");
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)");
            try (ChatClient bob = server.client("bob")) {
                bob.direct("alice", message -> {}).say("one").join();
                alice.sees("2:bob 1!");
            }
            alice.sees("2:bob 2!"); // that he went
            carol.direct("alice", message -> {}).say("two").join();
            alice.sees("3:carol 1!");
            carol.rename("bob").join();
            alice.sees("2:bob 3!").types("\u001B2");
            alice.sees("-- unread", "bob: one", "you are out", "carol: two", "carol is now bob", " 2:bob");
            alice.types("/switch 3\r").sees("there is no window 3");
        }
    }

    @Test
    void thePastOfWhoHasAnotherNameNowIsInTheSameWindow() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice", 60, 8)) {
            alice.sees("1:lobby (1)");
            ChatRoom direct = bob.direct("alice", message -> {});
            for (int i = 1; i <= 12; i++) {
                direct.say("number " + i).join();
            }
            alice.sees("2:bob 12!").types("\u001B2").sees("number 12", " 2:bob");
            bob.rename("rob").join();
            alice.sees("bob is now rob", " 2:rob").types("/history 12\r");
            alice.sees("number 1\n", " 2:rob", "-- 7 more below --");
        }
    }

    @Test
    void theCurrentConversationIsSearched() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice", 60, 8)) {
            alice.sees("1:lobby (1)").types("a needle in the room\r").sees("alice: a needle");
            ChatRoom direct = bob.direct("alice", message -> {});
            direct.say("a needle between us").join();
            direct.say("and more").join();
            alice.sees("2:bob 2!").types("\u001B2").sees("and more", " 2:bob");
            alice.types("/search NEEDLE\r").sees("bob: a needle between us", "... 1 message ...");
        }
    }

    @Test
    void aConversationThatWasClosedForOthersBeginsAgainWithItsPast() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice", 60, 8)) {
            alice.sees("1:lobby (1)");
            ChatRoom direct = bob.direct("alice", message -> {});
            direct.say("one").join();
            alice.sees("2:bob 1!").types("\u001B2").sees("bob: one", " 2:bob").types("\u001B1");
            for (int i = 1; i <= Windows.MAX_CONVERSATIONS; i++) {
                try (ChatClient other = server.client("n" + i)) {
                    other.direct("alice", message -> {}).say("x").join();
                }
                alice.sees(":n" + i + " ").types("\u001Ba").sees("n" + i + ": x");
            }
            alice.types("\u001B0");
            alice.sees("-!- closed the conversation with bob, which was quiet", "longest");
            alice.types("/rooms\r").sees("lobby, 1 here"); // by then the server has heard of it, too
            direct.say("two").join();
            alice.sees("101:bob 1!").types("/switch bob\r").sees("bob: two", "101:bob");
            alice.types("\u001B[5~").sees("bob: one", "bob: two");
        }
    }

    @Test
    void whoComesWithTheNameOfSomebodyWhoWentIsSaidToBeAnother() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)");
            try (ChatClient bob = server.client("bob")) {
                bob.direct("alice", message -> {}).say("one").join();
                alice.sees("2:bob 1!").types("\u001B2").sees("bob: one", " 2:bob");
            }
            alice.sees("you are out").types("to the first\r").sees("not said: to the first");
            try (ChatClient bob = server.client("bob")) {
                bob.direct("alice", message -> {}).say("two").join();
                alice.sees("this is another bob than before", "bob: two");
            }
        }
    }
}
