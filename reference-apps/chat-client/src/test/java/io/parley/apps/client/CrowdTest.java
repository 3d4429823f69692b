package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.client.ChatClient;
import io.parley.transport.nio.NioTransport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A room of many members. */
@Timeout(300)
class CrowdTest {
    private static final int MEMBERS = 150;

    @Test
    void theirNumberIsSeenAndNotAScreenOfNames() throws Exception {
        List<ChatClient> crowd = new ArrayList<>();
        try (TestServer server = new TestServer()) {
            int port = Integer.parseInt(server.place().replaceFirst(".*:", ""));
            SocketAddress address = new InetSocketAddress("127.0.0.1", port);
            NioTransport transport = NioTransport.create();
            for (int i = 1; i <= MEMBERS; i++) {
                ChatClient one = ChatClient.builder().name("member" + i).connect(transport, address);
                crowd.add(one);
                one.enterAsync("lobby", 0, message -> {}).join();
            }
            try (Typist alice = server.typist("alice", 40, 12)) {
                alice.sees("you came in; 151 here: ", " more", "lobby (151)");
                await().untilAsserted(() -> assertThat(alice.rows().stream()
                                .filter(row -> row.contains("member"))
                                .count())
                        .as("rows of names at 40 columns")
                        .isLessThan(6));
                alice.types("/who\r").sees("-!- 151 here\n");
            }
            try (Person bob = new Person(Mode.TERMINAL, "bob@" + server.place())) {
                bob.isToldOf("here: ").types("/who");
                await().until(() -> bob.lines().stream().anyMatch(line -> line.matches("\\[lobby\\] 15[0-9] here")));
                assertThat(bob.lines())
                        .filteredOn(line -> line.contains("member1 (guest), "))
                        .last()
                        .asString()
                        .contains(" here: ", "member99 (guest)", "member" + MEMBERS + " (guest)");
            } finally {
                crowd.forEach(ChatClient::closeAsync);
            }
        }
    }
}
