package io.parley.server;

import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.GatewayOptions;
import io.parley.model.ErrorCode;
import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.testkit.chat.Peer;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Failed;
import io.parley.wire.Join;
import io.parley.wire.Message;
import io.parley.wire.Nick;
import io.parley.wire.Ping;
import io.parley.wire.Refused;
import io.parley.wire.Rejected;
import io.parley.wire.ServerFrame;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Code of the embedding program that breaks while a frame is handled. */
class ServerBrokenTest {
    private static final GatewayOptions SLOW = GatewayOptions.DEFAULT.toBuilder()
            .requestsPerSecond(10)
            .burstRequests(5)
            .build();

    /** Everybody comes in, when told so. */
    private static final class Broken implements ChatPolicy {
        final CompletableFuture<Decision> entered = new CompletableFuture<>();

        @Override
        public Answer login(Applicant applicant) {
            return Answer.later(entered);
        }

        @Override
        public Answer join(UserRef user, NamePolicy.Name room) {
            return decided(room.display());
        }

        @Override
        public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
            return decided(body);
        }

        @SuppressWarnings("NullAway") // as a program without nullness checks may
        private static Decision decided(String text) {
            return switch (text) {
                case "error" -> throw new StackOverflowError("meant to");
                case "null" -> null;
                default -> Decision.ALLOW;
            };
        }
    }

    /** Breaks at the name "bob". */
    private static final NamePolicy NAMES = new NamePolicy() {
        @Override
        public Name user(String wanted) {
            if (wanted.equals("bob")) {
                throw new StackOverflowError("meant to");
            }
            return NamePolicy.standard().user(wanted);
        }

        @Override
        public Name room(String wanted) {
            return NamePolicy.standard().room(wanted);
        }
    };

    private static Script script(Broken policy, GatewayOptions options) {
        MemoryNetwork network = MemoryNetwork.seeded(7);
        return new Script(
                network, builder -> builder.policy(policy).names(NAMES).options(options));
    }

    @Test
    void aPolicyThatBreaksDenies() {
        Broken policy = new Broken();
        policy.entered.complete(Decision.ALLOW);
        Script script = script(policy, GatewayOptions.DEFAULT);
        script.room("lobby");
        Peer<ServerFrame> peer = script.guest("alice");
        int room = script.join(peer, "lobby").snapshot().room();
        peer.send(say(room, 1, "error")).send(say(room, 2, "null")).send(say(room, 3, "fine"));
        List<ServerFrame> outcomes = script.run(peer);
        assertThat(outcomes.subList(0, 2)).allMatch(no -> code(no) == ErrorCode.UNAVAILABLE);
        assertThat(outcomes.get(2)).isInstanceOf(Message.class);
        peer.send(new Join(2, "error", null, 0, "")).send(new Join(3, "null", null, 0, ""));
        assertThat(script.run(peer)).hasSize(2).allMatch(no -> code(no) == ErrorCode.UNAVAILABLE);
    }

    private static int code(@Nullable ServerFrame frame) {
        return frame instanceof Rejected no ? no.code() : frame instanceof Failed no ? no.code() : 0;
    }

    /** Over the rate frames are handled on another thread than the transport's, which sees none of it. */
    @Test
    void aFrameThatCannotBeHandledEndsItsSessionOnAnyThread() {
        Broken policy = new Broken();
        policy.entered.complete(Decision.ALLOW);
        Script script = script(policy, SLOW);
        Peer<ServerFrame> peer = script.guest("alice");
        for (int i = 0; i < 10; i++) {
            peer.send(new Ping(i));
        }
        peer.send(new Nick(1, "bob")).send(new Ping(10));
        List<ServerFrame> answers = script.advance(peer, Duration.ofSeconds(5));
        assertThat(answers).hasSize(11);
        assertThat(code(answers.get(10))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(peer.isOver()).isTrue();
        assertThat(script.server.connections()).isZero();
    }

    @Test
    void whoCannotComeInForAnErrorIsToldSo() {
        Broken policy = new Broken();
        Script script = script(policy, GatewayOptions.DEFAULT);
        Peer<ServerFrame> peer = script.stranger();
        assertThat(script.run(peer.sendBytes(Script.PREFACE).send(Script.hello("carl"))))
                .isEmpty();
        policy.entered.complete(Decision.admit(Identity.guest("bob")));
        assertThat(script.run(peer))
                .singleElement()
                .isInstanceOfSatisfying(
                        Refused.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        assertThat(peer.isOver()).isTrue();
    }
}
