package io.parley.server;

import static io.parley.server.Script.PREFACE;
import static io.parley.server.Script.frame;
import static io.parley.server.Script.hello;
import static io.parley.server.Script.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.gateway.GatewayOptions;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.testkit.chat.Peer;
import io.parley.transport.Disconnect;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Failed;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.Rejected;
import io.parley.wire.Response;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that are unknown, wrong, too large, or in pieces. */
class ServerFramesTest {

    @Test
    void unknownTypeIsAnsweredAndTheConnectionLives() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        peer.sendBytes(frame(0x7e, 0x85, 0x01, 0xff, 0xff))
                .sendBytes(frame(0x7e))
                .send(new Ping(9));
        assertThat(script.run(peer))
                .satisfiesExactly(
                        first -> assertUnknown(first, 133),
                        second -> assertUnknown(second, 0),
                        third -> assertThat(third).isEqualTo(new Pong(9)));
        assertThat(peer.isOver()).isFalse();
    }

    private static void assertUnknown(ServerFrame frame, long id) {
        assertThat(frame).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.id()).isEqualTo(id);
            assertThat(failed.code()).isEqualTo(ErrorCode.UNKNOWN_TYPE);
        });
    }

    @Test
    void whatOnlyTheServerSendsIsUnknown() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        peer.send(new Message(5, 5, 5, 5, 5, new UserItem(1, UserKind.GUEST, "x"), "y", Tags.NONE));
        assertUnknown(script.run(peer).get(0), 5);
        assertThat(peer.isOver()).isFalse();
    }

    @Test
    void ignorableTypeIsIgnored() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        peer.sendBytes(frame(0xfe, 0xff, 0xff)).sendBytes(frame(0xff)).send(new Ping(9));
        assertThat(script.run(peer)).containsExactly(new Pong(9));
    }

    @Test
    void aPayloadMayGoOn() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        byte[] ping = new Ping(9).toBytes();
        byte[] longer = Arrays.copyOf(ping, ping.length + 3);
        longer[3] = (byte) (longer[3] + 3);
        peer.sendBytes(longer).send(new Ping(10));
        assertThat(script.run(peer)).containsExactly(new Pong(9), new Pong(10));
    }

    static Stream<Arguments> malformed() {
        byte[] join = new Join(1, "lobby", null, 0, "").toBytes();
        byte[] short1 = Arrays.copyOf(join, join.length - 1);
        short1[3]--;
        int say = say(1, 1, "x").type();
        return Stream.of(
                Arguments.of("a missing field", short1),
                Arguments.of("a varint too long for its value", frame(new Ping(0).type(), 0x80, 0x00)),
                Arguments.of(
                        "an endless varint", frame(new Ping(0).type(), 255, 255, 255, 255, 255, 255, 255, 255, 255, 1)),
                Arguments.of("not UTF-8", frame(say, 1, 1, 2, 0xc3, 0x28, 0)),
                Arguments.of("a string past the end", frame(say, 1, 1, 200, 'x', 0)),
                Arguments.of("a room above 31 bits", frame(say, 0x80, 0x80, 0x80, 0x80, 0x08, 1, 0, 0)),
                Arguments.of("a count that cannot be", frame(say, 1, 1, 0, 0xff, 0xff, 0x7f)),
                Arguments.of("an empty payload", frame(say)));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void malformedIsToldAndEnds(String what, byte[] bytes) {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        Peer<ServerFrame> other = script.guest("bob");
        peer.send(new Ping(1)).sendBytes(bytes).send(new Ping(2), say(1, 1, "unheard"));
        List<ServerFrame> frames = script.run(peer);
        assertThat(frames).hasSize(2);
        assertThat(frames.get(0)).isEqualTo(new Pong(1));
        assertThat(frames.get(1)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.id()).isZero();
            assertThat(ErrorCode.name(failed.code())).as(what).isEqualTo("MALFORMED");
        });
        assertThat(peer.disconnect()).isEqualTo(Disconnect.of(Disconnect.Kind.ENDED));
        assertThat(script.run(other.send(new Ping(3)))).containsExactly(new Pong(3));
    }

    @Test
    void tooLargeIsToldFromTheHeader() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        byte[] header = {(byte) 0xfe, 0x02, 0x00, 0x01}; // one byte over 128 KiB, of a type to be ignored
        assertThat(script.run(peer.sendBytes(header)))
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.FRAME_TOO_LARGE));
        assertThat(peer.isOver()).isTrue();
    }

    @Test
    void aBodyUpToTheLimitIsHeardAndOneOverItRejected() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        script.room("lobby");
        int room = script.join(peer, "lobby").snapshot().room();
        int most = script.server.hub().options().maxBodyBytes();
        peer.send(
                say(room, 1, "x".repeat(most)), say(room, 2, "x".repeat(most + 1)), say(room, 3, "x".repeat(100_000)));
        List<ServerFrame> frames = script.run(peer);
        assertThat(frames.stream()
                        .filter(Rejected.class::isInstance)
                        .map(Rejected.class::cast)
                        .map(rejected -> rejected.cid() + " " + ErrorCode.name(rejected.code())))
                .containsExactly("2 TOO_LARGE", "3 TOO_LARGE");
        assertThat(frames.stream().filter(Message.class::isInstance)).hasSize(1);
        assertThat(peer.isOver()).isFalse();
    }

    @Test
    void responseWithoutChallengeIsUnexpected() {
        Script script = new Script();
        Peer<ServerFrame> peer = script.guest("alice");
        assertThat(script.run(peer.send(new Response(Bytes.EMPTY))))
                .first()
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(ErrorCode.UNEXPECTED_FRAME));
        assertThat(peer.isOver()).isTrue();
    }

    private static List<String> summary(List<ServerFrame> frames) {
        return frames.stream()
                .map(frame -> frame instanceof Message message
                        ? "MESSAGE " + message.seq() + " " + message.cid() + " " + message.body()
                        : frame instanceof Joined joined
                                ? "JOINED " + joined.id()
                                : frame.getClass().getSimpleName())
                .toList();
    }

    @Test
    void theSameComesOfItWhereverItIsSplit() {
        byte[] stream = Script.bytes(
                PREFACE,
                hello("alice"),
                new Join(1, "lobby", null, 0, ""),
                frame(0xfe, 1, 2, 3),
                say(1, 1, "h\u00e9llo"),
                say(1, 2, "y".repeat(300)),
                new Ping(7));
        List<String> expected =
                List.of("Welcome", "JOINED 1", "MESSAGE 1 1 h\u00e9llo", "MESSAGE 2 2 " + "y".repeat(300));
        for (int at = 0; at <= stream.length; at++) {
            Script script = new Script(MemoryNetwork.seeded(at), builder -> builder);
            script.room("lobby");
            Peer<ServerFrame> peer = script.stranger().sendBytes(Arrays.copyOf(stream, at));
            script.network.run();
            peer.sendBytes(Arrays.copyOfRange(stream, at, stream.length));
            assertThat(summary(script.run(peer)).stream().filter(line -> !line.equals("Pong")))
                    .as("split at " + at)
                    .isEqualTo(expected);
        }
    }

    @Test
    void theSameComesOfItByteByByte() {
        Script script = new Script();
        script.room("lobby");
        Peer<ServerFrame> peer = script.stranger();
        for (byte one : Script.bytes(
                PREFACE, hello("alice"), new Join(1, "lobby", null, 0, ""), say(1, 1, "hello"), new Ping(7))) {
            peer.sendBytes(new byte[] {one});
            script.network.run();
        }
        assertThat(summary(peer.take())).containsExactly("Welcome", "JOINED 1", "MESSAGE 1 1 hello", "Pong");
    }

    @Test
    void limitsAreThoseOfTheWire() {
        assertThat(GatewayOptions.DEFAULT.maxRequestBytes()).isEqualTo(Wire.DEFAULT_MAX_FRAME);
    }
}
