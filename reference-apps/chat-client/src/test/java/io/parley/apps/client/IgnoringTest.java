package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commands about whose messages a user takes. */
@Timeout(300)
class IgnoringTest {
    private static ServerApp server() throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return ServerApp.start(ServerSettings.DEFAULT.onPort(0), InputStream.nullInputStream(), nowhere);
    }

    private static Person person(ServerApp server, String name) throws IOException {
        int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
        return new Person(Mode.TERMINAL, name + "@127.0.0.1:" + port);
    }

    @Test
    void hidesWhatSomebodySaysWhateverTheName() throws IOException {
        try (ServerApp server = server();
                Person alice = person(server, "alice").sees("[lobby] --> you; 1 here: alice (guest)");
                Person bob = person(server, "bob");
                Person carol = person(server, "carol")) {
            alice.sees("[lobby] --> bob").sees("[lobby] --> carol");
            alice.types("/ignored").sees("*** you ignore nobody");
            alice.types("/ignore BOB").sees("*** you ignore bob now");
            alice.types("/ignored").sees("*** you ignore bob (guest)");
            bob.types("one", "/nick rob", "two", "/msg alice three");
            bob.isTold("alice takes no messages from you");
            carol.sees("[lobby] bob: one", "[lobby] rob: two").types("four");
            alice.sees("[lobby] carol: four").types("/history 10", "/unignore bob");
            alice.sees("*** you do not ignore bob any more");
            assertThat(alice.lines()).noneMatch(line -> line.matches(".*(one|two|three)"));
            bob.types("five", "/msg alice six");
            alice.sees("[lobby] rob: five", "[rob -> you] six");
            alice.types("/ignore nobody").isTold("! there is nobody called nobody");
            alice.types("/ignore alice").isTold("! that is you");
        }
    }

    @Test
    void saysWhoseDirectMessagesItTakes() throws IOException {
        try (ServerApp server = server();
                Person alice = person(server, "alice").sees("[lobby] --> you; 1 here: alice (guest)");
                Person bob = person(server, "bob")) {
            alice.sees("[lobby] --> bob").types("/direct accounts").sees("*** you take direct messages of accounts");
            bob.types("/msg alice one").isTold("alice takes no messages of guests");
            alice.types("/direct Room-Mates").sees("*** you take direct messages of those who are in a room with you");
            bob.types("/msg alice two");
            alice.sees("[bob -> you] two").types("/direct friends");
            alice.isTold("! it is: /direct everybody|accounts|room-mates|nobody");
        }
    }

    /** A guest is a new user after a reconnect, and the server knows nothing of its wishes. */
    @Test
    void saysItAgainAfterAReconnect() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)").types("/direct accounts\r").sees("you take direct messages of accounts");
            server.stop();
            server.restart();
            alice.sees("you are back");
            try (ChatClient bob = server.client("bob")) {
                await().untilAsserted(() -> assertThatThrownBy(() -> bob.direct("alice", message -> {}))
                        .hasMessageContaining("alice takes no messages of guests"));
            }
        }
    }

    @Test
    void ignoresOnTheScreenAlsoWhatIsLoadedLater() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                ChatClient carol = server.client("carol")) {
            ChatRoom spoken = bob.enter("lobby", message -> {});
            ChatRoom other = carol.enter("lobby", message -> {});
            spoken.say("by bob before").join();
            other.say("by carol before").join();
            for (int i = 1; i <= 30; i++) {
                other.say("number " + i).join();
            }
            try (Typist alice = server.typist("alice", 60, 8)) {
                alice.sees("number 30").types("/ignore bob\r").sees("you ignore bob now");
                spoken.say("by bob now").join();
                other.say("by carol now").join();
                alice.sees("carol: by carol now").seesNo("by bob");
                await().until(() -> {
                    alice.types("\u001B[5~"); // a page up; while history is loaded it may change nothing
                    return String.join("\n", alice.rows()).contains("by carol before");
                });
                alice.seesNo("by bob").sees("by carol before", "number 1");
                alice.types("/unignore bob\r").sees("you do not ignore bob any more");
                spoken.say("by bob again").join();
                alice.sees("bob: by bob again");
            }
        }
    }
}
