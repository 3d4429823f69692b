package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Action;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Message;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** How a bot's rooms end, and the bot. */
class BotEndTest {
    private final Script script = new Script();
    private final BotEars ears = new BotEars();
    private final Peer<ServerFrame> alice;
    private final int room;
    private final Bot bot;
    private final BotRoom lobby;

    BotEndTest() {
        script.room("lobby");
        alice = script.guest("alice");
        room = script.join(alice, "lobby").snapshot().room();
        bot = get(script.server.bot("echo", ears));
        lobby = get(bot.join("lobby"));
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

    private List<String> said() {
        return script.run(alice).stream()
                .filter(Message.class::isInstance)
                .map(frame -> ((Message) frame).author().name() + ": " + ((Message) frame).body())
                .toList();
    }

    @Test
    void isKicked() {
        alice.send(say(room, 1, "one"));
        script.network.run();
        script.server.moderate("lobby", Action.KICK, "echo", Duration.ZERO, "noise");
        script.network.run();
        assertThat(ears.take()).containsExactly("lobby alice: one", "lobby operator KICK echo", "ended lobby KICKED");
        assertThat(bot.rooms()).isEmpty();
        assertThat(refusal(lobby.say("but"))).isEqualTo(Reason.NOT_A_MEMBER);
        BotRoom again = get(bot.join("lobby"));
        assertThat(get(again.say("back"))).isEqualTo(3);
    }

    @Test
    void isKickedAndBackBeforeItHasRead() {
        alice.send(say(room, 1, "one"));
        script.network.run();
        ears.take();
        for (int i = 0; i < 20; i++) {
            script.server.moderate("lobby", Action.KICK, "echo", Duration.ZERO, "");
            CompletableFuture<BotRoom> back = bot.join("lobby");
            alice.send(say(room, 2 + i, "again"));
            for (int n = 0; n < i; n++) {
                script.network.step();
            }
            script.network.run();
            assertThat(back).isDone();
            if (bot.rooms().isEmpty()) { // the kick came behind
                get(bot.join("lobby"));
            }
            assertThat(bot.rooms()).hasSize(1);
            assertThat(ears.take()).containsSubsequence("lobby operator KICK echo", "ended lobby KICKED");
        }
    }

    @Test
    void theRoomIsClosedAndDeleted() {
        script.server.closeRoom("lobby", "over");
        script.network.run();
        assertThat(ears.take()).containsExactly("ended lobby ROOM_GONE");
        get(bot.join("den"));
        ears.take();
        script.server.deleteRoom("den", "");
        script.network.run();
        assertThat(ears.take()).containsExactly("ended den ROOM_GONE");
        assertThat(bot.rooms()).isEmpty();
    }

    @Test
    void isRemoved() {
        CompletableFuture<Long> last = lobby.say("last");
        script.network.run();
        assertThat(script.server.remove("echo", "enough")).isTrue();
        assertThat(script.server.remove("echo", "enough")).isFalse();
        script.network.run();
        assertThat(last).isCompletedWithValue(1L);
        assertThat(ears.take()).containsExactly("closed enough");
        assertThat(script.server.hub().user("echo")).isNull();
        assertThat(bot.rooms()).isEmpty();
        assertThat(refusal(lobby.say("?"))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refusal(lobby.leave())).isEqualTo(Reason.UNAVAILABLE);
        assertThat(get(script.server.bot("echo", ears)).name()).isEqualTo("echo");
    }

    @Test
    void theServerShutsDown() {
        BotEars last = new BotEars() {
            @Override
            public void onClosed(String why) {
                super.onClosed(why);
                lobby.say("goodbye");
            }
        };
        Bot other = get(script.server.bot("other", last));
        get(other.join("lobby"));
        CompletableFuture<?> closed = script.server.shutdown(Duration.ofSeconds(5));
        assertThat(said()).as("while the others drain").containsExactly("echo: goodbye");
        assertThat(last.take()).containsExactly("closed the server is going down");
        assertThat(ears.take()).containsExactly("closed the server is going down");
        assertThat(script.server.hub().userCount()).isEqualTo(3);
        assertThat(closed).isNotDone();
        alice.close();
        script.network.run();
        assertThat(closed).isDone();
        assertThat(script.server.hub().users()).isEmpty();
        assertThat(refusal(script.server.bot("late", ears))).isEqualTo(Reason.UNAVAILABLE);
        assertThat(script.server.hub().users()).isEmpty();
        assertThat(ears.take()).as("told once; and who came too late, nothing").isEmpty();
    }

    @Test
    void aBotAloneHoldsNothingUp() {
        alice.close();
        script.network.run();
        CompletableFuture<Long> last = lobby.say("last");
        CompletableFuture<?> closed = script.server.shutdown(Duration.ofSeconds(5));
        script.network.run();
        assertThat(closed).isDone();
        assertThat(last).isDone();
        assertThat(script.server.hub().users()).isEmpty();
    }
}
