package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.Tags;
import io.parley.room.User;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Direct;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.Nick;
import io.parley.wire.Opened;
import io.parley.wire.ServerFrame;
import io.parley.wire.Typing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bot among clients of the native protocol. */
class BotTest {
    private final Script script = new Script();
    private final BotEars ears = new BotEars();

    BotTest() {
        script.room("lobby");
    }

    private <T> T get(CompletableFuture<T> future) {
        script.network.run();
        assertThat(future).isDone();
        return future.join();
    }

    private Reason refusal(CompletableFuture<?> future) {
        script.network.run();
        assertThat(future).isCompletedExceptionally();
        RoomException[] why = new RoomException[1];
        future.whenComplete((value, error) ->
                why[0] = (RoomException) (error instanceof CompletionException ? error.getCause() : error));
        return why[0].reason();
    }

    private Bot bot(String name, BotListener listener) {
        return get(script.server.bot(name, listener));
    }

    private List<String> said(Peer<ServerFrame> peer) {
        return script.run(peer).stream()
                .filter(Message.class::isInstance)
                .map(frame -> ((Message) frame).author().name() + ": " + ((Message) frame).body())
                .toList();
    }

    @Test
    void hearsAndSpeaks() {
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        Bot bot = bot("echo", ears);
        BotRoom lobby = get(bot.join("Lobby"));
        assertThat(lobby.name()).isEqualTo("lobby");
        assertThat(lobby.ref().number()).isEqualTo(room);
        assertThat(bot.rooms()).containsExactly(lobby);

        alice.send(say(room, 1, "hello"));
        script.network.run();
        assertThat(ears.take()).containsExactly("lobby alice: hello");
        assertThat(get(lobby.say("hi"))).isEqualTo(2);
        assertThat(said(alice)).containsExactly("alice: hello", "echo: hi");
        assertThat(ears.take()).as("its own is not told").isEmpty();
    }

    @Test
    void isAUserWithoutAConnection() {
        Bot bot = bot("echo", ears);
        assertThat(script.server.hub().users()).extracting(User::name).containsExactly("echo");
        assertThat(script.server.stats().users()).isEqualTo(1);
        assertThat(script.server.stats().connections()).isZero();
        BotRoom lobby = get(bot.join("lobby"));
        assertThat(get(lobby.members("", 10))).extracting(Member::name).containsExactly("echo");
        bot.close();
        bot.close();
        script.network.run();
        assertThat(script.server.hub().users()).isEmpty();
        assertThat(bot.rooms()).isEmpty();
        assertThat(ears.take()).as("its own doing is not told").isEmpty();
        assertThat(refusal(lobby.say("late"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refusal(bot.join("lobby"))).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void whatWasSaidBeforeTheCloseIsSaid() {
        Peer<ServerFrame> alice = script.guest("alice");
        script.join(alice, "lobby");
        Bot bot = bot("echo", ears);
        BotRoom lobby = get(bot.join("lobby"));
        CompletableFuture<Long> last = lobby.say("bye");
        bot.close();
        assertThat(get(last)).isEqualTo(1);
        assertThat(said(alice)).containsExactly("echo: bye");
    }

    @Test
    void theBacklogIsApart() {
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        alice.send(say(room, 1, "!now"));
        script.network.run();

        List<BotRoom> asked = new ArrayList<>();
        Bot bot = bot("clock", (in, message) -> {
            if (message.body().equals("!now")) {
                asked.add(in);
                in.say("12:00");
            }
        });
        BotRoom lobby = get(bot.join("lobby", 10));
        assertThat(lobby.backlog()).hasSize(1).first().isInstanceOf(Entry.Message.class);
        assertThat(asked).isEmpty();
        assertThat(said(alice)).containsExactly("alice: !now");

        alice.send(say(room, 2, "!now"));
        assertThat(said(alice)).containsExactly("alice: !now", "clock: 12:00");
        assertThat(asked).hasSize(1);
    }

    @Test
    void isWrittenToDirectly() {
        Bot bot = bot("echo", new BotEars() {
            @Override
            public void onMessage(BotRoom room, Entry.Message message) {
                super.onMessage(room, message);
                ears.note(String.join(",", take()));
                room.say(message.body());
            }

            @Override
            public void onOpened(BotRoom room) {
                ears.note("opened " + room.name());
            }
        });
        Peer<ServerFrame> alice = script.guest("alice");
        alice.send(new Direct(1, script.id("echo"), null, 0));
        List<ServerFrame> answers = script.run(alice);
        int room = ((Joined) answers.get(0)).snapshot().room();
        assertThat(ears.take()).as("nothing is said yet").isEmpty();
        alice.send(say(room, 1, "hi"));
        assertThat(said(alice)).containsExactly("alice: hi", "echo: hi");
        assertThat(ears.take()).containsExactly("opened alice", "alice alice: hi");
        assertThat(bot.rooms()).extracting(BotRoom::name).containsExactly("alice");
    }

    @Test
    void writesDirectly() {
        Bot bot = bot("guard", ears);
        Peer<ServerFrame> alice = script.guest("alice");
        BotRoom talk = get(bot.direct("alice"));
        assertThat(get(talk.say("careful"))).isEqualTo(1);
        List<ServerFrame> heard = script.run(alice);
        assertThat(heard.get(0)).isInstanceOf(Opened.class);
        int room = ((Opened) heard.get(0)).snapshot().room();
        alice.send(say(room, 1, "sorry"));
        script.network.run();
        assertThat(ears.take()).as("it has opened the conversation itself").containsExactly("alice alice: sorry");
        assertThat(get(bot.direct("Alice"))).as("the same conversation").isSameAs(talk);
        alice.send(say(room, 2, "really"));
        script.network.run();
        assertThat(ears.take()).containsExactly("alice alice: really");
        assertThat(refusal(bot.direct("nobody"))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(refusal(bot.direct("guard"))).isEqualTo(Reason.BAD_REQUEST);
    }

    @Test
    void aNameThatCannotBe() {
        bot("echo", ears);
        script.guest("alice");
        assertThat(refusal(script.server.bot("echo", ears))).isEqualTo(Reason.NAME_TAKEN);
        assertThat(refusal(script.server.bot("Alice", ears))).isEqualTo(Reason.NAME_TAKEN);
        assertThat(refusal(script.server.bot("", ears))).isEqualTo(Reason.BAD_NAME);
        assertThat(refusal(script.server.bot("operator", ears))).isEqualTo(Reason.NAME_TAKEN);
        assertThat(script.server.hub().users()).hasSize(2);
    }

    @Test
    void hearsEverythingElse() {
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "den").snapshot().room();
        Bot bot = bot("echo", ears);
        BotRoom den = get(bot.join("den"));
        ears.take();
        alice.send(new Typing(room));
        alice.send(new Nick(5, "alicia"));
        script.network.run();
        script.server.moderate("den", Action.MAKE_MODERATOR, "echo", Duration.ZERO, "");
        script.network.run();
        assertThat(get(den.setTopic("cats"))).isPositive();
        get(bot.rename("oche"));
        assertThat(bot.name()).isEqualTo("oche");
        assertThat(refusal(den.moderate(Action.MUTE, script.id("alicia"), Duration.ofMinutes(1), "loud")))
                .as("she owns the room")
                .isEqualTo(Reason.FORBIDDEN);
        script.guest("carol");
        assertThat(get(den.moderate(Action.INVITE, script.id("carol"), Duration.ZERO, "")))
                .isPositive();
        script.network.run();
        assertThat(ears.take())
                .containsExactly(
                        "den typing alice",
                        "den alice is alicia",
                        "den operator MAKE_MODERATOR echo",
                        "den topic cats",
                        "den echo is oche",
                        "den oche INVITE carol");
        assertThat(get(den.history(Journal.NONE, Journal.NONE, 10)).entries())
                .filteredOn(Entry.Moderated.class::isInstance)
                .isNotEmpty()
                .allMatch(entry -> ((Entry.Moderated) entry).imposed() == null);
    }

    @Test
    void theRoomsRulesHold() {
        Bot bot = bot("echo", ears);
        BotRoom lobby = get(bot.join("lobby"));
        assertThat(refusal(lobby.setTopic("mine"))).isEqualTo(Reason.FORBIDDEN);
        assertThat(refusal(lobby.moderate(Action.KICK, 77, Duration.ZERO, ""))).isEqualTo(Reason.FORBIDDEN);
        assertThat(refusal(bot.find("no one"))).isEqualTo(Reason.BAD_NAME);
        assertThat(refusal(bot.find("nobody"))).isEqualTo(Reason.NO_SUCH_USER);
        assertThat(refusal(lobby.say("x".repeat(100_000)))).isEqualTo(Reason.TOO_LARGE);
        script.server.moderate("lobby", Action.MUTE, "echo", Duration.ZERO, "");
        assertThat(refusal(lobby.say("hm"))).isEqualTo(Reason.MUTED);
        assertThat(refusal(bot.rename("other"))).isEqualTo(Reason.MUTED);
        assertThat(refusal(lobby.say("x", Tags.of("@time", Bytes.EMPTY)))).isEqualTo(Reason.BAD_REQUEST);
        assertThat(refusal(lobby.say("x", Tags.of("t", Bytes.of(new byte[20_000])))))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(bot.join("no\nroom"))).isEqualTo(Reason.BAD_NAME);
        script.server.moderate("lobby", Action.BAN, "echo", Duration.ZERO, "");
        assertThat(refusal(bot.join("lobby"))).isEqualTo(Reason.BANNED);
        assertThatThrownBy(() -> bot.join("lobby", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesAndComesBack() {
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        Bot bot = bot("echo", ears);
        BotRoom lobby = get(bot.join("lobby"));
        get(lobby.leave());
        assertThat(bot.rooms()).isEmpty();
        alice.send(say(room, 1, "unheard"));
        script.network.run();
        assertThat(ears.take()).isEmpty();
        assertThat(refusal(lobby.say("?"))).isEqualTo(Reason.NOT_A_MEMBER);
        BotRoom again = get(bot.join("lobby"));
        alice.send(say(room, 2, "heard"));
        script.network.run();
        assertThat(ears.take()).containsExactly("lobby alice: heard");
        assertThat(again).isNotSameAs(lobby);
        assertThat(bot.rooms()).containsExactly(again);
    }

    @Test
    void joiningAnewMissesNothing() {
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        Bot bot = bot("echo", ears);
        BotRoom lobby = get(bot.join("lobby"));
        List<String> expected = new ArrayList<>();
        List<CompletableFuture<BotRoom>> joins = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            alice.send(say(room, i, "m" + i));
            expected.add("lobby alice: m" + i);
            joins.add(bot.join("lobby", i % 3));
            IntStream.range(0, i % 7).forEach(step -> script.network.step());
        }
        script.network.run();
        assertThat(ears.take()).isEqualTo(expected);
        assertThat(joins).allMatch(join -> join.join() == lobby);
        assertThat(bot.rooms()).containsExactly(lobby);
    }

    @Test
    void aThousandMessagesInOrder() {
        Bot one = bot("one", ears);
        BotRoom from = get(one.join("lobby"));
        BotEars others = new BotEars();
        get(bot("two", others).join("lobby"));
        List<CompletableFuture<Long>> numbers =
                IntStream.range(0, 1_000).mapToObj(i -> from.say("m" + i)).toList();
        script.network.run();
        assertThat(numbers)
                .extracting(CompletableFuture::join)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(others.take())
                .isEqualTo(IntStream.range(0, 1_000)
                        .mapToObj(i -> "lobby one: m" + i)
                        .toList());
        assertThat(ears.take()).isEmpty();
    }

    @Test
    void tooManyRequestsAtOnce() {
        BotRoom lobby = get(bot("echo", ears).join("lobby"));
        List<CompletableFuture<Long>> numbers =
                IntStream.range(0, 10_001).mapToObj(i -> lobby.say("m")).toList();
        assertThat(refusal(numbers.get(10_000))).isEqualTo(Reason.RATE_LIMITED);
        assertThat(get(numbers.get(9_999))).isEqualTo(10_000);
        assertThat(get(lobby.say("again"))).isEqualTo(10_001);
    }

    @Test
    void aListenerThatThrowsGoesOn() {
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        get(bot("echo", (in, message) -> {
                    ears.onMessage(in, message);
                    throw new IllegalStateException("on purpose");
                })
                .join("lobby"));
        alice.send(say(room, 1, "one")).send(say(room, 2, "two"));
        script.network.run();
        assertThat(ears.take()).containsExactly("lobby alice: one", "lobby alice: two");
    }
}
