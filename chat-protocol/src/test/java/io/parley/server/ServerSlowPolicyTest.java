package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Receipt;
import io.parley.model.ErrorCode;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.room.HubOptions;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.MemoryFixture;
import io.parley.testkit.chat.Peer;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Bye;
import io.parley.wire.Leave;
import io.parley.wire.Left;
import io.parley.wire.Message;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Rejected;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a connection does while the policy has not answered, by a clock that is turned by hand. */
class ServerSlowPolicyTest {
    /** Answers "slow" when the test does; says "nice" in place of "ugly". */
    private static final class Slow implements ChatPolicy {
        private final CompletableFuture<Decision> answer = new CompletableFuture<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            asked.add(body);
            if (body.startsWith("slow")) {
                return Answer.later(answer);
            }
            return body.contains("ugly") ? Decision.replace(body.replace("ugly", "nice"), tags) : Decision.ALLOW;
        }
    }

    private final Slow policy = new Slow();

    private Script script() {
        Script script = new Script(builder -> builder.policy(policy));
        script.room("lobby");
        return script;
    }

    private static List<String> lines(List<ServerFrame> frames) {
        return frames.stream()
                .map(frame -> {
                    if (frame instanceof Message message) {
                        return message.author().name() + " " + message.cid() + " " + message.body();
                    }
                    return frame instanceof Rejected no ? "rejected " + no.cid() + " " + no.code() : "";
                })
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void theSenderSeesWhatWasReplaced() {
        Script script = script();
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        alice.send(say(room, 1, "ugly"), say(room, 2, "fine"));
        assertThat(lines(script.run(alice))).containsExactly("alice 1 nice", "alice 2 fine");
    }

    /** What is sent behind a read that waits stays with the network. */
    @Test
    void whoGoesOnSendingIsNotRead() {
        MemoryNetwork network =
                MemoryNetwork.builder().seed(3).maxInFlightBytes(4 << 10).build();
        Script script = new Script(network, builder -> builder.policy(policy));
        script.room("lobby");
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        alice.send(say(room, 1, "slow"));
        script.run(alice);
        long before = script.server.stats().bytesIn();
        String text = "x".repeat(1_000);
        for (int i = 2; i <= 50; i++) {
            alice.send(say(room, i, text));
            script.run(alice);
        }
        assertThat(script.server.stats().bytesIn() - before).isLessThanOrEqualTo(4 << 10);
        assertThat(policy.asked).containsExactly("slow");
        policy.answer.complete(Decision.ALLOW);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.addAll(lines(script.advance(alice, Duration.ofSeconds(1)))); // there is a rate limit
        }
        assertThat(lines)
                .hasSize(50)
                .startsWith("alice 1 slow", "alice 2 " + text)
                .endsWith("alice 50 " + text);
    }

    /** It asks for a sign of life, and has no place among what is said; in a later read it waits. */
    @Test
    void aPingInTheSameReadIsAnswered() {
        Script script = script();
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        alice.sendBytes(Script.bytes(say(room, 1, "slow"), new Ping(7), say(room, 2, "then")));
        assertThat(script.run(alice)).containsExactly(new Pong(7));
        alice.send(new Ping(8));
        assertThat(script.run(alice)).isEmpty();
        policy.answer.complete(Decision.ALLOW);
        List<ServerFrame> frames = script.run(alice);
        assertThat(lines(frames)).containsExactly("alice 1 slow", "alice 2 then");
        assertThat(frames).contains(new Pong(8));
    }

    @Test
    void aLeaveAndAGoodbyeBehindComeBehind() {
        Script script = script();
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        alice.sendBytes(Script.bytes(say(room, 1, "slow"), new Leave(2, room), new Bye("")));
        script.run(alice);
        assertThat(alice.isOver()).isFalse();
        assertThat(lines(script.run(bob))).isEmpty();
        policy.answer.complete(Decision.ALLOW);
        List<ServerFrame> frames = script.run(alice);
        assertThat(lines(frames)).containsExactly("alice 1 slow");
        assertThat(frames).contains(new Left(2, room));
        assertThat(alice.isOver()).isTrue();
        assertThat(lines(script.run(bob))).containsExactly("alice 1 slow");
        assertThat(script.server.hub().user("alice")).isNull();
    }

    @Test
    void aHungPolicyDeniesAllAtOnce() {
        Script script = script();
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        for (int i = 1; i <= 100; i++) {
            alice.send(say(room, i, "slow"));
        }
        script.run(alice);
        assertThat(lines(script.advance(alice, Duration.ofSeconds(9)))).isEmpty();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 21; i++) { // the network splits what is sent into a few reads
            lines.addAll(lines(script.advance(alice, Duration.ofSeconds(1))));
        }
        assertThat(lines).hasSize(100).allMatch(line -> line.endsWith(" " + ErrorCode.UNAVAILABLE));
        alice.send(say(room, 101, "then"));
        assertThat(lines(script.run(alice))).containsExactly("alice 101 then");
    }

    /** In a silent room, for longer than either side would wait for a sign of life. */
    @Test
    void neitherSideDropsTheOther() {
        MemoryNetwork network = MemoryNetwork.seeded(7);
        HubOptions patient =
                HubOptions.builder().policyTimeout(Duration.ofHours(1)).build();
        try (Chat chat = Chat.open(
                new MemoryFixture(network), builder -> builder.policy(policy).hubOptions(patient))) {
            ChatClient alice = chat.guest("alice");
            Ears ears = new Ears();
            ChatRoom room = chat.enter(alice, "lobby", ears);
            chat.enter(chat.guest("bob"), "lobby", new Ears());
            CompletableFuture<Receipt> said = room.say("slow");
            for (int i = 0; i < 600; i++) {
                network.advance(Duration.ofSeconds(1));
            }
            assertThat(alice.closed()).isNotDone();
            assertThat(chat.server().connections()).isEqualTo(2);
            assertThat(said).isNotDone();
            policy.answer.complete(Decision.ALLOW);
            chat.fixture().await(said);
            chat.fixture().settle("heard", () -> ears.texts().equals(List.of("slow")));
        }
    }

    @Test
    void whoIsLostMeanwhileLeavesNothing() {
        Script script = script();
        Peer<ServerFrame> bob = script.guest("bob");
        script.join(bob, "lobby");
        Peer<ServerFrame> alice = script.guest("alice");
        int room = script.join(alice, "lobby").snapshot().room();
        alice.sendBytes(Script.bytes(say(room, 1, "slow"), say(room, 2, "more")));
        script.run(alice);
        alice.abort();
        script.network.run();
        assertThat(lines(script.run(bob))).isEmpty();
        policy.answer.complete(Decision.ALLOW); // before that the end is not noticed: nothing is read
        script.network.run();
        assertThat(script.server.hub().user("alice")).isNull();
        assertThat(script.server.hub().findRoom("lobby").memberCount()).isEqualTo(1);
        assertThat(script.server.connections()).isEqualTo(1);
        assertThat(script.guest("alice").isOver()).isFalse();
    }
}
