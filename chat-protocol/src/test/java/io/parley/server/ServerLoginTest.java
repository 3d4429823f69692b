package io.parley.server;

import static io.parley.server.Script.PREFACE;
import static io.parley.server.Script.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.gateway.GatewayOptions;
import io.parley.model.ErrorCode;
import io.parley.model.Identity;
import io.parley.policy.Answer;
import io.parley.policy.Applicant;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.testkit.chat.Peer;
import io.parley.transport.Disconnect;
import io.parley.wire.Bye;
import io.parley.wire.Failed;
import io.parley.wire.Frame;
import io.parley.wire.Goaway;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Refused;
import io.parley.wire.Response;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes before WELCOME. */
class ServerLoginTest {
    private static void assertRefused(Peer<ServerFrame> peer, int code) {
        assertThat(peer.frames()).hasSize(1);
        assertThat(peer.frames().get(0)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(ErrorCode.name(refused.code())).isEqualTo(ErrorCode.name(code));
            assertThat(refused.text()).isNotBlank();
        });
        assertThat(peer.disconnect()).isEqualTo(Disconnect.of(Disconnect.Kind.ENDED));
    }

    static Stream<Arguments> refusals() {
        byte[] alice = "alice".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                Arguments.of(ErrorCode.UNSUPPORTED_VERSION, hello(2, 9, Wire.GUEST, alice)),
                Arguments.of(ErrorCode.UNSUPPORTED_VERSION, hello(0, 0, Wire.GUEST, alice)),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, Wire.PLAIN, alice)),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, Wire.PLAIN, plain("", "alice", "secret"))),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, Wire.PLAIN, plain("bob", "alice", "secret"))),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, Wire.BEARER, alice)),
                Arguments.of(ErrorCode.TOO_LARGE, hello(1, 1, Wire.BEARER, new byte[(8 << 10) + 1])),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, Wire.EXTERNAL, alice)),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, Wire.REGISTER, alice)),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, Wire.REGISTER, plain("alice", "secret", ""))),
                Arguments.of(ErrorCode.BAD_NAME, hello(1, 1, Wire.REGISTER, plain("a b", "secret", ""))),
                Arguments.of(ErrorCode.TOO_LARGE, hello(1, 1, Wire.REGISTER, new byte[1_025])),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, Wire.SCRAM_SHA_256, alice)),
                Arguments.of(ErrorCode.AUTH_FAILED, hello(1, 1, "x-own", alice)),
                Arguments.of(ErrorCode.UNSUPPORTED_MECHANISM, hello(1, 1, "scram-sha-1", alice)),
                Arguments.of(ErrorCode.UNSUPPORTED_MECHANISM, hello(1, 1, "", alice)),
                Arguments.of(ErrorCode.BAD_NAME, hello("")),
                Arguments.of(ErrorCode.BAD_NAME, hello("a b")),
                Arguments.of(ErrorCode.BAD_NAME, hello(1, 1, Wire.GUEST, new byte[] {'a', (byte) 0xff})),
                Arguments.of(ErrorCode.NAME_TAKEN, hello("operator")),
                Arguments.of(ErrorCode.UNEXPECTED_FRAME, new Join(1, "lobby", null, 0, "")),
                Arguments.of(ErrorCode.UNEXPECTED_FRAME, Script.say(1, 1, "hello")),
                Arguments.of(ErrorCode.UNEXPECTED_FRAME, new Response(Bytes.EMPTY)));
    }

    private static byte[] plain(String identity, String name, String password) {
        return (identity + "\0" + name + "\0" + password).getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(int code, Frame first) {
        Script script = new Script();
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(first, new Join(2, "lobby", null, 0, ""));
        script.network.run();
        assertRefused(peer, code);
        assertThat(script.server.connections()).isZero();
        assertThat(script.server.hub().rooms()).isEmpty();
    }

    @Test
    void versionRangeThatIncludesOursWillDo() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(hello(0, 7, Wire.GUEST, new byte[] {'a'}));
        Welcome welcome = (Welcome) script.run(peer).get(0);
        assertThat(welcome.version()).isEqualTo(1);
        assertThat(welcome.capabilities()).isZero();
        assertThat(welcome.resumed()).isFalse();
        assertThat(welcome.limits().inFlight()).isEqualTo(GatewayOptions.DEFAULT.maxInFlight());
        assertThat(welcome.limits().heartbeatMillis()).isEqualTo(30_000);
    }

    @Test
    void anotherProtocolIsTurnedAwayAtItsFirstByte() {
        for (String other : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u0016\u0003\u0001\u0002", "PRLX", "\n")) {
            Script script = new Script();
            Peer<ServerFrame> peer = script.stranger().sendBytes(other.getBytes(StandardCharsets.ISO_8859_1));
            script.network.run();
            assertRefused(peer, ErrorCode.BAD_PREFACE);
        }
    }

    @Test
    void silenceEndsAtTheDeadline() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.stranger();
        assertThat(script.advance(peer, Duration.ofSeconds(10))).isEmpty();
        script.network.advance(Duration.ofMillis(500));
        assertRefused(peer, ErrorCode.LOGIN_TIMEOUT);
    }

    @Test
    void aByteNowAndThenDoesNotMoveTheDeadline() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.stranger();
        byte[] login = Script.bytes(PREFACE, new Ping(1), new Ping(2), hello("alice"));
        for (int i = 0; !peer.isOver() && i < login.length; i++) {
            peer.sendBytes(new byte[] {login[i]});
            script.network.advance(Duration.ofSeconds(1));
            assertThat(i).isLessThan(12);
        }
        assertThat(peer.take().stream().filter(frame -> frame instanceof Refused))
                .hasSize(1);
    }

    @Test
    void aPolicyThatNeverAnswersMeetsTheDeadline() {
        CompletableFuture<Decision> answer = new CompletableFuture<>();
        Script script = new Script(builder -> builder.policy(new ChatPolicy() {
            @Override
            public Answer login(Applicant applicant) {
                return Answer.later(answer);
            }
        }));
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(hello("alice"));
        assertThat(script.run(peer)).isEmpty();
        script.network.advance(Duration.ofSeconds(11));
        assertRefused(peer, ErrorCode.UNAVAILABLE);
        answer.complete(Decision.ALLOW);
        script.network.run();
        assertThat(script.server.hub().users()).isEmpty();
        assertThat(peer.frames()).hasSize(1);
    }

    /** A login that was judged before the account was ended, and enters after it, would have the old password. */
    @Test
    void aLoginUnderWayEndsWithItsAccount() {
        CompletableFuture<Decision> answer = new CompletableFuture<>();
        Script script = new Script(builder -> builder.policy(new ChatPolicy() {
            @Override
            public Answer login(Applicant applicant) {
                return Answer.later(answer);
            }
        }));
        byte[] alice = plain("", "alice", "secret");
        Peer<ServerFrame> early = script.stranger().sendBytes(PREFACE).send(hello(1, 1, Wire.PLAIN, alice));
        assertThat(script.run(early)).isEmpty();
        assertThat(script.server.endAccount("id", "another password")).isFalse();
        Peer<ServerFrame> late = script.stranger().sendBytes(PREFACE).send(hello(1, 1, Wire.PLAIN, alice));
        assertThat(script.run(late)).isEmpty();
        answer.complete(Decision.admit(Identity.account("id", "alice")));
        script.network.run();
        assertThat(early.isOver()).isTrue();
        assertThat(late.isOver()).isFalse();
        assertThat(script.server.hub().users()).hasSize(1);
        assertThat(script.server.endAccount("id", "another password")).isTrue();
        script.network.run();
        assertThat(late.isOver()).isTrue();
    }

    @Test
    void nothingIsReadWhileAPolicyMakesUpItsMind() {
        CompletableFuture<Decision> answer = new CompletableFuture<>();
        Script script = new Script(builder -> builder.policy(new ChatPolicy() {
            @Override
            public Answer login(Applicant applicant) {
                return Answer.later(answer);
            }
        }));
        Peer<ServerFrame> peer = script.stranger()
                .sendBytes(Script.bytes(
                        PREFACE, hello("alice"), new Join(1, "lobby", null, 0, ""), Script.say(1, 1, "hello")));
        assertThat(script.run(peer)).isEmpty();
        assertThat(script.server.hub().rooms()).isEmpty();
        answer.complete(Decision.ALLOW);
        assertThat(script.run(peer).stream().map(frame -> frame.getClass().getSimpleName()))
                .containsExactly("Welcome", "Joined", "Moderated", "Message");
    }

    @Test
    void pingIsAnsweredAndByeEndsBeforeLogin() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.stranger().sendBytes(PREFACE).send(new Ping(5), new Pong(1), new Bye(""));
        assertThat(script.run(peer)).containsExactly(new Pong(5));
        assertThat(peer.disconnect()).isEqualTo(Disconnect.of(Disconnect.Kind.ENDED));
    }

    @Test
    void helloComesOnce() {
        Script script = new Script();
        Hello hello = hello("alice");
        Peer<ServerFrame> peer = script.stranger().sendBytes(Script.bytes(PREFACE, hello, hello));
        List<ServerFrame> frames = script.run(peer);
        assertThat(frames.get(0)).isInstanceOf(Welcome.class);
        assertThat(frames.get(1))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.UNEXPECTED_FRAME));
        assertThat(frames).hasSize(2);
        assertThat(peer.disconnect()).isEqualTo(Disconnect.of(Disconnect.Kind.ENDED));
        assertThat(script.server.hub().users()).isEmpty();
    }

    @Test
    void shutdownRefusesWhoIsNotInYet() {
        Script script = new Script();
        Peer<ServerFrame> outside = script.stranger();
        Peer<ServerFrame> inside = script.guest("alice");
        CompletableFuture<?> down = script.server.shutdown(Duration.ofSeconds(3));
        script.network.run();
        assertRefused(outside, ErrorCode.GOING_AWAY);
        assertThat(inside.take())
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        Goaway.class,
                        goaway -> assertThat(goaway.deadlineMillis()).isEqualTo(3_000));
        assertThat(down).isNotDone();
        script.network.advance(Duration.ofSeconds(3));
        assertThat(inside.isOver()).isTrue();
        assertThat(down).isCompleted();
    }

    @Test
    void whoDoesNotEndItsSideIsCutAfterAWhile() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.stranger();
        peer.sendBytes(new byte[] {'X'});
        script.network.step();
        peer.pauseReads(); // so that it does not notice the end
        script.network.run();
        assertThat(script.server.connections()).isEqualTo(1);
        script.network.advance(Duration.ofSeconds(6));
        assertThat(script.server.connections()).isZero();
    }

    @Test
    void aConnectionLostBeforeItOpenedIsNotCounted() {
        Script script = new Script(builder -> builder.options(GatewayOptions.DEFAULT.toBuilder()
                .maxConnections(1)
                .maxConnectionsPerAddress(1)
                .build()));
        for (int i = 0; i < 50; i++) {
            Peer.connect(script.network.transport(), Script.ADDRESS);
            for (int steps = 0; steps < i % 5; steps++) {
                script.network.step();
            }
            script.network.cut(Script.ADDRESS);
            script.network.run();
        }
        assertThat(script.guest("alice").isOver()).isFalse();
    }
}
