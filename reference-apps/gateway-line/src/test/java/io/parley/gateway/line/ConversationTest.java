package io.parley.gateway.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.RoomListener;
import io.parley.model.Action;
import io.parley.server.ChatServer;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.transport.Await;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A conversation between netcat, telnet, a client from a tutorial and a native client, with all that each of them shows. */
class ConversationTest {
    private static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static void awaits(Ears ears, String line) {
        try {
            Await.until(line, Program.PATIENCE, Program.POLL, () -> ears.heard(line));
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + "; heard " + ears.lines(), late);
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(Program.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void everybodyShowsTheSameConversation() throws Exception {
        Ears lobby = new Ears();
        Ears direct = new Ears();
        CompletableFuture<ChatRoom> opened = new CompletableFuture<>();
        ClientListener listener = new ClientListener() {
            @Override
            public RoomListener onDirect(ChatRoom conversation) {
                opened.complete(conversation);
                return direct;
            }
        };
        try (ChatServer server = ChatServer.builder()
                        .listen(NioTransport.create(), ANY)
                        .listen(LineGateway.create(), NioTransport.create(), ANY)
                        .room("lobby")
                        .start();
                ChatClient ann = ChatClient.builder()
                        .name("ann")
                        .listener(listener)
                        .connect(NioTransport.create(), server.addresses().get(0))) {
            String port = String.valueOf(((InetSocketAddress) server.addresses().get(1)).getPort());
            ChatRoom room = ann.enter("lobby", lobby);
            get(room.say("first"));
            long before = server.stats().bytesIn();
            try (Program nick = new Program("nc", "127.0.0.1", port);
                    // With the sign before the port telnet negotiates.
                    Program tina = new Program("script", "-qfc", "telnet -- 127.0.0.1 -" + port, "/dev/null");
                    Program pia = new Program("python3", "docs/tutorial-client.py", "127.0.0.1", port)) {
                tina.awaits("-- Welcome. Which name do you want?");
                Await.until(
                        "telnet negotiates",
                        Program.PATIENCE,
                        Program.POLL,
                        () -> server.stats().bytesIn() > before);
                comeIn(nick, "nick", lobby, List.of());
                comeIn(tina, "tina", lobby, List.of(nick));
                comeIn(pia, "pia", lobby, List.of(nick, tina));

                nick.type("hello from netcat: ä€😀");
                awaits(lobby, "nick: hello from netcat: ä€😀");
                tina.awaits("<nick> hello from netcat: ä€😀");
                pia.awaits("<nick> hello from netcat: ä€😀");
                tina.type("hello from telnet").awaits("hello from telnet");
                awaits(lobby, "tina: hello from telnet");
                nick.awaits("<tina> hello from telnet");
                pia.awaits("<tina> hello from telnet");
                pia.type("hello from Python");
                awaits(lobby, "pia: hello from Python");
                nick.awaits("<pia> hello from Python");
                tina.awaits("<pia> hello from Python");
                get(room.say("hello from Java"));
                get(server.say("lobby", "welcome"));
                for (Program one : List.of(nick, tina, pia)) {
                    one.awaits("<ann> hello from Java").awaits("<operator> welcome");
                }
                get(server.announce("five minutes"));
                for (Program one : List.of(nick, tina, pia)) {
                    one.awaits("-operator- five minutes");
                }

                nick.type("/msg ann psst").awaits("-- To ann:");
                awaits(direct, "nick: psst");
                get(get(opened).say("yes?"));
                nick.awaits("*ann* yes?");
                get(server.moderate("lobby", Action.KICK, "tina", Duration.ZERO, "too loud"));
                tina.awaits("-- You are out of lobby: kicked: too loud. To go on: /join ROOM");
                nick.awaits("-- tina left (kicked: too loud)");
                pia.awaits("-- tina left (kicked: too loud)");
                awaits(lobby, "left tina: kicked: too loud");
                tina.type("/quit").awaits("-- Goodbye.").end();

                try (Program late = new Program("nc", "127.0.0.1", port)) {
                    comeIn(late, "late", lobby, List.of(nick, pia));
                    late.type("/quit").awaits("-- Goodbye.").end();
                    awaits(lobby, "left late");
                    nick.awaits("-- late left");
                    pia.awaits("-- late left");
                    assertThat(seen(late, "late"))
                            .containsExactly(
                                    "-- Welcome. Which name do you want?",
                                    "-- You are late. Lines that you write are said; /help lists commands.",
                                    "-- You are in lobby. Here now: 4. There is no topic.",
                                    "[time] <ann> first",
                                    "[time] <nick> hello from netcat: ä€😀",
                                    "[time] <tina> hello from telnet",
                                    "[time] <pia> hello from Python",
                                    "[time] <ann> hello from Java",
                                    "[time] <operator> welcome",
                                    "[time] -- operator kicked tina (too loud)",
                                    "-- Goodbye.");
                }
                pia.end();
                nick.awaits("-- pia left (connection lost)");
                awaits(lobby, "left pia: connection lost");
                nick.type("/quit").awaits("-- Goodbye.").end();
                awaits(lobby, "left nick");
                assertTranscripts(nick, tina, pia);
                assertThat(lobby.lines())
                        .containsExactly(
                                "ann: first",
                                "joined nick",
                                "joined tina",
                                "joined pia",
                                "nick: hello from netcat: ä€😀",
                                "tina: hello from telnet",
                                "pia: hello from Python",
                                "ann: hello from Java",
                                "operator: welcome",
                                "operator KICK tina: too loud",
                                "left tina: kicked: too loud",
                                "joined late",
                                "left late",
                                "left pia: connection lost",
                                "left nick");
                assertThat(direct.lines()).startsWith("nick: psst", "ann: yes?");
            }
        }
    }

    /** All that somebody saw, but for its own coming, which is told together with that of others or not at all. */
    private static List<String> seen(Program who, String name) {
        String own = "-- " + name + " joined";
        return who.transcript().stream().filter(line -> !line.equals(own)).toList();
    }

    private static void assertTranscripts(Program nick, Program tina, Program pia) {
        assertThat(seen(nick, "nick"))
                .containsExactly(
                        "-- Welcome. Which name do you want?",
                        "-- You are nick. Lines that you write are said; /help lists commands.",
                        "-- You are in lobby. Here now: 2. There is no topic.",
                        "[time] <ann> first",
                        "-- tina joined",
                        "-- pia joined",
                        "<tina> hello from telnet",
                        "<pia> hello from Python",
                        "<ann> hello from Java",
                        "<operator> welcome",
                        "-operator- five minutes",
                        "-- To ann:",
                        "*ann* yes?",
                        "-- operator kicked tina (too loud)",
                        "-- tina left (kicked: too loud)",
                        "-- late joined",
                        "-- late left",
                        "-- pia left (connection lost)",
                        "-- Goodbye.");
        assertThat(seen(tina, "tina")) // the terminal shows what is typed
                .containsExactly(
                        "Trying 127.0.0.1...",
                        "Connected to 127.0.0.1.",
                        "Escape character is '^]'.",
                        "-- Welcome. Which name do you want?",
                        "tina",
                        "-- You are tina. Lines that you write are said; /help lists commands.",
                        "-- You are in lobby. Here now: 3. There is no topic.",
                        "[time] <ann> first",
                        "-- pia joined",
                        "<nick> hello from netcat: ä€😀",
                        "hello from telnet",
                        "<pia> hello from Python",
                        "<ann> hello from Java",
                        "<operator> welcome",
                        "-operator- five minutes",
                        "-- operator kicked tina (too loud)",
                        "-- You are out of lobby: kicked: too loud. To go on: /join ROOM",
                        "/quit",
                        "-- Goodbye.",
                        "Connection closed by foreign host.");
        assertThat(seen(pia, "pia"))
                .containsExactly(
                        "-- Welcome. Which name do you want?",
                        "-- You are pia. Lines that you write are said; /help lists commands.",
                        "-- You are in lobby. Here now: 4. There is no topic.",
                        "[time] <ann> first",
                        "<nick> hello from netcat: ä€😀",
                        "<tina> hello from telnet",
                        "<ann> hello from Java",
                        "<operator> welcome",
                        "-operator- five minutes",
                        "-- operator kicked tina (too loud)",
                        "-- tina left (kicked: too loud)",
                        "-- late joined",
                        "-- late left");
    }

    /** Gives a name and waits until everybody has seen it. */
    private static void comeIn(Program who, String name, Ears ann, List<Program> others) throws Exception {
        who.awaits("-- Welcome. Which name do you want?").type(name);
        awaits(ann, "joined " + name);
        others.forEach(other -> other.awaits("-- " + name + " joined"));
    }
}
