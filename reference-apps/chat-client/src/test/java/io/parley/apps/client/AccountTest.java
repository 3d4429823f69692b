package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.accounts.Registration;
import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.options.ClientSettings.Mode;
import io.parley.apps.server.options.ServerSettings.Access;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Making an account, and changing its password, while the client runs and at its start. */
@Timeout(300)
class AccountTest {
    private static final String PASSWORD = "four small boats";
    private static final String OTHER = "five large boats";
    private static final String UP = "\u001B[A";

    private static TestServer server(Registration registration) throws Exception {
        return new TestServer(new Access(null, true, registration));
    }

    private static Typist registers(Typist typist, String command) throws Exception {
        return typist.types(command + "\r")
                .sees("new password:")
                .types(PASSWORD + "\r")
                .sees("once more:")
                .types(PASSWORD + "\r");
    }

    @Test
    void aGuestMakesAnAccountAndGoesOnInTheSameRooms() throws Exception {
        try (TestServer server = server(Registration.OPEN);
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            List<String> heard = new CopyOnWriteArrayList<>();
            ChatRoom lobby =
                    bob.enter("lobby", message -> heard.add(message.author().isGuest() + " " + message.text()));
            alice.sees("1:lobby (2)").types("/join games\r").sees("2:games (1)").types("\u001B1");
            lobby.say("before").join();
            alice.sees("bob: before").types("as a guest\r").sees("alice: as a guest");
            registers(alice, "/register").sees("you have the account alice now").sees(" 1:lobby (2)");
            alice.types("with an account\r").sees("alice: with an account");
            lobby.say("after").join();
            alice.sees("bob: before", "bob: after").types("\u001B2").sees("2:games (1)");
            await().until(() -> heard.contains("false with an account"));
            assertThat(heard).contains("true as a guest");
            alice.types("\u001B1").sees("bob: after");
            String screen = String.join("\n", alice.rows());
            for (String line : List.of("bob: before", "bob: after", "alice: as a guest", "alice: with an account")) {
                assertThat(screen).containsOnlyOnce(line);
            }
            assertThat(alice.written()).contains("****").doesNotContain(PASSWORD);
            server.client("alice", PASSWORD).close();
        }
    }

    @Test
    void aPasswordIsNeitherInTheHistoryNorInWhatWasDeleted() throws Exception {
        try (TestServer server = server(Registration.OPEN);
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)").types("/register\r").sees("new password:");
            alice.types(PASSWORD + "\u0015\u0003").sees("no password was given; nothing has changed");
            alice.types("x\u0019y").sees("> xy").types("\u0015" + UP).sees("> /register");
            alice.types(UP + UP).sees("> /register");
            assertThat(alice.written()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void whatIsWrongIsSaidAndTheGuestStays() throws Exception {
        try (TestServer server = server(Registration.CODE);
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)").types("/register\r").sees("new password:");
            alice.types(PASSWORD + "\r").sees("once more:").types(OTHER + "\r");
            alice.sees("!!! the two passwords are not the same; nothing has changed");
            registers(alice, "/register").sees("!!! to make an account, give an invitation code");
            registers(alice, "/register alice wrong").sees("!!! that invitation code is not good");
            alice.types("/password\r").sees("present password:").types("x\r").sees("new password:");
            alice.types(PASSWORD + "\r").sees("once more:").types(PASSWORD + "\r");
            alice.sees("!!! a guest has no password").types("still here\r").sees("alice: still here");
        }
    }

    @Test
    void aNameThatIsTakenIsNamed() throws Exception {
        try (TestServer server = server(Registration.OPEN);
                Typist alice = server.typist("alice");
                Typist bob = server.typist("bob")) {
            alice.sees("1:lobby");
            registers(alice, "/register").sees("you have the account alice now");
            alice.types("/register\r\u0003").sees("you have an account, alice");
            bob.sees("1:lobby");
            registers(bob, "/register alice").sees("!!! there is an account of that name", "bob");
        }
    }

    @Test
    void aPasswordIsChanged() throws Exception {
        try (TestServer server = server(Registration.OPEN);
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)");
            registers(alice, "/register").sees("you have the account alice now");
            alice.types("/password\r")
                    .sees("present password:")
                    .types("wrong\r")
                    .sees("new password:");
            alice.types(OTHER + "\r").sees("once more:").types(OTHER + "\r").sees("!!! ");
            alice.types("/password\r").sees("present password:").types(PASSWORD + "\r");
            alice.sees("new password:").types(OTHER + "\r").sees("once more:").types(OTHER + "\r");
            alice.sees("-!- the password is changed");
            server.client("alice", OTHER).close();
            assertThatThrownBy(() -> server.client("alice", PASSWORD)).isInstanceOf(ChatException.class);
            assertThat(alice.written()).doesNotContain(PASSWORD, OTHER);
        }
    }

    @Test
    void aScriptMakesAnAccountAtTheStart(@TempDir Path folder) throws Exception {
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        String[] args = {"", "--json", "--register", "--password-file=" + password};
        try (TestServer server = server(Registration.OPEN)) {
            args[0] = "alice@" + server.place();
            try (Person alice = new Person(Mode.PIPE, args)) {
                assertThat(alice.ends()).isZero();
                assertThat(alice.lines().get(0)).contains("\"event\":\"connected\"", "\"name\":\"alice\"");
            }
            Person again = new Person(Mode.PIPE, args);
            assertThat(again.exitCode()).isEqualTo(ExitCode.REFUSED);
            assertThat(again.lines())
                    .singleElement()
                    .asString()
                    .startsWith("{\"event\":\"over\",\"text\":\"no account was made: ")
                    .endsWith("\"code\":\"NAME_TAKEN\",\"exitCode\":3}");
        }
    }

    @Test
    void withoutATerminalNothingIsAsked() throws Exception {
        Person nobody = new Person(Mode.PIPE, "alice@127.0.0.1:1", "--register");
        assertThat(nobody.exitCode()).isEqualTo(2);
        assertThat(nobody.complaints()).contains("there is no terminal to ask for the password");
        try (TestServer server = server(Registration.OPEN);
                Person alice = new Person(Mode.PIPE, "alice@" + server.place(), "--json")) {
            alice.types("/register", "/password", "/topic no");
            assertThat(alice.ends()).isEqualTo(ExitCode.REFUSED);
            assertThat(alice.lines().stream().filter(line -> line.contains("\"trouble\"")))
                    .hasSize(3)
                    .first()
                    .asString()
                    .contains("a password is asked for at a terminal only");
            assertThat(alice.lines().stream().filter(line -> line.contains("\"code\":\"FORBIDDEN\"")))
                    .as("the topic of a room of the server")
                    .hasSize(1);
        }
    }
}
