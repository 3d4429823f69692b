package io.parley.apps.client;

import static io.parley.apps.client.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.accounts.Registration;
import io.parley.apps.server.options.ServerSettings.Access;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client writes to its terminal beside the screen: bells, notifications, the title. */
@Timeout(300)
class NotificationTest {
    private static final String NOTIFICATION = "\u001B]9;parley: ";
    private static final String FOCUS = "\u001B[I";
    private static final String BLUR = "\u001B[O";

    /** How often the bell rang; the end of a title or a notification is no bell. */
    private static long bells(Typist typist) {
        return typist.written()
                .replaceAll("\u001B\\][^\u0007\u001B]*(\u0007|\u001B\\\\)", "")
                .chars()
                .filter(one -> one == '\u0007')
                .count();
    }

    @Test
    void mentionsAndDirectMessagesAreTold() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            alice.sees("1:lobby (2)").types("/set notify osc9\r").sees("notify osc9");
            alice.types("/join games\r").sees("2:games");
            lobby.say("to all").join();
            lobby.say("hi Alice\u0007\u001B]0;x").join();
            alice.getsWritten(NOTIFICATION + "bob in lobby: hi Alice]0,x\u0007")
                    .getsWritten("\u001B]0;(2) games - parley\u0007");
            assertThat(bells(alice)).isEqualTo(1);
            alice.types("\u001B1").getsWritten("\u001B]0;lobby - parley\u0007");
        }
    }

    @Test
    void theRoomThatIsLookedAtRingsOnlyWithoutFocus() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            // A key behind each: what is seen of it says that what was in front of it has been read.
            alice.sees("1:lobby (2)").types("/set notify osc9\r" + FOCUS + "a").sees("notify osc9", "> a");
            lobby.say("alice: seen").join();
            alice.sees("bob: alice: seen").types(BLUR + "b").sees("> ab");
            lobby.say("alice: not seen").join();
            alice.getsWritten(NOTIFICATION + "bob in lobby: alice: not seen")
                    .getsWritten("\u001B]0;(1) lobby - parley\u0007");
            assertThat(alice.written()).doesNotContain("lobby: alice: seen");
            int before = alice.written().lastIndexOf("\u001B]0;lobby - parley\u0007");
            alice.types(FOCUS);
            await().until(() -> alice.written().lastIndexOf("\u001B]0;lobby - parley\u0007") > before);
        }
    }

    @Test
    void whatIsSwitchedOffIsNotWritten() throws Exception {
        try (TestServer server = new TestServer();
                ChatClient bob = server.client("bob");
                Typist alice = server.typist("alice")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            alice.sees("1:lobby (2)").types("/set bell off\r/set notify off\r/set title off\r");
            alice.sees("bell off, title off, notify off")
                    .types("/set bell loud\r")
                    .sees("!!! it is on or off");
            alice.types("/set\r");
            int from = alice.written().length();
            lobby.say("alice!").join();
            alice.sees("bob: alice!");
            assertThat(alice.written().substring(from)).doesNotContain("\u0007");
        }
    }

    @Test
    void theTitleIsThereAgainAfterAStop() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            String title = "\u001B]0;lobby - parley\u0007";
            alice.sees("1:lobby (1)").getsWritten(title).types("\u001A");
            await().until(() -> alice.written().indexOf("\u001B[23;0t") > 0);
            int stopped = alice.written().length();
            alice.goesOn();
            await().until(() -> alice.written().lastIndexOf(title) >= stopped);
        }
    }

    @Test
    void theTitleIsGivenBack() throws Exception {
        try (TestServer server = new TestServer();
                Typist alice = server.typist("alice")) {
            alice.sees("1:lobby (1)").getsWritten("\u001B[22;0t").getsWritten("\u001B[?1004h");
            alice.types("/quit\r");
            assertThat(alice.exitCode()).isZero();
            String after = alice.written().substring(alice.written().lastIndexOf("- parley"));
            assertThat(after).containsSubsequence("\u001B[?1004l", "\u001B[23;0t");
        }
    }

    @Test
    void historyOwnDevicesAndIgnoredPeopleAreQuiet() throws Exception {
        try (TestServer server = new TestServer(new Access(null, true, Registration.OPEN));
                ChatClient bob = server.client("bob");
                ChatClient carol = server.client("carol")) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            lobby.say("alice: of before").join();
            try (Typist alice = server.typist("alice")) {
                alice.sees("bob: alice: of before").types("/register\r").sees("new password:");
                alice.types("four small boats\r").sees("once more:").types("four small boats\r");
                alice.sees("you have the account alice").types("/set notify osc9\r/ignore bob\r");
                alice.sees("you ignore bob now");
                lobby.say("alice: of an ignored one").join();
                try (ChatClient phone = server.client("alice", "four small boats")) {
                    phone.enter("lobby", message -> {}).say("I am alice, too").join();
                }
                alice.sees("I am alice, too");
                assertThat(bells(alice)).isZero();
                carol.enter("lobby", message -> {}).say("Alice?").join();
                alice.getsWritten(NOTIFICATION + "carol in lobby: Alice?");
                assertThat(bells(alice)).isEqualTo(1);
            }
        }
    }

    @Test
    void whatWasSaidWithoutAConnectionIsQuiet() throws Exception {
        try (TestServer server = new TestServer();
                Relay relay = new Relay(server.place());
                ChatClient bob = server.client("bob");
                Typist alice = new Typist("alice@" + relay.place(), 80, 24)) {
            ChatRoom lobby = bob.enter("lobby", message -> {});
            alice.sees("1:lobby (2)").types("here\r").sees("alice: here");
            relay.cut();
            alice.sees("the connection is lost");
            lobby.say("alice: meanwhile").join();
            relay.open();
            alice.sees("bob: alice: meanwhile");
            assertThat(bells(alice)).isZero();
        }
    }
}
