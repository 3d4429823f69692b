package io.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.parley.model.ErrorCode;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every frame and every stream. */
final class FrameProperties {

    @Provide
    Arbitrary<ClientFrame> clientFrames() {
        return FrameArbitraries.clientFrames();
    }

    @Provide
    Arbitrary<ServerFrame> serverFrames() {
        return FrameArbitraries.serverFrames();
    }

    @Property(tries = 4000, seed = "20260101")
    void clientFrameComesBack(@ForAll("clientFrames") ClientFrame frame) {
        assertComesBack(frame, Streams.clients());
    }

    @Property(tries = 5000, seed = "20260101")
    void serverFrameComesBack(@ForAll("serverFrames") ServerFrame frame) {
        assertComesBack(frame, Streams.servers());
    }

    @Property(tries = 20, seed = "20260101")
    void everyTypeComesBack(@ForAll long seed) {
        RandomFrames random = new RandomFrames(new Random(seed));
        RandomFrames.clientTypes().forEach(type -> assertComesBack(random.record(type), Streams.clients()));
        RandomFrames.serverTypes().forEach(type -> assertComesBack(random.record(type), Streams.servers()));
    }

    private static void assertComesBack(Frame frame, FrameDecoder<?> decoder) {
        byte[] bytes = frame.toBytes();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        assertThat((Object) decoder.next(in)).isEqualTo(frame);
        assertThat(in.hasRemaining()).isFalse();
        assertThat(bytes[0] & 0xFF).isEqualTo(frame.type());

        ByteBuffer odd = ByteBuffer.allocateDirect(bytes.length + 3).order(ByteOrder.LITTLE_ENDIAN);
        odd.position(2);
        frame.encode(odd);
        assertThat(odd.position()).isEqualTo(bytes.length + 2);
        assertThat(odd.flip().position(2).compareTo(ByteBuffer.wrap(bytes))).isZero();
    }

    @Property(tries = 1000, seed = "20260101")
    void frameThatDoesNotFitOverflowsAndNothingElse(@ForAll("serverFrames") ServerFrame frame, @ForAll Random random) {
        byte[] bytes = frame.toBytes();
        ByteBuffer into = ByteBuffer.allocate(random.nextInt(bytes.length));
        assertThat(catchThrowable(() -> frame.encode(into))).isExactlyInstanceOf(BufferOverflowException.class);
    }

    @Property(tries = 500, seed = "20260101")
    void cutsDoNotMatter(
            @ForAll @Size(max = 12) List<@From("clientFrames") ClientFrame> frames,
            @ForAll Random random,
            @ForAll boolean direct) {
        byte[] bytes = Streams.concat(frames);
        FrameDecoder<ClientFrame> decoder = Streams.clients();
        List<ClientFrame> seen = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int size = Math.min(bytes.length - at, random.nextInt(random.nextBoolean() ? 4 : 400));
            seen.addAll(Streams.drain(decoder, buffer(bytes, at, size, direct)));
            at += size;
        }
        assertThat(seen).isEqualTo(frames);
        assertThat(decoder.midFrame()).isFalse();
        assertThat(decoder.heldBytes()).isZero();
    }

    private static ByteBuffer buffer(byte[] bytes, int at, int size, boolean direct) {
        ByteBuffer heap = ByteBuffer.wrap(bytes, at, size);
        return direct ? ByteBuffer.allocateDirect(size).put(heap).flip() : heap;
    }

    /** The caller may stop after any frame and come back with the rest in another buffer. */
    @Property(tries = 300, seed = "20260101")
    void stoppingBetweenFramesDoesNotMatter(
            @ForAll @Size(min = 1, max = 8) List<@From("serverFrames") ServerFrame> frames) {
        byte[] bytes = Streams.concat(frames);
        FrameDecoder<ServerFrame> decoder = Streams.servers();
        int at = 0;
        for (ServerFrame frame : frames) {
            ByteBuffer in = ByteBuffer.wrap(bytes, at, bytes.length - at).slice();
            assertThat(decoder.next(in)).isEqualTo(frame);
            at += in.position();
        }
        assertThat(at).isEqualTo(bytes.length);
    }

    @Property(tries = 20_000, seed = "20260101")
    void arbitraryBytesGiveFramesOrAProtocolException(
            @ForAll @Size(max = 60) byte[] bytes,
            @ForAll boolean client,
            @ForAll @IntRange(min = 1, max = 9) int piece) {
        assertSafe(client, bytes, piece);
    }

    @Provide
    Arbitrary<byte[]> payloads() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(48);
    }

    /** A header that tells the truth takes the bytes as far as the fields. */
    @Property(tries = 20_000, seed = "20260101")
    void arbitraryPayloadsGiveFramesOrAProtocolException(
            @ForAll @IntRange(max = 255) int type, @ForAll("payloads") byte[] payload, @ForAll boolean client) {
        byte[] bytes = ByteBuffer.allocate(Wire.HEADER_BYTES + payload.length)
                .putInt((type << 24) | payload.length)
                .put(payload)
                .array();
        assertSafe(client, bytes, 7);
    }

    private static void assertSafe(boolean client, byte[] bytes, int piece) {
        if (client) {
            assertSafe(Streams.clients(), bytes, piece);
        } else {
            assertSafe(Streams.servers(), bytes, piece);
        }
    }

    private static <F extends Frame> void assertSafe(FrameDecoder<F> decoder, byte[] bytes, int piece) {
        List<F> whole = new ArrayList<>();
        try {
            whole.addAll(Streams.drain(decoder, bytes, piece));
        } catch (ProtocolException wrong) {
            assertThat(ErrorCode.name(wrong.code())).isIn("MALFORMED", "FRAME_TOO_LARGE");
            assertThat(wrong.getStackTrace()).isEmpty();
            assertThat(decoder.heldBytes()).isZero();
        }
        for (F frame : whole) {
            assertThat(frame.toString()).doesNotContain("\n");
        }
    }

    /** At most twice what has arrived, or 128 bytes, whatever the header says. */
    @Property(tries = 300, seed = "20260101")
    void memoryFollowsWhatArrives(
            @ForAll @IntRange(min = 1, max = Wire.MAX_PAYLOAD_BYTES) int claimed, @ForAll Random random) {
        FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.MAX_PAYLOAD_BYTES);
        decoder.next(ByteBuffer.allocate(4).putInt((0x60 << 24) | claimed).flip());
        assertThat(decoder.heldBytes()).isZero();
        int arrived = 0;
        for (int i = 0; i < 40; i++) {
            int size = Math.min(claimed - 1 - arrived, random.nextInt(random.nextInt(10) == 0 ? 5000 : 50));
            assertThat(decoder.next(ByteBuffer.allocate(size))).isNull();
            arrived += size;
            assertThat(decoder.heldBytes()).isBetween(arrived, Math.max(128, 2 * arrived));
        }
    }

    /** No line of a frame can end a line, hide, or turn text around. */
    @Property(tries = 2000, seed = "20260101")
    void frameIsOneSafeLine(@ForAll("serverFrames") ServerFrame server, @ForAll("clientFrames") ClientFrame client) {
        for (String line : List.of(server.toString(), client.toString())) {
            assertThat(line.codePoints().allMatch(FrameProperties::isPlain))
                    .as(line)
                    .isTrue();
        }
    }

    private static boolean isPlain(int point) {
        int type = Character.getType(point);
        return !Character.isISOControl(point)
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
