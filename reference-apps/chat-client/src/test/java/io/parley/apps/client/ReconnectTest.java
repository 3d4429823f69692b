package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.RoomSettings;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a client reconnects, with a real server and a relay that is cut. */
class ReconnectTest {
    private static final String SECRET = "$2a$10$2V0enaBF0sAWZkmjc1dox.MDF6HAcFPoA6qiKHcT9MZ1ld/61u/Lu"; // hashed

    private static ServerApp start(int port) throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return ServerApp.start(ServerSettings.DEFAULT.onPort(port), InputStream.nullInputStream(), nowhere);
    }

    private static int port(ServerApp server) {
        return ((InetSocketAddress) server.addresses().get(0)).getPort();
    }

    /** Carries bytes between the next client and the server until it is closed. */
    private static Socket line(ServerSocket door, int port) throws IOException {
        Socket client = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        carry(client, server);
        carry(server, client);
        return client;
    }

    /** The same for all clients until it is closed: a client may give up before it is accepted. */
    private static void lines(ServerSocket door, int port) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (!door.isClosed()) {
                            line(door, port);
                        }
                    } catch (IOException closed) {
                        // closed
                    }
                },
                "door");
        thread.setDaemon(true);
        thread.start();
    }

    private static void carry(Socket from, Socket to) {
        Thread thread = new Thread(
                () -> {
                    try (from;
                            to) {
                        from.getInputStream().transferTo(to.getOutputStream());
                    } catch (IOException cut) {
                        // both ends are closed now
                    }
                },
                "line");
        thread.setDaemon(true);
        thread.start();
    }

    @Test
    void whatWasMissedIsShownOnceAndInOrder() throws Exception {
        try (ServerApp server = start(0);
                ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ChatClient bob = ChatClient.builder()
                        .name("bob")
                        .connect(NioTransport.create(), server.addresses().get(0))) {
            CompletableFuture<Socket> first = CompletableFuture.supplyAsync(() -> open(door, port(server)));
            try (Person alice = new Person(Mode.TERMINAL, "alice@127.0.0.1:" + door.getLocalPort(), "--reconnect")) {
                alice.sees("[lobby] --> you; 1 here: alice (guest)");
                ChatRoom lobby = bob.enter("lobby", message -> {});
                lobby.say("one").join();
                alice.sees("[lobby] bob: one");
                first.join().close();
                alice.isTold("the connection is lost");
                lobby.say("two").join();
                lobby.say("three").join();
                alice.types("from the dark");
                lines(door, port(server));
                alice.sees("*** you are back, as alice", "[lobby] bob: two", "[lobby] bob: three");
                lobby.say("four").join();
                alice.sees("[lobby] bob: four");
                assertThat(alice.lines().stream().filter(line -> line.startsWith("[lobby] bob: ")))
                        .containsExactly(
                                "[lobby] bob: one", "[lobby] bob: two", "[lobby] bob: three", "[lobby] bob: four");
                assertThat(alice.ends()).isZero();
            }
            assertThat(bob.enterAsync("other", 0, message -> {}).join().name()).isEqualTo("other");
        }
    }

    @Test
    void aRoomThatIsClosedMeanwhileIsLeft() throws Exception {
        try (ServerApp server = start(0);
                ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ChatClient bob = ChatClient.builder()
                        .name("bob")
                        .connect(NioTransport.create(), server.addresses().get(0))) {
            CompletableFuture<Socket> first = CompletableFuture.supplyAsync(() -> open(door, port(server)));
            ChatRoom games = bob.enter("games", message -> {});
            try (Person alice = new Person(Mode.TERMINAL, "alice@127.0.0.1:" + door.getLocalPort(), "--reconnect")) {
                alice.types("/join games").sees("[games] --> you; 2 here: alice (guest), bob (owner, guest)");
                first.join().close();
                alice.isTold("the connection is lost");
                games.configure(new RoomSettings(true, 0, games.settings().presence()))
                        .join();
                lines(door, port(server));
                await().untilAsserted(
                                () -> assertThat(alice.lines()).anyMatch(line -> line.startsWith("[games] <-- you (")));
                alice.sees("*** you are back, as alice");
                assertThat(alice.ends()).isZero();
            }
        }
    }

    @Test
    void anAccountsConversationGoesOnWhereItWas(@TempDir Path folder) throws Exception {
        Path password = Files.createFile(
                folder.resolve("password"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, "secret\n");
        try (ServerApp server = withAccounts(folder);
                ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ChatClient bob = ChatClient.builder()
                        .name("bob")
                        .password("secret")
                        .connect(NioTransport.create(), server.addresses().get(0))) {
            CompletableFuture<Socket> first = CompletableFuture.supplyAsync(() -> open(door, port(server)));
            try (Person alice = new Person(
                    Mode.TERMINAL,
                    "alice@127.0.0.1:" + door.getLocalPort(),
                    "--reconnect",
                    "--password-file=" + password)) {
                alice.sees("[lobby] --> you; 1 here: alice");
                ChatRoom direct = bob.direct("alice", message -> {});
                direct.say("one").join();
                alice.sees("[bob -> you] one");
                first.join().close();
                alice.isTold("the connection is lost");
                direct.say("two").join();
                direct.say("three").join();
                lines(door, port(server));
                alice.sees("*** you are back, as alice", "[bob -> you] two", "[bob -> you] three");
                direct.say("four").join();
                alice.sees("[bob -> you] four");
                assertThat(alice.lines().stream().filter(line -> line.startsWith("[bob -> you] ")))
                        .containsExactly(
                                "[bob -> you] one", "[bob -> you] two", "[bob -> you] three", "[bob -> you] four");
                assertThat(alice.ends()).isZero();
            }
        }
    }

    /** A server with accounts for alice and bob, with the same password. */
    private static ServerApp withAccounts(Path folder) throws IOException {
        Path accounts = Files.createTempFile(folder, "accounts", "").toAbsolutePath(); // only the owner can read it
        Files.writeString(accounts, "alice:" + SECRET + "\nbob:" + SECRET + "\n");
        ServerSettings open = ServerSettings.DEFAULT;
        ServerSettings settings = new ServerSettings(
                new ServerSettings.Listen("127.0.0.1", 0, open.listen().transport(), null, null, null),
                open.tls(),
                new ServerSettings.Access(accounts, true),
                open.rooms(),
                open.greeting(),
                open.limits(),
                open.logs());
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return ServerApp.start(settings, InputStream.nullInputStream(), nowhere);
    }

    private static Socket open(ServerSocket door, int port) {
        try {
            return line(door, port);
        } catch (IOException closed) {
            throw new IllegalStateException(closed);
        }
    }

    @Test
    void aServerThatBeganAnewIsSaidToHave() throws Exception {
        ServerApp old = start(0);
        int port = port(old);
        try (Person alice = new Person(Mode.PIPE, "alice@127.0.0.1:" + port, "--reconnect")) {
            alice.sees("[lobby] --> you; 1 here: alice (guest)").types("before").sees("[lobby] alice: before");
            old.close();
            alice.isTold("the connection is lost");
            try (ServerApp fresh = start(port)) {
                alice.types("after");
                alice.sees(
                        "*** you are back, as alice",
                        "[lobby] ... the room has begun anew; what was said meanwhile may be lost ...",
                        "[lobby] alice: after");
                assertThat(alice.ends()).isZero();
                assertThat(port(fresh)).isEqualTo(port);
            }
        }
    }

    @Test
    void theEndOfTheInputEndsTheTrying() throws Exception {
        ServerApp server = start(0);
        Person alice = new Person(Mode.PIPE, "alice@127.0.0.1:" + port(server), "--reconnect");
        alice.sees("[lobby] --> you; 1 here: alice (guest)");
        server.close();
        alice.isTold("the connection is lost");
        assertThat(alice.ends()).isEqualTo(ExitCode.LOST);
    }
}
