package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.Identity;
import io.parley.model.MyRoom;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.server.ChatServer;
import io.parley.transport.nio.NioTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An account that comes back after a while: its rooms are open, with what it has not read. */
@Timeout(300)
class ComingBackTest {
    private ChatServer server;
    private InetSocketAddress address;

    /** Whoever shows a password has an account. */
    private static final class Open implements ChatPolicy {
        @Override
        public Answer login(Applicant applicant) {
            String name = applicant.name().display();
            return applicant.isGuest() ? Decision.ALLOW : Decision.admit(Identity.account(name, name));
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        server = ChatServer.builder()
                .listen(NioTransport.create(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .policy(new Open())
                .start();
        address = (InetSocketAddress) server.addresses().get(0);
    }

    @AfterEach
    void endServer() {
        server.close();
    }

    private Typist anna() throws IOException {
        return anna(80, 24);
    }

    private Typist anna(int columns, int rows) throws IOException {
        return new Typist("anna@127.0.0.1:" + address.getPort(), columns, rows, "secret", true, Clock.systemUTC());
    }

    private ChatClient client(String name, boolean account) {
        ChatClient.Builder builder = ChatClient.builder().name(name);
        return (account ? builder.password("secret") : builder).connect(NioTransport.create(), address);
    }

    private long unread(ChatClient client, String room) {
        return client.mine().join().stream()
                .filter(one -> one.name().equals(room))
                .mapToLong(MyRoom::unread)
                .sum();
    }

    @Test
    void roomsAreOpenWithWhatWasNotRead() throws Exception {
        try (ChatClient bob = client("bob", false);
                ChatClient carol = client("carol", true)) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            ChatRoom games = bob.enter("games", message -> {});
            try (Typist anna = anna()) {
                anna.sees("1:lobby (2)").types("/join games\r").sees("2:games (2)");
                games.say("seen at once").join();
                anna.sees("bob: seen at once");
                try (ChatClient phone = client("anna", true)) {
                    await().until(() -> unread(phone, "games") == 0);
                }
            }
            await().until(() -> server.hub().user("anna") == null);
            lobby.say("first of the lobby").join();
            lobby.say("second of the lobby").join();
            games.say("a game").join();
            games.say("anna, your turn").join();
            carol.directAsync(carol.find("anna").join().id(), 0, message -> {})
                    .join()
                    .say("psst")
                    .join();

            try (Typist anna = anna()) {
                anna.sees("-- unread", "bob: first of the lobby", "bob: second of the lobby");
                anna.sees("1:lobby (2)", "2:games 2!", "3:carol 1!");
                try (ChatClient phone = client("anna", true)) {
                    await().until(() -> unread(phone, "lobby") == 0);
                    assertThat(unread(phone, "games")).isEqualTo(2); // it is not shown
                    anna.types("/mine\r").sees("games: 2 unread, 1 to you; bob: anna, your turn");
                    anna.types("\u001B2").sees("bob: seen at once", "-- unread", "bob: a game", "bob: anna, your turn");
                    await().until(() -> unread(phone, "games") == 0);
                }
            }
        }
    }

    @Test
    void theFirstUnreadLineIsFoundOnASmallScreen() throws Exception {
        try (ChatClient bob = client("bob", false);
                ChatClient carol = client("carol", true)) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            try (Typist anna = anna(40, 12)) {
                anna.sees("1:lobby (2)");
                lobby.say("seen").join();
                anna.sees("bob: seen");
                try (ChatClient phone = client("anna", true)) {
                    await().until(() -> unread(phone, "lobby") == 0);
                }
            }
            await().until(() -> server.hub().user("anna") == null);
            for (int i = 1; i <= 60; i++) {
                lobby.say("missed " + i + ".").join();
            }
            carol.directAsync(carol.find("anna").join().id(), 0, message -> {})
                    .join()
                    .say("psst")
                    .join();
            try (Typist anna = anna(40, 12)) {
                anna.sees("bob: missed 60.", " 1:lobby · -- unread above -- · 2:caro…");
                anna.types("\u001Bu").sees("-- unread from here --", "bob: missed 1.", "more below --");
                anna.types("\u001BOF").sees("bob: missed 60.").seesNo("unread above");
                anna.types("/mine\r").sees("with carol: 1 unread; carol:");
            }
        }
    }

    @Test
    void whatAnotherDeviceHasReadIsReadHere() throws Exception {
        try (ChatClient bob = client("bob", false);
                ChatClient phone = client("anna", true)) {
            ChatRoom games = bob.enter("games", message -> {});
            ChatRoom onPhone = phone.enter("games", message -> {});
            try (Typist anna = anna()) {
                anna.sees("(1)"); // the lobby
                long last = games.say("a game").join().seq();
                anna.sees("games 1");

                onPhone.read(last).join();

                anna.seesNo("games 1");
                assertThat(unread(phone, "games")).isZero();
            }
        }
    }
}
