package io.parley.gateway.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.codec.Bytes;
import io.parley.gateway.GatewayOptions;
import io.parley.journal.MemoryJournal;
import io.parley.model.Action;
import io.parley.model.Identity;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.room.HubOptions;
import io.parley.server.ChatServer;
import io.parley.testkit.chat.HeldJournal;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A person with netcat, and others with native clients, on a network in memory. */
class LineGatewayTest {
    private static final MemoryAddress NATIVE = new MemoryAddress("native");
    private static final MemoryAddress LINES = new MemoryAddress("lines");

    private final MemoryNetwork network = MemoryNetwork.seeded(7);
    private final HeldJournal journal = new HeldJournal();
    private final List<Message> heard = new ArrayList<>();
    private ChatServer server = start(builder -> builder);

    private ChatServer start(UnaryOperator<ChatServer.Builder> change) {
        return start(LineGateway.builder().zone(ZoneOffset.UTC).build(), change);
    }

    private ChatServer start(LineGateway gateway, UnaryOperator<ChatServer.Builder> change) {
        try {
            return change.apply(ChatServer.builder()
                            .listen(network.transport(), NATIVE)
                            .listen(gateway, network.transport(), LINES)
                            .journal(journal)
                            .room("lobby")
                            .scheduler(network.scheduler()))
                    .start();
        } catch (IOException no) {
            throw new UncheckedIOException(no);
        }
    }

    /** Starts the server anew. */
    private void restart(LineGateway gateway, UnaryOperator<ChatServer.Builder> change) {
        server.shutdown(Duration.ZERO);
        network.run();
        server = start(gateway, change);
    }

    private void restart(UnaryOperator<ChatServer.Builder> change) {
        restart(LineGateway.builder().zone(ZoneOffset.UTC).build(), change);
    }

    private <T> T run(CompletableFuture<T> future) {
        network.run();
        assertThat(future).isDone();
        return future.join();
    }

    private ChatClient client(String name) {
        return client(name, ClientListener.NONE);
    }

    private ChatClient client(String name, ClientListener listener) {
        return run(ChatClient.builder()
                .name(name)
                .listener(listener)
                .executor(network.scheduler().executor())
                .scheduler(network.scheduler())
                .connectAsync(network.transport(), NATIVE));
    }

    private ChatRoom enter(ChatClient client, String room) {
        return run(client.enterAsync(room, 0, heard::add));
    }

    private Netcat netcat(String name) {
        Netcat netcat = new Netcat(network, LINES);
        netcat.say(name);
        network.advance(Duration.ofSeconds(2)); // who comes is told then, to all that are here
        netcat.take();
        return netcat;
    }

    private List<String> heard() {
        network.run();
        List<String> texts = heard.stream()
                .map(message -> message.sender() + ": " + message.text())
                .toList();
        heard.clear();
        return texts;
    }

    // ---- coming in

    @Test
    void asksForANameAndShowsTheRoom() {
        ChatRoom lobby = enter(client("alice"), "lobby");
        run(lobby.say("first"));
        run(lobby.say("second\nline"));
        Netcat bob = new Netcat(network, LINES);
        assertThat(bob.take()).containsExactly("-- Welcome. Which name do you want?");
        bob.say("   ");
        assertThat(bob.take()).containsExactly("-- Which name do you want?");
        bob.say(" bob ");
        assertThat(bob.take())
                .startsWith(
                        "-- You are bob. Lines that you write are said; /help lists commands.",
                        "-- You are in lobby. Here now: 2. There is no topic.",
                        "[00:00] <alice> first",
                        "[00:00] <alice> second",
                        "[00:00] <alice> line");
        bob.say("hello");
        assertThat(heard()).contains("bob: hello");
        run(lobby.say("welcome"));
        assertThat(bob.take()).contains("<alice> welcome").noneMatch(line -> line.contains("hello"));
    }

    @Test
    void optionsChooseRoomBacklogAndGreeting() {
        restart(
                LineGateway.builder().room("attic").backlog(1).build(),
                builder -> builder.greeting("Be kind.\nAlways."));
        ChatRoom attic = enter(client("alice"), "attic");
        run(attic.say("first"));
        run(attic.say("second"));
        Netcat bob = new Netcat(network, LINES);
        bob.say("bob");
        assertThat(bob.take())
                .contains("-- Be kind.", "-- Always.", "-- You are in attic. Here now: 2. There is no topic.")
                .anyMatch(line -> line.endsWith("<alice> second"))
                .noneMatch(line -> line.endsWith("<alice> first"));
        assertThatThrownBy(() -> LineGateway.builder().backlog(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LineGateway.builder().lineAfter(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "a b", "a\tb", "@"})
    void aNameThatCannotBeIsToldAndEnds(String name) {
        client("alice");
        Netcat other = new Netcat(network, LINES);
        other.say(name);
        assertThat(other.take()).last().asString().startsWith("! ").endsWith("Connect again with another name.");
        assertThat(other.isOver()).isTrue();
    }

    @Test
    void withoutAStartRoomOneIsJoined() {
        restart(LineGateway.builder().room("").build(), builder -> builder);
        enter(client("alice"), "lobby");
        Netcat bob = new Netcat(network, LINES);
        bob.say("bob").say("hello?");
        assertThat(bob.take()).endsWith("-- You are in no room: /join ROOM", "! You are in no room: /join ROOM");
        bob.say("/join lobby").say("hello").say("/leave").say("gone?");
        assertThat(bob.take()).endsWith("-- You left lobby.", "! You are in no room: /join ROOM");
        assertThat(heard()).containsExactly("bob: hello");
        assertThat(server.hub().rooms())
                .singleElement()
                .satisfies(room -> assertThat(room.memberCount()).isEqualTo(1));
    }

    /** Some clients send a byte order mark first. Whatever else is invisible is not allowed in a name. */
    @Test
    void aNameIsTakenAsItIs() {
        Netcat bob = new Netcat(network, LINES);
        bob.say("\uFEFFbob");
        assertThat(bob.take()).anyMatch(line -> line.startsWith("-- You are bob."));
        Netcat other = new Netcat(network, LINES);
        other.say("al\u202Eice");
        assertThat(other.take()).last().asString().startsWith("! ");
        assertThat(other.isOver()).isTrue();
    }

    @Test
    void thePolicyTurnsAway() {
        restart(builder -> builder.policy(new ChatPolicy() {
            @Override
            public Answer login(Applicant applicant) {
                return Decision.deny("members only");
            }
        }));
        Netcat bob = new Netcat(network, LINES);
        bob.say("bob");
        assertThat(bob.take()).last().isEqualTo("! members only");
        assertThat(bob.isOver()).isTrue();
    }

    /** Everything at once, as a script sends it, while the journal is slow. */
    @Test
    void linesWaitForTheRoomThatTheyAreFor() {
        ChatClient alice = client("alice");
        run(enter(alice, "lobby").say("something to read"));
        run(enter(alice, "attic").say("something to read"));
        heard();
        journal.holdReads();
        Netcat bob = new Netcat(network, LINES);
        bob.send("bob\nin the lobby\n/join attic\nin the attic\nlast");
        bob.end();
        assertThat(heard()).doesNotContain("bob: in the lobby");
        journal.releaseNewestRead();
        network.run();
        assertThat(heard()).contains("bob: in the lobby");
        journal.releaseNewestRead();
        assertThat(heard()).containsExactly("bob: in the attic", "bob: last");
        assertThat(server.stats().users()).isEqualTo(1);
    }

    // ---- commands

    @Test
    void helpListsEachCommand() {
        Netcat bob = netcat("bob");
        bob.say("/help");
        assertThat(bob.take()).hasSize(14).allMatch(line -> line.startsWith("-- /"));
        bob.say("/frobnicate now");
        assertThat(bob.take()).containsExactly("! There is no command /frobnicate; /help lists them.");
        bob.say("/join").say("/me").say("/nick ").say("/msg").say("/msg alice");
        assertThat(bob.take())
                .containsExactly(
                        "! Say it like this: /join ROOM",
                        "! Say it like this: /me TEXT",
                        "! Say it like this: /nick NAME",
                        "! Say it like this: /msg NAME TEXT",
                        "! Say it like this: /msg NAME TEXT");
    }

    @Test
    void joiningAnotherRoomLeavesTheFormer() {
        ChatRoom lobby = enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.say("/join attic");
        assertThat(bob.take()).contains("-- You are in attic. Here now: 1. There is no topic.", "-- You left lobby.");
        run(lobby.say("anybody?"));
        assertThat(bob.take()).isEmpty();
        assertThat(lobby.memberCount()).isEqualTo(1);
        bob.say("/join a b");
        assertThat(bob.take()).singleElement().asString().startsWith("! ");
        bob.say("/join attic").say("still here");
        assertThat(bob.take()).noneMatch(line -> line.startsWith("! ") || line.contains("left"));
        assertThat(server.hub().rooms()).anyMatch(room -> room.name().equals("attic") && room.memberCount() == 1);
    }

    @Test
    void saysWhoIsHere() {
        enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.take();
        bob.say("/who");
        assertThat(bob.take()).containsExactly("-- In lobby: alice (guest), bob (guest)");
    }

    @Test
    void findsWhatWasSaid() {
        ChatRoom lobby = enter(client("alice"), "lobby");
        run(lobby.say("the Caf\u00e9 is open"));
        run(lobby.say("which cafe?"));
        Netcat bob = netcat("bob");
        bob.take();
        bob.say("/search cafe");
        List<String> lines = bob.take();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).matches("\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d] <alice> which cafe\\?");
        assertThat(lines.get(1)).endsWith("<alice> the Caf\u00e9 is open");
        assertThat(lines.get(2)).isEqualTo("-- 2 messages were found.");
        bob.say("/search nothing").say("/search").say("/search " + "x".repeat(300));
        assertThat(bob.take())
                .containsExactly(
                        "-- Nothing was found.",
                        "! Say it like this: /search WORDS",
                        "! That is too much to search for.");
        bob.say("/leave").say("/search cafe");
        assertThat(bob.take()).last().isEqualTo("! You are in no room: /join ROOM");
    }

    @Test
    void anAccountSeesItsRoomsAndWhatIsUnread() {
        restart(builder -> builder.policy(new ChatPolicy() {
            @Override
            public Answer login(Applicant applicant) {
                return applicant.password() == null
                        ? Decision.ALLOW
                        : Decision.admit(Identity.account("id", applicant.name().display()));
            }
        }));
        ChatRoom attic = enter(client("alice"), "attic");
        Netcat anna = netcat("/login anna secret");
        anna.say("/join attic").say("hello").say("/join lobby");
        anna.take();
        run(attic.say("anna, are you\u001b[2J there?"));
        run(attic.say("anybody?"));
        anna.say("/mine");
        List<String> lines = anna.take();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .matches(
                        "-- attic: 2 unread, 1 with your name; \\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d] <alice> anybody\\?");
        assertThat(lines.get(0)).startsWith("-- lobby: you are here");
        assertThat(lines.get(2)).isEqualTo("-- 2 rooms.");
        anna.say("/join attic").say("/mine");
        assertThat(anna.take()).anyMatch(line -> line.startsWith("-- attic: you are here; ["));
        anna.say("/join lobby").say("/mine");
        assertThat(anna.take()).anyMatch(line -> line.startsWith("-- attic: nothing is unread; ["));
        Netcat guest = netcat("bob");
        guest.say("/mine");
        assertThat(guest.take()).singleElement().asString().startsWith("! only accounts have rooms");
    }

    @Test
    void saysWhoIsWhat() {
        ChatClient alice = client("alice");
        ChatRoom attic = enter(alice, "attic");
        Netcat bob = netcat("bob");
        bob.say("/join attic");
        UserItem user = run(alice.find("bob"));
        run(attic.moderate(Action.MAKE_MODERATOR, user.id(), Duration.ZERO, ""));
        bob.take();
        bob.say("/who");
        assertThat(bob.take()).containsExactly("-- In attic: alice (owner, guest), bob (moderator, guest)");
    }

    @Test
    void commandsAreAnsweredBeforeTheNextLine() {
        ChatClient alice = client("alice");
        ChatRoom attic = enter(alice, "attic");
        Netcat bob = netcat("bob");
        bob.say("/join attic");
        bob.take();
        bob.say("/topic dust").say("and more");
        assertThat(bob.take()).containsExactly("! only a room's moderators and owners may do that");
        run(attic.moderate(Action.MAKE_MODERATOR, run(alice.find("bob")).id(), Duration.ZERO, ""));
        bob.take();
        bob.say("/topic dust").say("/topic");
        assertThat(bob.take()).containsExactly("-- bob set the topic: dust", "-- Topic: dust");
        run(attic.moderate(Action.MUTE, run(alice.find("bob")).id(), Duration.ofMinutes(5), "hush"));
        bob.say("mm").say("/topic mm");
        assertThat(bob.take())
                .containsExactly(
                        "-- alice muted bob for 5 minutes (hush)",
                        "! Not said: you are muted in this room for 5 minutes: hush",
                        "! you are muted in this room for 5 minutes: hush");
    }

    @Test
    void takesNoDirectMessagesOfWhomItIgnores() {
        ChatClient alice = client("alice");
        ChatRoom lobby = enter(alice, "lobby");
        Netcat bob = netcat("bob");
        ChatRoom direct = run(alice.directAsync("bob", 0, heard::add));
        bob.say("/ignore ALICE");
        assertThat(bob.take()).containsExactly("-- You take no direct messages of alice.");
        CompletableFuture<?> said = direct.say("psst");
        network.run();
        assertThat(said).isCompletedExceptionally();
        run(lobby.say("hello"));
        assertThat(bob.take()).containsExactly("<alice> hello");
        bob.say("/unignore alice");
        assertThat(bob.take()).containsExactly("-- You take direct messages again of alice.");
        run(direct.say("psst"));
        assertThat(bob.take()).contains("*alice* psst");
        bob.say("/ignore nobody").say("/ignore");
        assertThat(bob.take()).containsExactly("! there is nobody called nobody", "! Say it like this: /ignore NAME");
    }

    @Test
    void actionsAreActionsForEverybody() {
        ChatRoom lobby = enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.say("/me waves");
        network.run();
        assertThat(heard).last().satisfies(message -> {
            assertThat(message.text()).isEqualTo("waves");
            assertThat(message.tags().names()).containsExactly("action");
        });
        run(lobby.say("smiles", Tags.of("action", Bytes.EMPTY)));
        assertThat(bob.take()).contains("* alice smiles").noneMatch(line -> line.contains("waves"));
        bob.say("//help").say("/me");
        assertThat(heard()).last().isEqualTo("bob: /help");
    }

    @Test
    void directMessagesGoBothWays() {
        List<String> direct = new ArrayList<>();
        client("alice", new ClientListener() {
            @Override
            public RoomListener onDirect(ChatRoom conversation) {
                return message -> direct.add(message.sender() + ": " + message.text());
            }
        });
        Netcat bob = netcat("bob");
        Netcat carol = netcat("carol");
        bob.take();
        bob.say("/msg alice are you there?")
                .say("/msg carol hello")
                .say("/msg carol again")
                .say("/msg nobody hm");
        assertThat(direct).containsExactly("bob: are you there?");
        assertThat(carol.take()).contains("*bob* hello", "*bob* again");
        assertThat(bob.take())
                .containsExactly("-- To alice:", "-- To carol:", "-- To carol:", "! there is nobody called nobody");
        carol.say("/msg bob hi");
        assertThat(bob.take()).containsExactly("*carol* hi");
        carol.say("/quit");
        assertThat(carol.take()).last().isEqualTo("-- Goodbye.");
        assertThat(carol.isOver()).isTrue();
        assertThat(bob.take()).contains("-- carol has gone");
    }

    @Test
    void namesChange() {
        enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.take();
        bob.say("/nick bobby").say("/nick alice");
        assertThat(bob.take())
                .hasSize(2)
                .contains("-- bob is now bobby")
                .anyMatch(line -> line.startsWith("! ") && line.contains("taken"));
    }

    @Test
    void topicsAreShownAndSet() {
        ChatRoom lobby = enter(client("alice"), "lobby");
        run(server.setTopic("lobby", "tea"));
        Netcat bob = netcat("bob");
        bob.take();
        bob.say("/topic");
        assertThat(bob.take()).containsExactly("-- Topic: tea");
        bob.say("/topic coffee");
        assertThat(bob.take()).singleElement().asString().startsWith("! ");
        bob.say("/join mine").take();
        bob.say("/topic coffee");
        assertThat(bob.take()).containsExactly("-- bob set the topic: coffee");
        bob.say("/topic");
        assertThat(bob.take()).containsExactly("-- Topic: coffee");
        bob.say("said after that");
        assertThat(bob.take()).isEmpty();
        assertThat(lobby.memberCount()).isEqualTo(1);
    }

    // ---- what others do

    @Test
    void eventsAreNotices() {
        Netcat bob = netcat("bob");
        bob.take();
        ChatClient alice = client("alice");
        ChatRoom lobby = enter(alice, "lobby");
        network.advance(Duration.ofSeconds(2));
        assertThat(bob.take()).contains("-- alice joined");
        run(alice.rename("alicia"));
        assertThat(bob.take()).containsExactly("-- alice is now alicia");
        run(server.moderate("lobby", Action.MAKE_MODERATOR, "alicia", Duration.ZERO, ""));
        assertThat(bob.take()).containsExactly("-- operator made alicia a moderator");
        server.announce("five minutes");
        assertThat(bob.take()).containsExactly("-operator- five minutes");
        run(lobby.leave());
        network.advance(Duration.ofSeconds(2));
        assertThat(bob.take()).contains("-- alicia left");
    }

    @Test
    void whoIsKickedIsToldAndMayGoOn() {
        enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.take();
        run(server.moderate("lobby", Action.MUTE, "bob", Duration.ZERO, ""));
        bob.say("may I?");
        assertThat(bob.take())
                .contains("-- operator muted bob")
                .last()
                .asString()
                .startsWith("! Not said: ");
        run(server.moderate("lobby", Action.KICK, "bob", Duration.ZERO, "too loud"));
        assertThat(bob.take())
                .containsExactly(
                        "-- operator kicked bob (too loud)",
                        "-- You are out of lobby: kicked: too loud. To go on: /join ROOM");
        bob.say("hello?").say("/who").say("/topic").say("/nick bobby");
        assertThat(bob.take())
                .containsExactly(
                        "! You are in no room: /join ROOM",
                        "! You are in no room: /join ROOM",
                        "! You are in no room: /join ROOM",
                        "-- You are bobby.");
        bob.say("/join attic").say("here");
        assertThat(bob.take()).contains("-- You are in attic. Here now: 1. There is no topic.");
    }

    @Test
    void thePolicyRefusesWords() {
        restart(builder -> builder.policy(new ChatPolicy() {
            @Override
            public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
                return body.contains("rude") ? Decision.deny("be polite") : Decision.ALLOW;
            }
        }));
        Netcat bob = netcat("bob");
        bob.take();
        bob.say("rude").say("polite");
        assertThat(bob.take()).containsExactly("! Not said: be polite");
    }

    @Test
    void aShutdownIsTold() {
        Netcat bob = netcat("bob");
        bob.take();
        Netcat nobody = new Netcat(network, LINES);
        server.shutdown(Duration.ofSeconds(3));
        assertThat(bob.take()).singleElement().asString().startsWith("-- The server shuts down in 3 s: ");
        assertThat(nobody.take()).last().asString().startsWith("! ");
        assertThat(nobody.isOver()).isTrue();
        assertThat(bob.isOver()).isFalse();
        network.advance(Duration.ofSeconds(4));
        assertThat(bob.isOver()).isTrue();
    }

    // ---- time

    @Test
    void aPersonMayBeSilentAndSlow() {
        Netcat bob = new Netcat(network, LINES);
        network.advance(Duration.ofSeconds(59));
        bob.say("bob");
        network.advance(Duration.ofHours(2));
        bob.send("half a li");
        network.advance(Duration.ofHours(2));
        assertThat(bob.take()).noneMatch(line -> line.startsWith("! "));
        enter(client("alice"), "lobby");
        bob.send("ne\n");
        assertThat(heard()).contains("bob: half a line");
        Netcat nobody = new Netcat(network, LINES);
        network.advance(Duration.ofSeconds(62));
        assertThat(nobody.take()).last().isEqualTo("! login took too long");
        assertThat(nobody.isOver()).isTrue();
        GatewayOptions options = LineGateway.builder()
                .loginTimeout(Duration.ofSeconds(20))
                .lineTimeout(Duration.ZERO)
                .build()
                .options(GatewayOptions.DEFAULT);
        assertThat(options.loginTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(options.requestTimeout()).isEqualTo(GatewayOptions.DEFAULT.requestTimeout());
    }

    @Test
    void aPauseEndsALineIfThatIsWanted() {
        restart(LineGateway.builder().lineAfter(Duration.ofMillis(200)).build(), builder -> builder);
        enter(client("alice"), "lobby");
        Netcat bob = new Netcat(network, LINES);
        bob.send("bob");
        network.advance(Duration.ofMillis(200));
        bob.send("hello");
        network.advance(Duration.ofMillis(200));
        assertThat(heard()).containsExactly("bob: hello");
        bob.send("gr").send(new byte[] {(byte) 0xC3});
        network.advance(Duration.ofSeconds(10));
        assertThat(heard()).isEmpty();
        bob.send(new byte[] {(byte) 0xBC}).send("n");
        network.advance(Duration.ofMillis(200));
        assertThat(heard()).containsExactly("bob: grün");
        bob.send("abc").send(new byte[] {(byte) 0xFF, (byte) 0xFB});
        network.advance(Duration.ofSeconds(10));
        assertThat(heard()).isEmpty();
        bob.send(new byte[] {1});
        network.advance(Duration.ofMillis(200));
        assertThat(heard()).containsExactly("bob: abc");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        enter(client("alice"), "lobby");
        netcat("bob").send("goodbye").end();
        assertThat(heard()).containsExactly("bob: goodbye");
        Netcat carol = netcat("carol");
        carol.send(new byte[] {'c', 'a', 'f', (byte) 0xC3}).end();
        assertThat(heard()).containsExactly("carol: caf\uFFFD");
    }

    // ---- injection and bounds

    @Test
    void whatComesInIsCleaned() {
        enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.say("a\u001B[31mred\u0007\tb\u202Eevil\u2028c\u009Bd\u007F");
        bob.send("latin: \u00E9\n".getBytes(ISO_8859_1));
        bob.send(new byte[] {(byte) 0xFF, (byte) 0xFD, 3, 'o', 'k', '\r', 0});
        assertThat(heard()).containsExactly("bob: a[31mred bevil cd", "bob: latin: \uFFFD", "bob: ok");
    }

    @Test
    void whatGoesOutIsCleaned() {
        ChatRoom lobby = enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.take();
        run(lobby.say("one\r\n<operator> forged\u0085\u001B]0;title\u0007\n\n\u202Eabc\u2029end"));
        assertThat(bob.take())
                .containsExactly(
                        "<alice> one", "<alice> <operator> forged", "<alice> ]0;title", "<alice> abc", "<alice> end");
        run(lobby.say("\u001B\u0007"));
        assertThat(bob.take()).containsExactly("<alice> ");
        run(server.setTopic("lobby", "a\nb\u001B[2J"));
        assertThat(bob.take()).containsExactly("-- operator set the topic: ab[2J");
        run(lobby.say("x\n".repeat(1_000)));
        assertThat(bob.take()).hasSize(51).last().isEqualTo("-- 950 more lines of alice are not shown.");
    }

    @Test
    void namesThatAPolicyAllowsCannotForge() {
        assertThat(LineText.name("bob> hi\n<alice")).isEqualTo("bob__hi_alice");
        assertThat(LineText.name("\u202E")).isEqualTo("_");
        assertThat(LineText.name("åsa")).isEqualTo("åsa");
    }

    @Test
    void aLineThatIsTooLongIsToldOnce() {
        enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.take();
        bob.say("x".repeat(4 << 10)).say("y".repeat(20_000)).say("short");
        network.advance(Duration.ofSeconds(5));
        assertThat(bob.take()).containsExactly("! That line is too long; it was not taken.");
        assertThat(heard()).containsExactly("bob: " + "x".repeat(4 << 10), "bob: short");
    }

    @Test
    void aClientThatReadsNothingAndComesBackIsToldOfAGap() {
        MemoryJournal memory = MemoryJournal.withDefaults();
        restart(builder -> builder.journal(memory)
                .hubOptions(HubOptions.builder().maxWindowBytes(64 << 10).build()));
        ChatRoom lobby = enter(client("alice"), "lobby");
        Netcat bob = netcat("bob");
        bob.take();
        network.freeze(LINES);
        for (int i = 0; i < 400; i++) {
            run(lobby.say("x".repeat(1_000)));
        }
        network.thaw(LINES);
        assertThat(bob.take())
                .anyMatch(line -> line.matches("-- Your connection was too slow: [0-9]+ entries are missing here."));
    }

    @Test
    void bytesInAnyPiecesSayTheSame() {
        enter(client("alice"), "lobby");
        byte[] stream = "grün\r\n😀 smile\r\0\u00FF\n".getBytes(UTF_8);
        Netcat bob = netcat("bob");
        for (int split = 1; split < stream.length; split++) {
            bob.send(Arrays.copyOfRange(stream, 0, split));
            bob.send(Arrays.copyOfRange(stream, split, stream.length));
            network.advance(Duration.ofSeconds(1));
            assertThat(heard()).containsExactly("bob: grün", "bob: 😀 smile", "bob: ÿ");
        }
    }
}
