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
import io.parley.gateway.GatewayOptions;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are not sent because the connection is lost, with a real server and a relay that is cut. */
class UnsentMessagesTest {
    private static final int MOST_UNDER_WAY = 32;
    private static final int LINES = 150; // some of them wait in the library

    private final ByteArrayOutputStream swallowed = new ByteArrayOutputStream(); // bytes that the server did not get
    private volatile boolean swallowing;
    private final ServerApp server;
    private final ServerSocket door;
    private final ChatClient bob;

    UnsentMessagesTest() throws IOException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        ServerSettings open = ServerSettings.DEFAULT.onPort(0);
        ServerSettings settings = new ServerSettings(
                open.listen(),
                open.tls(),
                open.access(),
                open.rooms(),
                open.greeting(),
                limits(open.limits()),
                open.logs());
        server = ServerApp.start(settings, InputStream.nullInputStream(), nowhere);
        door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        bob = ChatClient.builder()
                .name("bob")
                .connect(NioTransport.create(), server.addresses().get(0));
    }

    @AfterEach
    void close() throws IOException {
        door.close();
        bob.close();
        server.close();
    }

    private static GatewayOptions limits(GatewayOptions all) {
        return all.toBuilder().maxInFlight(MOST_UNDER_WAY).build();
    }

    /** Accepts one more connection. */
    private CompletableFuture<Socket> letIn() {
        CompletableFuture<Socket> in = new CompletableFuture<>();
        daemon(() -> {
            try {
                Socket client = door.accept();
                int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
                Socket to = new Socket(InetAddress.getLoopbackAddress(), port);
                daemon(() -> carry(client, to, true));
                daemon(() -> carry(to, client, false));
                in.complete(client);
            } catch (IOException closed) {
                in.completeExceptionally(closed);
            }
        });
        return in;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "line");
        thread.setDaemon(true);
        thread.start();
    }

    private void carry(Socket from, Socket to, boolean toServer) {
        try (from;
                to) {
            byte[] bytes = new byte[8_192];
            int count = from.getInputStream().read(bytes);
            while (count > 0) {
                if (toServer && swallowing) {
                    swallowed.write(bytes, 0, count);
                } else {
                    to.getOutputStream().write(bytes, 0, count);
                }
                count = from.getInputStream().read(bytes);
            }
        } catch (IOException cut) {
            // both ends are closed now
        }
    }

    private Person alice(Mode mode) throws IOException {
        return new Person(mode, "alice@127.0.0.1:" + door.getLocalPort(), "--reconnect");
    }

    private static List<String> lines() {
        return IntStream.rangeClosed(1, LINES).mapToObj(i -> "line " + i + ".").toList();
    }

    /** Types all lines: the first are lost on the way and the others are not sent. Then cuts the connection. */
    private void typesInVain(Person alice, CompletableFuture<Socket> line) throws Exception {
        swallowing = true;
        alice.types(lines().toArray(String[]::new));
        await().until(() -> swallowed.toString(UTF_8).contains("line " + MOST_UNDER_WAY + "."));
        line.join().close();
        alice.isTold("the connection is lost");
        swallowing = false;
    }

    /** Whoever has spoken keeps the session; else another begins, and the room tells what was said in it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasNotSentIsSaidOnceAndInItsOrder(boolean spoke) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        bob.enter("lobby", message -> heard.add(message.text()));
        CompletableFuture<Socket> first = letIn();
        try (Person alice = alice(Mode.PIPE)) {
            alice.sees("[lobby] --> you; 2 here: alice (guest), bob (guest)");
            if (spoke) {
                alice.types("first").sees("[lobby] alice: first");
                await().until(() -> heard.remove("first"));
            }
            typesInVain(alice, first);
            alice.types("typed meanwhile");
            letIn();
            await().until(() -> heard.contains("typed meanwhile"));
            assertThat(heard.subList(0, heard.size() - 1)).isEqualTo(lines());
            assertThat(alice.complaints().lines()).noneMatch(line -> line.contains("not said: "));
            assertThat(alice.ends()).isZero();
        }
    }

    @Test
    void theEndOfTheInputWaitsForWhatWasNotSent() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        bob.enter("lobby", message -> heard.add(message.text()));
        CompletableFuture<Socket> first = letIn();
        try (Person alice = alice(Mode.PIPE)) {
            alice.sees("[lobby] --> you; 2 here: alice (guest), bob (guest)");
            typesInVain(alice, first);
            letIn();
            assertThat(alice.ends()).isZero();
            await().until(() -> heard.contains("line " + LINES + "."));
            assertThat(heard).isEqualTo(lines());
        }
    }

    @Test
    void aNewConnectionThatIsLostAtOnceLosesNothing() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        bob.enter("lobby", message -> heard.add(message.text()));
        CompletableFuture<Socket> first = letIn();
        try (Person alice = alice(Mode.PIPE)) {
            alice.sees("[lobby] --> you; 2 here: alice (guest), bob (guest)");
            first.join().close();
            alice.isTold("the connection is lost");
            alice.types("typed meanwhile");
            CompletableFuture<Socket> second = letIn();
            alice.sees("*** you are back, as alice");
            second.join().close();
            letIn();
            await().until(() -> heard.contains("typed meanwhile"));
            assertThat(alice.complaints().lines()).noneMatch(line -> line.contains("not said: "));
            assertThat(heard).containsOnlyOnce("typed meanwhile");
        }
    }

    @Test
    void whatIsForARoomThatIsClosedMeanwhileIsSaidToBeUnsaid() throws Exception {
        ChatRoom games = bob.enter("games", message -> {});
        CompletableFuture<Socket> first = letIn();
        try (Person alice = alice(Mode.PIPE)) {
            alice.types("/join games").sees("[games] --> you; 2 here: alice (guest), bob (owner, guest)");
            typesInVain(alice, first);
            games.configure(new RoomSettings(true, 0, games.settings().presence()))
                    .join();
            letIn();
            alice.isTold("not said: line " + LINES + ".");
            assertThat(alice.ends()).isEqualTo(ExitCode.LOST);
        }
    }
}
