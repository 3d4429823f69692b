package io.parley.apps.server.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.apps.server.Patience;
import io.parley.apps.server.Program;
import io.parley.model.ServerBan;
import io.parley.server.ChatServer;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The operator without a terminal. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class AdminSocketTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private ChatServer server;
    private Operator operator;
    private AdminSocket socket;
    private volatile boolean good = true;

    @BeforeEach
    void open() throws Exception {
        server = ChatServer.builder()
                .listen(NioTransport.create(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .room("lobby")
                .start();
        operator = new Operator(
                Operator.Source.SOCKET, server, this::reload, () -> {}, (words, answers) -> {}, new BanListener() {
                    @Override
                    public void onBan(ServerBan ban) {}

                    @Override
                    public void onUnban(ServerBan ban, String by) {}
                });
        socket = AdminSocket.open(path(), operator);
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        server.close();
    }

    private boolean reload(Consumer<String> answers) {
        answers.accept(good ? "read again" : "nothing has changed");
        return good;
    }

    private Path path() {
        return folder.resolve("admin");
    }

    private int run(String input, String... command) {
        String[] args = new String[command.length + 3];
        args[0] = "admin";
        args[1] = "--socket";
        args[2] = path().toString();
        System.arraycopy(command, 0, args, 3, command.length);
        return Program.run(
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                args);
    }

    @Test
    void runsOneCommand() {
        assertThat(run("", "/rooms")).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo("lobby, 0 here" + System.lineSeparator());
        assertThat(run("", "/topic", "lobby", "tea", "time")).isZero();
        assertThat(server.hub().findRoom("lobby").topic()).isEqualTo("tea time");
    }

    @Test
    void bansFromTheServer() {
        assertThat(run("/ban network 203.0.113.0/24 2h spam\n/bans\n/unban 1\n/bans\n"))
                .isZero();
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "banned the network 203.0.113.0/24 from the server for 2 hours; /unban 1 lifts it",
                        "1, network 203.0.113.0/24, banned for 2 hours, by operator: spam",
                        "lifted ban 1 of the network 203.0.113.0/24",
                        "nobody is banned from the server");
        assertThat(run("", "/unban", "1")).isEqualTo(1);
    }

    @Test
    void runsEveryLineAndTellsWhetherAllWereDone() {
        assertThat(run("/topic lobby one\n\n/rooms\n")).isZero();
        assertThat(run("/nonsense\n/topic lobby two\n")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("lobby, 0 here: one", "not done: there is no command /nonsense");
        assertThat(server.hub().findRoom("lobby").topic()).isEqualTo("two");
    }

    @Test
    void saysNothingToEverybodyWithoutBeingAskedTo() {
        assertThat(run("", "who")).isEqualTo(1);
        assertThat(run("hello there\n")).isEqualTo(1);
        String hint = "; to say something to everybody: /broadcast TEXT";
        assertThat(out.toString(UTF_8).lines())
                .containsExactly(
                        "not done: a command begins with a slash: /who" + hint,
                        "not done: a command begins with a slash: /who" + hint);
        assertThat(server.stats().messages()).isZero();
    }

    @Test
    void tellsWhatBecameOfAReload() {
        assertThat(run("", "/reload")).isZero();
        good = false;
        assertThat(run("", "/reload")).isEqualTo(1);
        assertThat(out.toString(UTF_8).lines()).containsExactly("read again", "nothing has changed");
    }

    @Test
    void isForItsOwnerAlone() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-------");
    }

    @Test
    void isNeverForOthersNotEvenWhileItIsOpened() throws Exception {
        Path again = folder.resolve("again");
        Set<String> modes = ConcurrentHashMap.newKeySet();
        AtomicBoolean looking = new AtomicBoolean(true);
        CompletableFuture<?> look = CompletableFuture.runAsync(() -> {
            while (looking.get()) {
                try {
                    modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(again)));
                } catch (IOException none) {
                    // It is closed at the moment.
                }
            }
        });
        for (int i = 0; i < 300 || modes.isEmpty(); i++) {
            AdminSocket.open(again, operator).close();
        }
        looking.set(false);
        assertThat(look).succeedsWithin(Patience.LIMIT);
        assertThat(modes).containsOnly("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path());
        }
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        socket.close();
        assertThat(path()).doesNotExist();
        assertThat(run("", "/rooms")).isEqualTo(4);
        assertThat(err.toString(UTF_8)).startsWith("no server answers at " + path());
    }

    @Test
    void takesThePlaceOfASocketThatNobodyAnswersAt() throws Exception {
        Path stale = folder.resolve("stale");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(stale))
                .close();
        assertThat(stale).exists();
        try (AdminSocket again = AdminSocket.open(stale, operator);
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(stale))) {
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void leavesAnOrdinaryFileAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("notes"), "precious");
        assertThatThrownBy(() -> AdminSocket.open(file, operator)).hasMessageContaining("is no socket");
        assertThat(file).hasContent("precious");
    }

    @Test
    void isNotTakenFromARunningServer() {
        assertThatThrownBy(() -> AdminSocket.open(path(), operator)).hasMessage("address in use: " + path());
        assertThat(run("", "/rooms")).isZero();
    }

    @Test
    void oneWhoFloodsOrIsSilentHoldsUpNobody() throws Exception {
        try (SocketChannel silent = SocketChannel.open(UnixDomainSocketAddress.of(path()));
                SocketChannel flood = SocketChannel.open(UnixDomainSocketAddress.of(path()))) {
            assertThat(silent.write(ByteBuffer.wrap("/who".getBytes(UTF_8)))).isEqualTo(4);
            ByteBuffer endless = ByteBuffer.allocate(128 << 10);
            flood.configureBlocking(false);
            flood.write(endless);
            assertThat(run("", "/rooms")).isZero();
        }
    }
}
