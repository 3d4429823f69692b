package io.parley.server;

import static io.parley.server.Script.PREFACE;
import static io.parley.server.Script.hello;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.Identity;
import io.parley.model.RoomException;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Credentials;
import io.parley.policy.Decision;
import io.parley.testkit.chat.Peer;
import io.parley.wire.Bye;
import io.parley.wire.Challenge;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Refused;
import io.parley.wire.Response;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Logins in several steps: HELLO, then CHALLENGE and RESPONSE in turn. */
class ServerExchangeTest {
    private static final String TOLD = "x-told";

    /** Asks as often as it is told, and lets in whoever says the same each time; remembers what it has heard. */
    private static final class Asking implements ChatPolicy {
        final List<String> heard = new ArrayList<>();
        final int times;
        Credentials.Exchange.@Nullable Client client;

        @Nullable
        Throwable failure;

        Asking(int times) {
            this.times = times;
        }

        @Override
        public Answer login(Applicant applicant) {
            if (!(applicant.credentials() instanceof Credentials.Exchange asked)) {
                return Decision.ALLOW;
            }
            heard.add(applicant.name().display() + asked.mechanism() + ":" + text(asked.initial()));
            client = asked.client();
            return Answer.later(ask(asked, 1).whenComplete((decision, error) -> failure = error));
        }

        private CompletionStage<Decision> ask(Credentials.Exchange asked, int time) {
            if (time > times) {
                return CompletableFuture.completedStage(Decision.admit(Identity.account("id", text(asked.initial()))));
            }
            return asked.client().ask(bytes("challenge " + time)).thenCompose(response -> {
                heard.add(text(response));
                return ask(asked, time + 1);
            });
        }
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(UTF_8));
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), UTF_8);
    }

    private static Hello begin(String mechanism) {
        return hello(1, 1, mechanism, "anna".getBytes(UTF_8));
    }

    private static Script script(ChatPolicy policy) {
        return new Script(builder -> builder.policy(policy));
    }

    private static List<String> names(List<ServerFrame> frames) {
        return frames.stream().map(frame -> frame.getClass().getSimpleName()).toList();
    }

    private static int refused(List<ServerFrame> frames) {
        assertThat(frames).last().isInstanceOf(Refused.class);
        return ((Refused) frames.get(frames.size() - 1)).code();
    }

    @Test
    void thePolicyAsksAsOftenAsItWants() {
        for (String mechanism : List.of(TOLD, Wire.SCRAM_SHA_256, Wire.SCRAM_SHA_256_PLUS)) {
            Asking policy = new Asking(3);
            Script script = script(policy);
            Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(begin(mechanism));
            assertThat(script.run(peer)).containsExactly(new Challenge(bytes("challenge 1")));
            peer.send(new Response(bytes("one")));
            assertThat(script.run(peer)).containsExactly(new Challenge(bytes("challenge 2")));
            peer.send(new Ping(7));
            assertThat(script.run(peer)).containsExactly(new Pong(7));
            peer.send(new Response(Bytes.EMPTY));
            assertThat(script.run(peer)).containsExactly(new Challenge(bytes("challenge 3")));
            peer.send(new Response(bytes("three")), new Join(1, "lobby", null, 0, ""));
            assertThat(names(script.run(peer))).startsWith("Welcome", "Joined");
            assertThat(policy.heard).containsExactly(mechanism + ":anna", "one", "", "three");
            assertThat(script.server.hub().users())
                    .singleElement()
                    .satisfies(user -> assertThat(user.name()).isEqualTo("anna"));
        }
    }

    @Test
    void aPolicyNeedNotAsk() {
        Script script = script(new Asking(0));
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(begin(TOLD));
        assertThat(names(script.run(peer))).containsExactly("Welcome");
    }

    @Test
    void aServerWhosePolicyDoesNotKnowTheMechanismRefusesIt() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(begin(Wire.SCRAM_SHA_256));
        assertThat(refused(script.run(peer))).isEqualTo(ErrorCode.AUTH_FAILED);
    }

    @Test
    void aSecondHelloIsNoResponse() {
        Script script = script(new Asking(2));
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(begin(TOLD), begin(TOLD));
        assertThat(refused(script.run(peer))).isEqualTo(ErrorCode.UNEXPECTED_FRAME);
        assertThat(peer.isOver()).isTrue();
    }

    @Test
    void aResponseThatNobodyHasAskedForEndsTheLogin() {
        Script script = script(new Asking(2));
        Peer<ServerFrame> peer = script.stranger()
                .sendBytes(PREFACE)
                .send(
                        begin(TOLD),
                        new Response(bytes("one")),
                        new Response(bytes("two")),
                        new Response(bytes("three")));
        // It is read when the login is through, and then it is out of place.
        assertThat(names(script.run(peer))).containsExactly("Challenge", "Challenge", "Welcome", "Failed");
        assertThat(peer.isOver()).isTrue();
    }

    @Test
    void otherFramesAreNotTakenBetween() {
        Script script = script(new Asking(1));
        Peer<ServerFrame> peer =
                script.stranger().sendBytes(PREFACE).send(begin(TOLD), new Join(1, "lobby", null, 0, ""));
        assertThat(refused(script.run(peer))).isEqualTo(ErrorCode.UNEXPECTED_FRAME);
        assertThat(script.server.hub().rooms()).isEmpty();
    }

    @Test
    void aResponseHasABound() {
        Script script = script(new Asking(1));
        Peer<ServerFrame> peer =
                script.stranger().sendBytes(PREFACE).send(begin(TOLD), new Response(Bytes.of(new byte[(8 << 10) + 1])));
        assertThat(refused(script.run(peer))).isEqualTo(ErrorCode.TOO_LARGE);
        Peer<ServerFrame> first = script.stranger().sendBytes(PREFACE).send(hello(1, 1, TOLD, new byte[(8 << 10) + 1]));
        assertThat(refused(script.run(first))).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void whoDoesNotRespondMeetsTheDeadline() {
        Asking policy = new Asking(1);
        Script script = script(policy);
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(begin(TOLD));
        script.run(peer);
        script.network.advance(Duration.ofSeconds(11));
        assertThat(peer.isOver()).isTrue();
        assertThat(policy.failure).isNotNull();
        assertThat(script.server.connections()).isZero();
    }

    @Test
    void whoAsksALostClientIsTold() {
        Asking policy = new Asking(1);
        Script script = script(policy);
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(begin(TOLD));
        script.run(peer);
        peer.abort();
        script.network.run();
        assertThat(policy.failure).hasRootCauseInstanceOf(RoomException.class);
        assertThat(script.server.hub().users()).isEmpty();
    }

    @Test
    void aGoodbyeInTheMiddleEndsIt() {
        Asking policy = new Asking(1);
        Script script = script(policy);
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(begin(TOLD), new Bye(""));
        assertThat(names(script.run(peer))).containsExactly("Challenge");
        assertThat(peer.isOver()).isTrue();
        assertThat(policy.failure).isNotNull();
    }

    @Test
    void aClientIsAskedOneThingAtATimeAndNotLater() {
        Asking policy = new Asking(1);
        Script script = script(policy);
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(begin(TOLD));
        script.run(peer);
        Credentials.Exchange.Client client = policy.client;
        assertThat(client).isNotNull();
        assertThat(client.ask(bytes("more")).toCompletableFuture()).isCompletedExceptionally();
        peer.send(new Response(Bytes.EMPTY));
        assertThat(names(script.run(peer))).containsExactly("Welcome");
        assertThat(client.ask(bytes("late")).toCompletableFuture()).isCompletedExceptionally();
        assertThat(script.run(peer)).isEmpty();
    }
}
