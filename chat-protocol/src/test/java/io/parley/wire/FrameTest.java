package io.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.model.Member;
import io.parley.model.People;
import io.parley.model.RoomItem;
import io.parley.model.Tags;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameTest {

    @Test
    void handlerIsToldByTheFramesOwnMethod() throws ReflectiveOperationException {
        RandomFrames random = new RandomFrames(new Random(5));
        List<Frame> clients = new ArrayList<>(List.of(new Unknown(0x7F, 1, 2)));
        RandomFrames.clientTypes().forEach(type -> clients.add(random.record(type)));
        assertAccepts(ClientFrame.class, ClientFrame.Handler.class, clients);
        List<Frame> servers = new ArrayList<>(List.of(new Unknown(0x7F, 1, 2)));
        RandomFrames.serverTypes().forEach(type -> servers.add(random.record(type)));
        assertAccepts(ServerFrame.class, ServerFrame.Handler.class, servers);
    }

    private static void assertAccepts(Class<?> family, Class<?> handler, List<Frame> frames)
            throws ReflectiveOperationException {
        List<String> told = new ArrayList<>();
        Object spy =
                Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                    told.add(method.getName() + args[0]);
                    return null;
                });
        Method accept = family.getMethod("accept", handler);
        for (Frame frame : frames) {
            told.clear();
            accept.invoke(frame, spy);
            assertThat(told).containsExactly("on" + frame.getClass().getSimpleName() + frame);
        }
        assertThat(handler.getMethods()).hasSameSizeAs(frames);
    }

    @Test
    void typesAreAllDifferent() {
        RandomFrames random = new RandomFrames(new Random(6));
        List<Integer> types = new ArrayList<>();
        RandomFrames.clientTypes().forEach(type -> types.add(random.record(type).type()));
        RandomFrames.serverTypes().stream()
                .filter(type -> !ClientFrame.class.isAssignableFrom(type))
                .forEach(type -> types.add(random.record(type).type()));
        assertThat(types).doesNotHaveDuplicates().allMatch(type -> type > 0 && type < 0x100);
    }

    @Test
    void unknownFrameIsNotSent() {
        Unknown unknown = new Unknown(0x7F, 1, 2);
        assertThatThrownBy(() -> unknown.encode(ByteBuffer.allocate(10))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(unknown::toBytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void negativeNumberIsTheCallersFault() {
        assertThatThrownBy(() -> new Ping(-1).toBytes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new Leave(1, -5).toBytes()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new History(1, 1, 1, -2, 1, 1).toBytes()).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 187, 188, 189, 200, 10_000, 200_000, Wire.MAX_PAYLOAD_BYTES - 4})
    void toBytesHasTheFramesSize(int length) {
        byte[] bytes = new Bye("x".repeat(length)).toBytes();
        assertThat(Streams.drain(FrameDecoder.ofServerFrames(Wire.MAX_PAYLOAD_BYTES), ByteBuffer.wrap(bytes)))
                .containsExactly(new Bye("x".repeat(length)));
    }

    @Test
    void payloadThatNoHeaderCanSayIsTheCallersFault() {
        Bye bye = new Bye("x".repeat(Wire.MAX_PAYLOAD_BYTES - 3));
        assertThatThrownBy(bye::toBytes).isInstanceOf(IllegalArgumentException.class);
        Bye longer = new Bye("x".repeat(80 << 20));
        assertThatThrownBy(longer::toBytes).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void halfAPairIsSentAsAQuestionMark() {
        for (String half : List.of("\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83Db", "ü\uDE00")) {
            byte[] bytes = new Bye(half).toBytes();
            String expected = half.replace('\uD83D', '?').replace('\uDE00', '?');
            assertThat(Streams.servers().next(ByteBuffer.wrap(bytes))).isEqualTo(new Bye(expected));
        }
    }

    @Test
    void listsAreCopied() {
        List<Member> members = new ArrayList<>();
        MemberPage page = new MemberPage(1, 1, 0, members, false);
        members.add(People.member(People.BOB));
        assertThat(page.members()).isEmpty();
    }

    @Test
    void controlsAndDirectionsAreEscaped() {
        assertThat(new Bye("a\r\n\u001B[2J\u202Eb\u2066\u200F\u0000\u2028\"\\\uD83Dü😀"))
                .hasToString(
                        "BYE text=\"a\\u{d}\\u{a}\\u{1b}[2J\\u{202e}b\\u{2066}\\u{200f}\\u{0}\\u{2028}\\\"\\\\\\u{d83d}ü😀\"");
    }

    @Test
    void longTextIsCut() {
        assertThat(new Bye("x".repeat(300))).hasToString("BYE text=\"" + "x".repeat(200) + "\"..+100");
        assertThat(new Say(1, 2, "hi", Tags.of("a", Bytes.fromHex("0b"))))
                .hasToString("SAY room=1 cid=2 body=\"hi\" tags={\"a\"=0b}");
        RoomItem room = new RoomItem("r", "", 1);
        assertThat(new RoomPage(1, Collections.nCopies(25, room), false).toString())
                .endsWith(", ..+5] more=false");
    }

    @Test
    void secretsAreNotPrinted() {
        Bytes secret = Bytes.of("hunter2".getBytes(StandardCharsets.US_ASCII));
        List<Frame> frames = List.of(
                new Hello(1, 1, 0, "demo", Wire.PLAIN, secret, secret),
                new Response(secret),
                new Challenge(secret),
                new Join(1, "room", null, 1, "hunter2"),
                new Welcome(1, 0, 1, secret, false, People.ANN, new Limits(1, 1, 1, 1, 1, 1, 1), "srv"));
        for (Frame frame : frames) {
            assertThat(frame.toString()).contains("=<7>").doesNotContain("hunter2", secret.hex());
        }
    }
}
