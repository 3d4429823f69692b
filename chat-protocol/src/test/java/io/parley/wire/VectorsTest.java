package io.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.ErrorCode;
import io.parley.wire.WireMd.Vector;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the codec to the vectors and the session of WIRE.md. */
final class VectorsTest {

    static Stream<Vector> acceptedOfClients() {
        return WireMd.vectors("accept client").stream();
    }

    static Stream<Vector> acceptedOfServers() {
        return WireMd.vectors("accept server").stream();
    }

    static Stream<Vector> acceptedAsOfClients() {
        return WireMd.vectors("accept-as client").stream();
    }

    static Stream<Vector> acceptedAsOfServers() {
        return WireMd.vectors("accept-as server").stream();
    }

    static Stream<Vector> rejectedOfClients() {
        return WireMd.vectors("reject client").stream();
    }

    static Stream<Vector> rejectedOfServers() {
        return WireMd.vectors("reject server").stream();
    }

    static Stream<Vector> rejectedPrefaces() {
        return WireMd.vectors("reject preface").stream();
    }

    @ParameterizedTest
    @MethodSource("acceptedOfClients")
    void clientFrameIsReadAndWrittenTheSame(Vector vector) {
        assertAccepted(Streams::clients, vector.bytes(), vector.bytes());
    }

    @ParameterizedTest
    @MethodSource("acceptedOfServers")
    void serverFrameIsReadAndWrittenTheSame(Vector vector) {
        assertAccepted(Streams::servers, vector.bytes(), vector.bytes());
    }

    @ParameterizedTest
    @MethodSource("acceptedAsOfClients")
    void clientFrameIsReadAsAnother(Vector vector) {
        assertReadAs(Streams::clients, vector);
    }

    @ParameterizedTest
    @MethodSource("acceptedAsOfServers")
    void serverFrameIsReadAsAnother(Vector vector) {
        assertReadAs(Streams::servers, vector);
    }

    @ParameterizedTest
    @MethodSource("rejectedOfClients")
    void clientFrameIsRejected(Vector vector) {
        assertRejected(Streams::clients, vector);
    }

    @ParameterizedTest
    @MethodSource("rejectedOfServers")
    void serverFrameIsRejected(Vector vector) {
        assertRejected(Streams::servers, vector);
    }

    @ParameterizedTest
    @MethodSource("rejectedPrefaces")
    void prefaceIsRejected(Vector vector) {
        assertRejected(() -> FrameDecoder.ofClientFrames(Streams.LIMIT), vector);
    }

    @Test
    void everyTypeHasAnAcceptedVectorAndNoNameIsThereTwice() {
        assertThat(types(Streams::clients, acceptedOfClients()))
                .containsExactlyInAnyOrderElementsOf(RandomFrames.clientTypes());
        assertThat(types(Streams::servers, acceptedOfServers()))
                .containsExactlyInAnyOrderElementsOf(RandomFrames.serverTypes());
        assertThat(acceptedOfClients().map(Vector::name)).doesNotHaveDuplicates();
        assertThat(acceptedOfServers().map(Vector::name)).doesNotHaveDuplicates();
        assertThat(rejectedOfClients().map(Vector::name)).doesNotHaveDuplicates();
        assertThat(rejectedOfServers().map(Vector::name)).doesNotHaveDuplicates();
    }

    private static <F extends Frame> Set<Class<?>> types(Supplier<FrameDecoder<F>> fresh, Stream<Vector> vectors) {
        Set<Class<?>> types = new HashSet<>();
        vectors.forEach(vector -> Streams.drain(fresh.get(), vector.bytes(), Integer.MAX_VALUE)
                .forEach(frame -> types.add(frame.getClass())));
        return types;
    }

    static Stream<Vector> unknownOfClients() {
        return WireMd.vectors("unknown client").stream();
    }

    static Stream<Vector> unknownOfServers() {
        return WireMd.vectors("unknown server").stream();
    }

    @ParameterizedTest
    @MethodSource("unknownOfClients")
    void unknownTypeOfAClientIsAnswered(Vector vector) {
        Unknown frame = unknown(Streams::clients, vector);
        assertThat(vector.expected())
                .isEqualTo(
                        Wire.isCommand(frame.type())
                                ? "REJECTED{" + frame.second() + ",UNKNOWN_TYPE}"
                                : "FAILED{" + frame.first() + ",UNKNOWN_TYPE}");
    }

    @ParameterizedTest
    @MethodSource("unknownOfServers")
    void unknownTypeOfAServerIsCountedOrSkipped(Vector vector) {
        Unknown frame = unknown(Streams::servers, vector);
        String entry = "ENTRY{" + frame.first() + "," + frame.second() + "}";
        assertThat(vector.expected()).isEqualTo(frame.isEntry() ? entry : "SKIPPED");
    }

    private static <F extends Frame> Unknown unknown(Supplier<FrameDecoder<F>> fresh, Vector vector) {
        F whole = only(Streams.drain(fresh.get(), vector.bytes(), Integer.MAX_VALUE));
        assertThat(only(Streams.drain(fresh.get(), vector.bytes(), 1))).isEqualTo(whole);
        assertThat(whole).isInstanceOf(Unknown.class);
        return (Unknown) (Frame) whole;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " gap", " direct", " moderation", " failure", " resume"})
    void sessionReadsAsItSays(String which) {
        FrameDecoder<ClientFrame> client =
                which.isEmpty() ? FrameDecoder.ofClientFrames(Streams.LIMIT) : Streams.clients();
        FrameDecoder<ServerFrame> server = Streams.servers();
        List<String> lines = WireMd.block("session" + which).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        int frames = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            ByteBuffer in = Bytes.fromHex(line.substring(2)).asReadOnlyBuffer();
            Frame frame = line.startsWith("C ") ? client.next(in) : server.next(in);
            assertThat(in.hasRemaining()).as(line).isFalse();
            if (frame != null) {
                assertThat(lines.get(++i)).isEqualTo("  " + frame);
                if (!(frame instanceof Unknown)) {
                    assertThat(Bytes.of(frame.toBytes()).hex()).isEqualTo(line.substring(2));
                }
                frames++;
            }
        }
        assertThat(frames).isGreaterThan(5);
        assertThat(client.midFrame() || server.midFrame()).isFalse();
    }

    /** A group of each kind, as it would be if it had one field more, is among the vectors. */
    @Test
    void eachGroupHasAVectorInWhichItHasGrown() {
        List<String> names = Stream.concat(acceptedAsOfClients(), acceptedAsOfServers())
                .map(Vector::name)
                .toList();
        assertThat(names)
                .contains(
                        "configure-settings-with-a-new-field",
                        "user-with-a-new-field",
                        "welcome-whose-groups-have-grown",
                        "snapshot-with-a-new-field",
                        "member-with-a-new-field",
                        "departure-with-a-new-field",
                        "room-item-with-a-new-field",
                        "restriction-item-with-a-new-field");
    }

    @Test
    void everyFrameAndCodeIsInTheText() {
        List<String> lines = WireMd.lines();
        RandomFrames random = new RandomFrames(new Random(1));
        Stream.concat(RandomFrames.clientTypes().stream(), RandomFrames.serverTypes().stream())
                .map(random::record)
                .forEach(frame -> {
                    String name = frame.toString().split(" ", 2)[0];
                    assertThat(lines).contains(String.format("#### 0x%02X %s", frame.type(), name));
                });
        List<Integer> codes = IntStream.range(0, 1000)
                .filter(code -> !ErrorCode.name(code).startsWith("CODE_"))
                .boxed()
                .toList();
        assertThat(codes).hasSize(41);
        for (int code : codes) {
            assertThat(lines).anyMatch(line -> line.startsWith("| " + code + " | " + ErrorCode.name(code) + " |"));
        }
        for (int action = 1; action <= 10; action++) {
            String row = "| " + action + " | " + Action.of(action) + " |";
            assertThat(lines).anyMatch(line -> line.startsWith(row));
        }
    }

    private static <F extends Frame> void assertAccepted(
            Supplier<FrameDecoder<F>> fresh, byte[] bytes, byte[] expected) {
        F whole = only(Streams.drain(fresh.get(), bytes, Integer.MAX_VALUE));
        assertThat(Bytes.of(whole.toBytes())).isEqualTo(Bytes.of(expected));
        assertThat(only(Streams.drain(fresh.get(), bytes, 1))).isEqualTo(whole);
        for (int cut = 1; cut < bytes.length; cut++) {
            FrameDecoder<F> decoder = fresh.get();
            assertThat(decoder.next(ByteBuffer.wrap(bytes, 0, cut))).isNull();
            assertThat(decoder.midFrame()).isTrue();
            assertThat(decoder.next(ByteBuffer.wrap(bytes, cut, bytes.length - cut)))
                    .isEqualTo(whole);
            assertThat(decoder.midFrame()).isFalse();
        }
        assertThat(whole.toString()).doesNotContain("\n", "\r");
    }

    private static <F extends Frame> void assertReadAs(Supplier<FrameDecoder<F>> fresh, Vector vector) {
        if (!vector.expected().equals("-")) {
            assertAccepted(
                    fresh, vector.bytes(), Bytes.fromHex(vector.expected()).toArray());
            return;
        }
        for (int piece : new int[] {1, 2, 3, Integer.MAX_VALUE}) {
            FrameDecoder<F> decoder = fresh.get();
            assertThat(Streams.drain(decoder, vector.bytes(), piece)).isEmpty();
            assertThat(decoder.midFrame()).isFalse();
        }
    }

    private static <F extends Frame> void assertRejected(Supplier<FrameDecoder<F>> fresh, Vector vector) {
        byte[] bytes = vector.bytes();
        for (int piece = 1; piece <= bytes.length; piece++) {
            int size = piece;
            FrameDecoder<F> decoder = fresh.get();
            ProtocolException wrong =
                    catchThrowableOfType(ProtocolException.class, () -> Streams.drain(decoder, bytes, size));
            assertThat(wrong).as("in pieces of %d", size).isNotNull();
            assertThat(ErrorCode.name(wrong.code())).isEqualTo(vector.expected());
            assertThat(catchThrowableOfType(ProtocolException.class, () -> decoder.next(ByteBuffer.allocate(8))))
                    .isSameAs(wrong);
        }
        for (int cut = 1; cut < bytes.length; cut++) {
            int at = cut;
            FrameDecoder<F> decoder = fresh.get();
            ProtocolException wrong = catchThrowableOfType(ProtocolException.class, () -> {
                Streams.drain(decoder, ByteBuffer.wrap(bytes, 0, at));
                Streams.drain(decoder, ByteBuffer.wrap(bytes, at, bytes.length - at));
            });
            assertThat(wrong).as("cut at %d", at).isNotNull();
            assertThat(ErrorCode.name(wrong.code())).isEqualTo(vector.expected());
        }
    }

    private static <F> F only(List<F> frames) {
        assertThat(frames).hasSize(1);
        return frames.get(0);
    }
}
