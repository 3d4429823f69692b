package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.server.ServerApp;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.options.ServerSettings.Logged;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.Action;
import io.parley.transport.nio.NioTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The two programs together, over loopback, with their streams in memory.
 *
 * <p>(A little over 300 lines, a third of them for starting and reading both.)
 */
class ChatClientAppTest {
    private final ByteArrayOutputStream serverOut = new ByteArrayOutputStream();
    private PipedOutputStream console;
    private ServerApp server;
    private String place;

    @BeforeEach
    void startServer() throws IOException {
        console = new PipedOutputStream();
        ServerSettings settings = ServerSettings.DEFAULT.onPort(0).logging(Logged.MESSAGES);
        server = ServerApp.start(settings, new PipedInputStream(console), new PrintStream(serverOut, true, UTF_8));
        place = "127.0.0.1:" + ((InetSocketAddress) server.addresses().get(0)).getPort();
    }

    @AfterEach
    void endServer() throws IOException {
        server.close();
        console.close();
    }

    private Person comes(Mode mode, String name, String... more) throws IOException {
        String[] args = new String[more.length + 1];
        args[0] = name + "@" + place;
        System.arraycopy(more, 0, args, 1, more.length);
        Person person = new Person(mode, args);
        await().until(() -> person.lines().stream().anyMatch(line -> line.contains("] --> you;")));
        return person;
    }

    private Person comes(String name, String... more) throws IOException {
        return comes(Mode.TERMINAL, name, more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "blocking"})
    void twoPeopleTalk(String transport) throws Exception {
        try (Person alice = comes("alice", "--transport", transport)) {
            alice.sees("*** you are alice at " + place, "[lobby] --> you; 1 here: alice (guest)");
            Person bob = comes("bob", "--transport", transport);
            bob.sees("[lobby] --> you; 2 here: alice (guest), bob (guest)");
            alice.sees("[lobby] --> bob").types("hello bob", "/me waves", "//etc");
            bob.sees("[lobby] alice: hello bob", "[lobby] * alice waves", "[lobby] alice: /etc")
                    .types("grüß dich");
            alice.sees("[lobby] bob: grüß dich");
            assertThat(bob.ends()).isZero();
            alice.sees("[lobby] <-- bob").types("/quit");
            assertThat(alice.exitCode()).isZero();
            assertThat(alice.lines()).noneMatch(line -> line.contains("hello bob"));
            assertThat(alice.complaints()).isEmpty();
        }
    }

    @Test
    void whoComesLaterSeesWhatWasSaidWithItsTime() throws Exception {
        try (Person alice = comes("alice")) {
            alice.types("one", "two", "three");
        }
        long before = System.currentTimeMillis();
        await().until(() -> System.currentTimeMillis() > before); // the clock tells the past from the present
        try (Person bob = comes("bob", "--history", "2")) {
            await().until(() -> bob.lines().stream().anyMatch(line -> line.endsWith(" alice: three")));
            List<String> past = bob.lines().stream()
                    .filter(line -> line.contains("alice: "))
                    .toList();
            assertThat(past).hasSize(2);
            assertThat(past.get(0)).matches("\\[lobby] [-0-9 ]*\\d\\d:\\d\\d alice: two");
            assertThat(past.get(1)).matches("\\[lobby] [-0-9 ]*\\d\\d:\\d\\d alice: three");
        }
    }

    @Test
    void aDirectMessageReachesItsTargetOnly() throws Exception {
        Person carol = comes("carol");
        try (Person alice = comes(Mode.PIPE, "alice");
                Person bob = comes("bob")) {
            alice.types("/msg bob secret", "/msg nobody x");
            bob.sees("[alice -> you] secret").types("/msg Alice so it is");
            alice.sees("[you -> bob] secret", "[bob -> you] so it is")
                    .isTold("not said: x (there is nobody called nobody)");
            alice.types("/nick anne").sees("[lobby] you are now anne");
            bob.sees("[lobby] alice is now anne").types("/msg anne same line");
            alice.sees("[bob -> you] same line").types("done");
            carol.sees("[lobby] anne: done");
            assertThat(alice.ends()).isEqualTo(ExitCode.REFUSED); // nobody was not there
        }
        assertThat(carol.ends()).isZero();
        assertThat(carol.lines()).noneMatch(line -> line.contains("secret") || line.contains("so it is"));
        assertThat(serverOut.toString(UTF_8)).doesNotContain("secret");
    }

    @Test
    void aTakenNameIsRefused() throws Exception {
        try (Person alice = comes("alice")) {
            Person second = new Person(Mode.TERMINAL, "ALICE@" + place);
            assertThat(second.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(second.complaints()).startsWith("the name ALICE is taken");
            assertThat(second.lines()).isEmpty();
            alice.types("/nick operator").isTold("! the name operator is taken");
        }
    }

    @Test
    void aNameThatCannotBeIsRefused() throws Exception {
        Person person = new Person(Mode.TERMINAL, "a b@" + place);
        assertThat(person.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(person.complaints()).contains("does not let a b in: a name cannot have the character U+0020");
    }

    @Test
    void aRoomThatCannotBeIsRefused() throws Exception {
        Person person = new Person(Mode.TERMINAL, "alice@" + place, "no room");
        assertThat(person.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(person.complaints()).startsWith("cannot enter no room: a name cannot have");
    }

    @Test
    void whereNobodyAnswersThatIsSaid() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Person person = new Person(Mode.TERMINAL, "alice@127.0.0.1:" + free);
        assertThat(person.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(person.complaints()).startsWith("nobody answers at 127.0.0.1:" + free);
        Person lost = new Person(Mode.TERMINAL, "no host has blanks");
        assertThat(lost.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(lost.complaints()).startsWith("there is no host called no host has blanks");
    }

    @Test
    void theOperatorIsHeardByEverybody() throws Exception {
        try (Person alice = comes("alice");
                Person bob = comes("bob", "games")) {
            console.write("\nback in five minutes\n".getBytes(UTF_8));
            console.flush();
            alice.sees("*** operator: back in five minutes");
            bob.sees("*** operator: back in five minutes");
        }
    }

    @Test
    void aThousandPipedLinesArriveInOrder() throws Exception {
        List<String> said =
                IntStream.rangeClosed(1, 1_000).mapToObj(i -> "line " + i).toList();
        try (Person bob = comes("bob")) {
            Person alice = comes(Mode.PIPE, "alice");
            alice.types(said.toArray(String[]::new));
            assertThat(alice.ends()).isZero();
            String[] printed =
                    said.stream().map(line -> "[lobby] alice: " + line).toArray(String[]::new);
            assertThat(alice.lines().stream().filter(line -> line.contains(": line ")))
                    .containsExactly(printed);
            bob.sees("[lobby] <-- alice");
            assertThat(bob.lines().stream().filter(line -> line.contains(": line ")))
                    .containsExactly(printed);
            bob.types("/history 450", "/history 1000000"); // both need several pages
            await().until(() ->
                    bob.lines().stream().filter(l -> l.contains(": line ")).count() == 2_450);
            assertThat(bob.lines().stream().filter(line -> line.matches(".*\\d\\d:\\d\\d alice: line .*")))
                    .hasSize(1_450)
                    .element(0)
                    .asString()
                    .endsWith(": line 551");
        }
    }

    @Test
    void findsWhatWasSaid() throws Exception {
        try (Person alice = comes("alice");
                Person bob = comes("bob")) {
            for (int i = 1; i <= 25; i++) {
                alice.types("needle number " + i);
            }
            bob.types("a Needle of mine").sees("[lobby] alice: needle number 25");
            alice.sees("[lobby] bob: a Needle of mine").types("/search NEEDLE from:bob");
            alice.sees("[lobby] ... 1 message ...").types("/search").isTold("! it is: /search [from:NAME]");
            bob.types("/search needle num").sees("[lobby] ... 20 messages; there may be more: /search ...");
            bob.types("/search").sees("[lobby] ... 5 messages ...");
            bob.types("/search needle before:2020-01-01").sees("[lobby] ... nothing found ...");
            bob.types("/search needle after:2020-01-01 from:bob").sees("[lobby] ... 1 message ...");
            bob.types("/search needle after:yesterday").isTold("! a date is like 2026-11-30, not yesterday");
            bob.types("/search needle from:nobody").isTold("! ");
            List<String> found = bob.lines().stream()
                    .filter(line -> line.matches("\\[lobby] \\d\\d:\\d\\d alice: needle number \\d+"))
                    .toList();
            assertThat(found).hasSize(25);
            assertThat(found.get(0)).endsWith(" 25");
            assertThat(found.get(24)).endsWith(" 1");
        }
    }

    @Test
    void controlCharactersReachNoTerminal() throws Exception {
        Person bob = comes("bob");
        try (Person alice = comes(Mode.PIPE, "alice")) {
            alice.types("\u001B[2J\u009B31m\u202Egnp.exe\u2028x\u0007", "/topic \u001Bc", "/msg bob \u001B]0;x\u0007");
            bob.sees(
                    "[lobby] alice: \\u{1B}[2J\\u{9B}31m\\u{202E}gnp.exe\\u{2028}x\\u{7}",
                    "[alice -> you] \\u{1B}]0;x\\u{7}");
        }
        bob.ends();
        server.close();
        String everything = String.join("\n", bob.lines()) + bob.complaints() + serverOut.toString(UTF_8);
        assertThat(everything.codePoints().filter(point -> point != '\n'))
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.FORMAT);
    }

    @Test
    void severalRoomsAtATime() throws Exception {
        try (Person alice = comes("alice");
                Person bob = comes("bob")) {
            alice.types("/join Games").sees("[Games] operator made alice an owner");
            alice.types("/topic chess").sees("[Games] alice set the topic: chess");
            bob.types("/topic mine").isTold("! ");
            bob.types("/join games", "/who games")
                    .sees("[Games] --> you; 2 here: alice (owner, guest), bob (guest)", "[Games] topic: chess");
            alice.types("e4", "/switch lobby", "hello lobby", "/rooms");
            bob.sees("[Games] alice: e4", "[lobby] alice: hello lobby");
            alice.sees("*** lines go to lobby now", "*** Games, 2 here: chess", "*** lobby, 2 here");
            alice.types("/leave games").sees("[Games] <-- you (left)");
            bob.sees("[Games] <-- alice").types("/leave", "/topic").sees("[Games] <-- you (left)", "[lobby] no topic");
            bob.types("/history x").isTold("! it is: /history [N]");
            alice.types(
                            "/leave",
                            "into the void",
                            "/leave games",
                            "/switch x",
                            "/foo",
                            "/msg bob",
                            "/history x",
                            "/help")
                    .isTold("! you are in no room; enter one with /join ROOM")
                    .isTold("! you are not in games")
                    .isTold("! you are not in x")
                    .isTold("! there is no command /foo; /help lists them")
                    .isTold("! it is: /msg NICK TEXT")
                    .sees("*** /quit                             say goodbye");
            alice.types("/nick anne").sees("*** you are now anne");
            assertThat(alice.ends()).isZero();
            assertThat(bob.lines()).noneMatch(line -> line.contains("plain member"));
        }
    }

    @Test
    void whoIsSentOutIsToldAndMayComeBack() throws Exception {
        try (ChatClient owner = ChatClient.builder()
                        .name("owner")
                        .connect(NioTransport.create(), server.addresses().get(0));
                Person bob = comes("bob")) {
            ChatRoom games = owner.enter("games", message -> {});
            bob.types("/join games").sees("[games] --> you; 2 here: bob (guest), owner (owner, guest)");
            long id = owner.find("bob").join().id();
            games.moderate(Action.KICK, id, Duration.ZERO, "be quiet").join();
            bob.sees("[games] owner kicked bob (be quiet)", "[games] <-- you (kicked: be quiet)");
            bob.types("/who", "/join games")
                    .sees("[lobby] 1 here: bob (guest)", "[games] --> you; 2 here: bob (guest), owner (owner, guest)");
            games.moderate(Action.BAN, id, Duration.ZERO, "").join();
            bob.sees("[games] <-- you (banned)").types("/join games").isTold("! ");
        }
    }

    @Test
    void aRefusedLineIsToldAndCountsWhenPiped() throws Exception {
        String longest = "x".repeat(16 << 10);
        String tooLong = longest + "x";
        try (Person bob = comes("bob")) {
            Person alice = comes(Mode.PIPE, "alice").types(longest, tooLong, "after");
            assertThat(alice.ends()).isEqualTo(ExitCode.REFUSED);
            assertThat(alice.complaints()).startsWith("not said: xxx").contains("at most 16384 bytes");
            bob.sees("[lobby] alice: " + longest, "[lobby] alice: after");
            bob.types(tooLong).isTold("at most 16384 bytes");
            assertThat(bob.ends()).isZero();
        }
    }

    @Test
    void theEndOfTheServerIsTheEndOfTheClient() throws Exception {
        Person alice = comes("alice");
        Person bob = comes(Mode.PIPE, "bob");
        server.close();
        assertThat(alice.exitCode()).isEqualTo(ExitCode.LOST);
        assertThat(bob.exitCode()).isEqualTo(ExitCode.LOST);
        alice.sees("*** the server is going down");
        assertThat(alice.complaints()).contains("the connection is over: the server went away");
        alice.close();
        bob.close();
    }

    @Test
    void helpVersionAndWrongCommandLines() throws Exception {
        Person helped = new Person(Mode.PIPE, "--help");
        assertThat(helped.exitCode()).isZero();
        helped.sees("Chats: on a terminal's screen, or lines in, lines out. /help lists the commands.");
        assertThat(new Person(Mode.PIPE, "--version").exitCode()).isZero();
        assertThat(new Person(Mode.PIPE).exitCode()).isEqualTo(2);
        assertThat(new Person(Mode.PIPE, "host", "--history", "-1").exitCode()).isEqualTo(2);
        Person wrong = new Person(Mode.PIPE, "host:0");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.complaints()).startsWith("not a port: '0'");
    }
}
