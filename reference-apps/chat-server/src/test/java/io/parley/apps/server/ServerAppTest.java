package io.parley.apps.server;

import static io.parley.apps.server.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.operator.Operator;
import io.parley.apps.server.operator.OperatorConsole;
import io.parley.apps.server.options.Configuration;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Listen;
import io.parley.apps.server.options.ServerSettings.Logged;
import io.parley.apps.server.terminal.Printer;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.codec.Bytes;
import io.parley.gateway.GatewayOptions;
import io.parley.model.ErrorCode;
import io.parley.model.Role;
import io.parley.model.Tags;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAppTest {
    private static final ServerSettings D = ServerSettings.DEFAULT;
    private static final ServerSettings LOCAL = settings(TransportKind.NIO, null, "", 20_000);
    private static final String SAID = "operator: fünf Minuten";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static ServerSettings settings(TransportKind via, Path unix, String greeting, int connections) {
        return D.with(new Listen("127.0.0.1", 0, via, unix, null, null))
                .with(
                        greeting,
                        GatewayOptions.DEFAULT.toBuilder()
                                .maxConnections(connections)
                                .maxConnectionsPerAddress(connections)
                                .build());
    }

    private ServerApp start(ServerSettings settings) throws IOException {
        return start(settings, InputStream.nullInputStream());
    }

    private ServerApp start(ServerSettings settings, InputStream console) throws IOException {
        return ServerApp.start(settings, console, new PrintStream(out, true, UTF_8));
    }

    private static ChatClient connect(ServerApp server, String name) {
        return ChatClient.builder()
                .name(name)
                .reconnect(false)
                .connect(NioTransport.create(), server.addresses().get(0));
    }

    /** What was logged, without the times. */
    private List<String> log() {
        return out.toString(UTF_8)
                .lines()
                .filter(line -> line.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d .*"))
                .map(line -> line.substring("2000-01-01 00:00:00 ".length()))
                .toList();
    }

    private void awaitLog(String... lines) {
        await().untilAsserted(() -> assertThat(log()).containsSubsequence(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0perator",
                "[operator]",
                "operator.",
                "OPERATOR",
                "\u043e\u0440\u0435\u0433\u0430\u0442\u043e\u0433"
            }) // Cyrillic
    void nobodyLooksLikeTheOperator(String name) throws Exception {
        try (ServerApp server = start(settings(TransportKind.NIO, null, "", 10))) {
            assertThatThrownBy(() -> connect(server, name))
                    .isInstanceOfSatisfying(
                            ChatException.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.NAME_TAKEN));
        }
    }

    @ParameterizedTest
    @EnumSource
    void logsWhoComesAndGoes(TransportKind via) throws Exception {
        try (ServerApp server = start(settings(via, null, "", 10))) {
            try (ChatClient alice = connect(server, "alice")) {
                ChatRoom lobby = alice.enter("lobby", message -> {});
                lobby.say("this stays among us").join();
                alice.enter("games", message -> {}).setTopic("fun").join();
                lobby.leave().join();
            }
            awaitLog(
                    "enter alice",
                    "join  lobby alice",
                    "join  games alice",
                    "topic games alice: fun",
                    "leave lobby alice",
                    "leave games alice",
                    "exit  alice");
        }
        assertThat(log()).contains("act   games operator: MAKE_OWNER alice");
        assertThat(out.toString(UTF_8)).doesNotContain("among us");
    }

    @Test
    void logsWhatIsSaidWhenAskedButNeverDirectMessages() throws Exception {
        try (ServerApp server = start(LOCAL.logging(Logged.MESSAGES));
                ChatClient alice = connect(server, "alice");
                ChatClient bob = connect(server, "bob")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            alice.direct("bob", message -> {}).say("secret").join();
            lobby.say("hello").join();
            lobby.say("waves", Tags.of("action", Bytes.EMPTY)).join();
            awaitLog("say   lobby bob: hello", "say   lobby * bob waves");
            assertThat(log())
                    .containsOnlyOnce("join  lobby bob")
                    .noneMatch(line -> line.startsWith("join") && line.contains("alice"));
        }
        assertThat(out.toString(UTF_8)).doesNotContain("secret");
    }

    @Test
    void quietLogsNothingButStillSaysWhereItIs() throws Exception {
        try (ServerApp server = start(LOCAL.logging(Logged.NOTHING));
                ChatClient alice = connect(server, "alice")) {
            alice.enter("lobby", message -> {}).say("hello").join();
            int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
            assertThat(out.toString(UTF_8)).contains("java -jar chat-client.jar 127.0.0.1:" + port);
        }
        assertThat(log()).isEmpty();
    }

    @Test
    void controlCharactersDoNotReachTheLog() throws Exception {
        try (ServerApp server = start(LOCAL.logging(Logged.MESSAGES));
                ChatClient alice = connect(server, "alice")) {
            String attack = "x\u001B]0;title\u0007\r\n2000-01-01 00:00:00 enter mallory\u202E";
            alice.enter("lobby", message -> {}).say(attack).join();
            awaitLog("say   lobby alice: x\\u{1B}]0;title\\u{7}\\r\\n2000-01-01 00:00:00 enter mallory\\u{202E}");
        }
        assertThat(log()).doesNotContain("enter mallory");
    }

    @Test
    void theOperatorSpeaksToEverybody() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        ClientListener ears = new ClientListener() {
            @Override
            public void onNotice(String sender, String text) {
                heard.add(sender + ": " + text);
            }
        };
        try (PipedOutputStream keyboard = new PipedOutputStream();
                ServerApp server = start(LOCAL, new PipedInputStream(keyboard));
                ChatClient alice = ChatClient.builder()
                        .name("alice")
                        .listener(ears)
                        .connect(NioTransport.create(), server.addresses().get(0))) {
            // Nobody is told of what was said before it came, and a login is answered just before that moment.
            await().until(() -> {
                keyboard.write("\n   \nfünf Minuten\n".getBytes(UTF_8));
                keyboard.flush();
                return SAID.equals(heard.poll(100, TimeUnit.MILLISECONDS));
            });
            assertThat(alice.name()).isEqualTo("alice");
        }
        assertThat(heard).allMatch(SAID::equals);
    }

    @Test
    void theEndOfTheConsoleIsNotTheEnd() throws Exception {
        InputStream broken = InputStream.nullInputStream();
        broken.close(); // reading it throws
        try (ServerApp server = start(LOCAL, broken);
                ChatClient alice = connect(server, "alice")) {
            assertThat(alice.enter("lobby", message -> {}).memberCount()).isEqualTo(1);
        }
    }

    @Test
    void theServersRoomBelongsToNobodyElse() throws Exception {
        try (ServerApp server = start(LOCAL);
                ChatClient alice = connect(server, "alice")) {
            ChatRoom lobby = alice.enter("lobby", message -> {});
            assertThat(lobby.say("first").join().seq()).isEqualTo(1); // nobody was made an owner before
            assertThat(lobby.role()).isEqualTo(Role.MEMBER);
        }
    }

    @Test
    void greetsAndBoundsConnections() throws Exception {
        try (ServerApp server = start(settings(TransportKind.NIO, null, "be kind", 1));
                ChatClient alice = connect(server, "alice")) {
            assertThat(alice.greeting()).isEqualTo("be kind");
            assertThat(catchThrowable(() -> connect(server, "bob"))).isInstanceOf(ChatException.class);
        }
    }

    @Test
    void saysHowToComeInWhereGuestsAreNot() throws Exception {
        ServerSettings accountsOnly = new ServerSettings(
                LOCAL.listen(),
                LOCAL.tls(),
                new ServerSettings.Access(null, false),
                LOCAL.rooms(),
                LOCAL.greeting(),
                LOCAL.limits(),
                LOCAL.logs());
        try (ServerApp server = start(accountsOnly)) {
            assertThat(server.addresses()).hasSize(1);
            assertThat(out.toString(UTF_8)).contains("put NAME@ before the address, and --password behind it");
        }
    }

    @Test
    void listensOnAUnixSocketAsWell(@TempDir Path folder) throws Exception {
        try (ServerApp server = start(settings(TransportKind.NIO, folder.resolve("s"), "", 10))) {
            List<SocketAddress> addresses = server.addresses();
            assertThat(addresses).hasSize(2);
            try (ChatClient alice =
                    ChatClient.builder().name("alice").connect(NioTransport.create(), addresses.get(1))) {
                assertThat(alice.name()).isEqualTo("alice");
            }
            assertThat(out.toString(UTF_8)).contains("java -jar chat-client.jar unix:" + folder.resolve("s"));
        }
        assertThat(folder.resolve("s")).doesNotExist();
    }

    @Test
    void everyInterfaceIsListenedOnByDefault() throws Exception {
        try (ServerApp server = start(D.onPort(0))) {
            int port = ((InetSocketAddress) server.addresses().get(0)).getPort();
            SocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (ChatClient alice = ChatClient.builder().name("alice").connect(NioTransport.create(), loopback)) {
                assertThat(alice.name()).isEqualTo("alice");
            }
            assertThat(out.toString(UTF_8)).contains("java -jar chat-client.jar localhost:" + port);
        }
    }

    @Test
    void closingDrainsAndIsSoonOverWhenClientsGo() throws Exception {
        ServerApp server = start(LOCAL);
        ChatClient alice = connect(server, "alice");
        alice.enter("lobby", message -> {});
        server.close();
        server.awaitClosed();
        assertThat(alice.closed()).succeedsWithin(Patience.LIMIT);
        await().untilAsserted(
                        () -> assertThat(out.toString(UTF_8).lines()).last().isEqualTo("ended"));
        assertThat(out.toString(UTF_8)).contains("draining: 1 connection has 3 seconds to end");
        assertThat(log()).containsSubsequence("leave lobby alice", "exit  alice");
        ChatException refused = (ChatException) catchThrowable(() -> alice.enter("lobby", message -> {}));
        assertThat(refused.code()).isEqualTo(ErrorCode.GOING_AWAY);
    }

    @Test
    void aReloadThatFailsUnforeseenIsLogged() throws Exception {
        Configuration.Source broken = () -> {
            throw new NoClassDefFoundError("gone");
        };
        PrintStream to = new PrintStream(out, true, UTF_8);
        OperatorConsole nobody = OperatorConsole.of(InputStream.nullInputStream());
        try (ServerApp server = ServerApp.start(Configuration.of(LOCAL), broken, nobody, to)) {
            server.hangUp();
            assertThat(out.toString(UTF_8))
                    .contains("WARNING: cannot read again in order: java.lang.NoClassDefFoundError: gone");
        }
    }

    @Test
    void anEndThatFailsHoldsNobodyUp() throws Exception {
        ServerApp server = ServerApp.start(
                Configuration.of(LOCAL),
                () -> Configuration.of(LOCAL),
                new OperatorConsole() {
                    @Override
                    public void open(Operator operator, Printer printer, Consumer<String> answers) {}

                    @Override
                    public void close() {
                        throw new IllegalStateException("no such terminal");
                    }
                },
                new PrintStream(out, true, UTF_8));
        assertThatThrownBy(server::close).hasMessage("no such terminal");
        assertThat(CompletableFuture.runAsync(server::close)).succeedsWithin(Patience.LIMIT);
        assertThatThrownBy(server::awaitEnded).hasRootCauseMessage("no such terminal");
    }
}
