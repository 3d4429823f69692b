package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.Registration;
import io.parley.accounts.ScramLogin;
import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.client.options.Login;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Access;
import io.parley.apps.server.options.ServerSettings.Rooms;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by token and by SCRAM to a real server, with TLS and without, and what follows them. */
@Timeout(300)
class LoginTest {
    private static final String PASSWORD = "four small boats";
    private static final String OTHER = "five large boats";
    private static final Pattern FINGERPRINT = Pattern.compile("certificate ([0-9A-F:]{95})");
    private static final Pattern TOKEN = Pattern.compile("until /account revoke: (\\S+)");

    @TempDir
    private Path folder;

    /** A server with the account alice, and its operator's console. */
    private final class Server implements AutoCloseable {
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final PipedOutputStream console = new PipedOutputStream();
        private final boolean tls;
        private final ServerApp app;

        Server(boolean tls, boolean scram, Duration grace) throws IOException {
            this.tls = tls;
            ServerSettings open = ServerSettings.DEFAULT.onPort(0);
            Rooms rooms = open.rooms();
            ServerSettings settings = new ServerSettings(
                    open.listen(),
                    open.tls(),
                    new Access(null, true, Registration.OPEN, scram, false),
                    new Rooms(rooms.room(), rooms.operator(), grace, rooms.data()),
                    open.greeting(),
                    open.limits(),
                    open.logs());
            app = ServerApp.start(
                    tls ? settings.selfSigned(folder) : settings,
                    new PipedInputStream(console),
                    new PrintStream(said, true, UTF_8));
            command("/account add alice " + PASSWORD, Pattern.compile("(alice)"));
        }

        Server(boolean tls, boolean scram) throws IOException {
            this(tls, scram, ServerSettings.DEFAULT.rooms().grace());
        }

        /** Runs a command of the operator, and waits for what its answer has. */
        private String command(String line, Pattern answer) throws IOException {
            int from = said.size();
            console.write((line + "\n").getBytes(UTF_8));
            console.flush();
            await().until(() -> answer.matcher(since(from)).find());
            return first(answer, since(from));
        }

        private String since(int from) {
            byte[] all = said.toByteArray();
            return new String(all, from, all.length - from, UTF_8);
        }

        String token() throws IOException {
            return command("/account token alice", TOKEN);
        }

        String place() {
            return "127.0.0.1:" + ((InetSocketAddress) app.addresses().get(0)).getPort();
        }

        /** A client that prints lines. */
        Person person(Mode mode, String destination, String... options) throws IOException {
            List<String> args = new ArrayList<>(List.of(destination));
            if (tls) {
                args.add("--tls-fingerprint=" + first(FINGERPRINT, said.toString(UTF_8)));
            }
            args.addAll(List.of(options));
            return new Person(mode, args.toArray(String[]::new));
        }

        Person person(String name, String... options) throws IOException {
            return person(Mode.PIPE, name + "@" + place(), options);
        }

        @Override
        public void close() throws IOException {
            console.close();
            app.close();
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private String file(String option, String secret) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "secret", ""), secret + "\n");
        return option + "=" + Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String password(String password) throws IOException {
        return file("--password-file", password);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void scramLogsIn(boolean tls) throws Exception {
        try (Server server = new Server(tls, true);
                Person alice = server.person("alice", "--scram", password(PASSWORD))) {
            alice.types("hello").isToldOf("alice: hello");
            assertThat(alice.ends()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWrongPasswordIsToldAsWithoutScram(boolean tls) throws Exception {
        try (Server server = new Server(tls, true)) {
            Person scram = server.person("alice", "--scram", password("wrong boats"));
            assertThat(scram.exitCode()).isEqualTo(ExitCode.REFUSED);
            Person plain = server.person("alice", password("wrong boats"));
            assertThat(plain.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(scram.complaints())
                    .isEqualTo(plain.complaints())
                    .contains(server.place() + " does not let alice in: wrong name or password");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerWithoutScramIsTold(boolean tls) throws Exception {
        try (Server server = new Server(tls, false)) {
            Person alice = server.person("alice", "--scram", password(PASSWORD));
            assertThat(alice.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(alice.complaints())
                    .contains(
                            "does not let alice in: the server does not take this login with SCRAM: this server does not"
                                    + " take such credentials");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTokenLogsInWhoseItIs(boolean tls) throws Exception {
        try (Server server = new Server(tls, false);
                Person alice = server.person("somebody", file("--token-file", server.token()))) {
            alice.types("hello").isToldOf("alice: hello");
            assertThat(alice.ends()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTokenThatIsRefusedIsTold(boolean tls) throws Exception {
        try (Server server = new Server(tls, false)) {
            Person alice = server.person("somebody", file("--token-file", "parley-none"));
            assertThat(alice.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(alice.complaints()).contains(server.place() + " does not let you in: that token is not good");
        }
    }

    /** With a session that goes on, and with a login of its own, where the server holds no session. */
    @ParameterizedTest
    @CsvSource({"scram, false, 60", "scram, true, 60", "scram, true, 0", "token, false, 0", "token, true, 60"})
    void whoIsCutOffLogsInAgain(String how, boolean tls, int graceSeconds) throws Exception {
        try (Server server = new Server(tls, true, Duration.ofSeconds(graceSeconds));
                Relay relay = new Relay(server.place())) {
            String[] options = how.equals("token")
                    ? new String[] {file("--token-file", server.token()), "--reconnect"}
                    : new String[] {"--scram", password(PASSWORD), "--reconnect"};
            try (Person alice = server.person(Mode.PIPE, "alice@" + relay.place(), options)) {
                alice.types("before").isToldOf("alice: before");
                relay.cut();
                alice.isTold("the connection is lost");
                relay.open();
                alice.types("after").isToldOf("alice: after");
                assertThat(alice.ends()).isZero();
            }
        }
    }

    // ---- what follows a login

    private static Typist changesPassword(Typist alice) throws IOException {
        alice.sees("1:lobby").types("/password\r").sees("present password:").types(PASSWORD + "\r");
        return alice.sees("new password:")
                .types(OTHER + "\r")
                .sees("once more:")
                .types(OTHER + "\r")
                .sees("the password is changed");
    }

    private static ChatClient client(Server server, String name) {
        return ChatClient.builder()
                .name(name)
                .connect(NioTransport.create(), server.app.addresses().get(0));
    }

    private static void goesOnAfterACut(Server server, Relay relay, Typist alice) throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (ChatClient bob = client(server, "bob")) {
            ChatRoom lobby =
                    bob.enter("lobby", message -> heard.add(message.author().isGuest() + " " + message.text()));
            relay.cut();
            alice.sees("the connection is lost");
            relay.open();
            alice.types("after\r");
            await().until(() -> heard.contains("false after"));
            assertThat(lobby.name()).isEqualTo("lobby");
        }
    }

    @Test
    void afterAChangeOfThePasswordScramUsesTheNewOne() throws Exception {
        try (Server server = new Server(false, true, Duration.ZERO);
                Relay relay = new Relay(server.place());
                Typist alice =
                        new Typist("alice@" + relay.place(), new Login.Scram(ScramLogin.of("alice", PASSWORD)))) {
            changesPassword(alice);
            goesOnAfterACut(server, relay, alice);
            assertThat(alice.written()).doesNotContain(PASSWORD, OTHER);
        }
    }

    @Test
    void afterAChangeOfThePasswordATokenStaysGood() throws Exception {
        try (Server server = new Server(false, true, Duration.ZERO);
                Relay relay = new Relay(server.place());
                Typist alice = new Typist("somebody@" + relay.place(), new Login.Token(server.token()))) {
            changesPassword(alice).sees("logged out; tokens");
            goesOnAfterACut(server, relay, alice);
        }
    }

    @Test
    void whoHasAnAccountMakesNoOther() throws Exception {
        try (Server server = new Server(false, true)) {
            for (Login login :
                    List.of(new Login.Token(server.token()), new Login.Scram(ScramLogin.of("alice", PASSWORD)))) {
                try (Typist alice = new Typist("alice@" + server.place(), login)) {
                    alice.sees("1:lobby").types("/register\r\u0003").sees("you have an account, alice");
                }
            }
        }
    }

    @Test
    void whoRegistersLogsInByScramLater() throws Exception {
        try (Server server = new Server(false, true)) {
            try (Typist bob = new Typist("bob@" + server.place(), Login.GUEST)) {
                bob.sees("1:lobby").types("/register\r").sees("new password:").types(OTHER + "\r");
                bob.sees("once more:").types(OTHER + "\r").sees("you have the account bob now");
            }
            try (Person bob = server.person("bob", "--scram", password(OTHER))) {
                bob.types("hello").isToldOf("bob: hello");
            }
        }
    }
}
