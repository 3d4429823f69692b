package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A conversation on a screen, with somebody who goes, comes and has many names. */
@Timeout(120)
class ConversationsTest {
    @Test
    void aConversationThatWasClosedForOthersBeginsAgainWithItsPast() throws Exception {
        try (House house = new House();
                ChatClient bob = house.client("bob");
                Typist alice = house.typist("alice", 60, 8)) {
            alice.sees("1:lobby (1)");
            ChatRoom direct = bob.direct("alice", message -> {});
            direct.say("one").join();
            alice.sees("2:bob 1!").types("\u001B2").sees("bob: one", " 2:bob");
            StringBuilder others = new StringBuilder();
            for (int i = 1; i <= Windows.MOST_CONVERSATIONS; i++) {
                others.append("/msg nobody").append(i).append(" x\r");
            }
            alice.types(others.toString()).sees("nobody100 is here").types("\u001B0");
            alice.sees("-!- closed the conversation with bob, which was quiet", "longest");
            alice.types("/rooms\r").sees("lobby, 1 here"); // by then the server has heard of it, too
            direct.say("two").join();
            alice.sees("101:bob 1!").types("/switch bob\r").sees("bob: two", "101:bob");
            alice.types("\u001B[5~").sees("bob: one", "bob: two");
        }
    }
}
