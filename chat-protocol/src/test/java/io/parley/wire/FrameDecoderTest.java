package io.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.People;
import io.parley.model.Tags;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameDecoderTest {
    private static final Ping PING = new Ping(7);

    private static ByteBuffer hex(String hex) {
        return ByteBuffer.wrap(Bytes.fromHex(hex).toArray());
    }

    @Test
    void prefaceComesBeforeTheFirstFrame() {
        FrameDecoder<ClientFrame> decoder = FrameDecoder.ofClientFrames(10);
        assertThat(decoder.midFrame()).isFalse();
        for (String one : List.of("50", "52", "4c")) {
            assertThat(decoder.next(hex(one))).isNull();
            assertThat(decoder.midFrame()).isTrue();
        }
        assertThat(decoder.next(hex("59"))).isNull();
        assertThat(decoder.midFrame()).isFalse();
        assertThat(decoder.next(hex("0600000107"))).isEqualTo(PING);
    }

    @Test
    void serverSendsNoPreface() {
        assertThat(Streams.servers().next(hex("0600000107"))).isEqualTo(PING);
    }

    @Test
    void wrongPrefaceIsRefusedAtItsFirstWrongByte() {
        FrameDecoder<ClientFrame> decoder = FrameDecoder.ofClientFrames(10);
        ByteBuffer in = hex("505252");
        assertThat(catchThrowableOfType(ProtocolException.class, () -> decoder.next(in))
                        .code())
                .isEqualTo(ErrorCode.BAD_PREFACE);
        assertThat(in.remaining()).isZero();
    }

    @Test
    void callerMayStopBetweenFrames() {
        FrameDecoder<ServerFrame> decoder = Streams.servers();
        ByteBuffer in = hex("0600000107" + "0700000108" + "06");
        assertThat(decoder.next(in)).isEqualTo(PING);
        assertThat(in.remaining()).isEqualTo(6);
        assertThat(decoder.midFrame()).isFalse();
        assertThat(decoder.next(in)).isEqualTo(new Pong(8));
        assertThat(decoder.next(in)).isNull();
        assertThat(in.hasRemaining()).isFalse();
        assertThat(decoder.midFrame()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 127, 128, 65_535, 65_536, Wire.MAX_PAYLOAD_BYTES})
    void limitIsInclusive(int limit) {
        for (int length : new int[] {limit - 1, limit, limit + 1}) {
            if (length < 0 || length > Wire.MAX_PAYLOAD_BYTES) {
                continue;
            }
            FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(limit);
            // an ignorable type, so that no payload is wrong
            ByteBuffer header =
                    ByteBuffer.allocate(4).putInt((0xFF << 24) | length).flip();
            if (length > limit) {
                ProtocolException wrong = catchThrowableOfType(ProtocolException.class, () -> decoder.next(header));
                assertThat(wrong.code()).isEqualTo(ErrorCode.FRAME_TOO_LARGE);
            } else {
                assertThat(decoder.next(header)).isNull();
                assertThat(decoder.midFrame()).isEqualTo(length > 0);
            }
            assertThat(decoder.heldBytes()).isZero();
        }
    }

    @Test
    void giantLengthIsRefusedFromItsHeader() {
        FrameDecoder<ClientFrame> decoder = Streams.clients();
        ByteBuffer in = hex("20ffffff" + "0101");
        assertThat(catchThrowableOfType(ProtocolException.class, () -> decoder.next(in))
                        .code())
                .isEqualTo(ErrorCode.FRAME_TOO_LARGE);
        assertThat(in.remaining()).isEqualTo(2);
        assertThat(decoder.heldBytes()).isZero();
    }

    @Test
    void newLimitHoldsFromTheNextHeaderOn() {
        FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(3);
        assertThat(decoder.maxFrameBytes()).isEqualTo(3);
        assertThat(decoder.next(hex("08000003"))).isNull();
        decoder.maxFrameBytes(2);
        assertThat(decoder.maxFrameBytes()).isEqualTo(2);
        assertThat(decoder.next(hex("026162"))).isEqualTo(new Bye("ab"));
        assertThatThrownBy(() -> decoder.next(hex("08000003"))).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Wire.MAX_PAYLOAD_BYTES + 1})
    void limitOutsideTheHeadersRangeIsTheCallersFault(int limit) {
        assertThatThrownBy(() -> FrameDecoder.ofServerFrames(limit)).isInstanceOf(IllegalArgumentException.class);
        FrameDecoder<ServerFrame> decoder = Streams.servers();
        assertThatThrownBy(() -> decoder.maxFrameBytes(limit))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(limit));
    }

    @Test
    void deadDecoderThrowsTheSameAgainAndTakesNothing() {
        FrameDecoder<ServerFrame> decoder = Streams.servers();
        ProtocolException first = catchThrowableOfType(ProtocolException.class, () -> decoder.next(hex("0600000180")));
        ByteBuffer good = hex("0600000107");
        assertThat(catchThrowableOfType(ProtocolException.class, () -> decoder.next(good)))
                .isSameAs(first);
        assertThat(good.remaining()).isEqualTo(5);
    }

    @Test
    void unknownTypeComesWithTheNumbersThatItBeginsWith() {
        FrameDecoder<ClientFrame> decoder = Streams.clients();
        assertThat(decoder.next(hex("7f000003ac0261"))).isEqualTo(new Unknown(0x7F, 300, 0x61));
        assertThat(decoder.next(hex("7f000003ac02ff"))).isEqualTo(new Unknown(0x7F, 300, 0));
        assertThat(decoder.next(hex("7f00000101"))).isEqualTo(new Unknown(0x7F, 1, 0));
        assertThat(decoder.next(hex("7f000000"))).isEqualTo(new Unknown(0x7F, 0, 0));
        assertThat(decoder.next(hex("7f00000180"))).isEqualTo(new Unknown(0x7F, 0, 0));
        // a first number that is none has none behind it
        assertThat(decoder.next(hex("7f000003800005"))).isEqualTo(new Unknown(0x7F, 0, 0));
        assertThat(decoder.next(hex("0600000107"))).isEqualTo(PING);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1F, false, false",
        "0x20, true, false",
        "0x2F, true, false",
        "0x30, false, false",
        "0x5F, false, false",
        "0x60, false, true",
        "0x7F, false, true",
        "0x80, false, false",
        "0xA0, false, false",
        "0xE0, false, false",
    })
    void rangesOfTypesSayWhatAFrameIs(String hex, boolean command, boolean entry) {
        int type = Integer.decode(hex);
        assertThat(Wire.isCommand(type)).isEqualTo(command);
        assertThat(Wire.isEntry(type)).isEqualTo(entry);
        assertThat(new Unknown(type, 1, 2).isEntry()).isEqualTo(entry);
    }

    @Test
    void typeOfTheOtherSideIsUnknown() {
        assertThat(Streams.clients().next(hex("4000000105"))).isEqualTo(new Unknown(0x40, 5, 0));
        assertThat(Streams.servers().next(hex("110000020501"))).isEqualTo(new Unknown(0x11, 5, 1));
    }

    @Test
    void ignorableTypeIsSkippedBetweenOthers() {
        FrameDecoder<ServerFrame> decoder = Streams.servers();
        ByteBuffer in = hex("ff000002ffff" + "80000000" + "0600000107");
        assertThat(decoder.next(in)).isEqualTo(PING);
    }

    @Test
    void everyKindOfBufferIsRead() {
        byte[] bytes = Streams.concat(List.of(PING, new Bye("grüße"), PING));
        byte[] padded = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, padded, 3, bytes.length);
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        for (ByteBuffer in : List.of(
                ByteBuffer.wrap(bytes),
                ByteBuffer.wrap(padded, 3, bytes.length),
                ByteBuffer.wrap(padded, 3, bytes.length).slice(),
                ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                direct,
                direct.duplicate().order(ByteOrder.LITTLE_ENDIAN),
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN))) {
            FrameDecoder<ServerFrame> decoder = Streams.servers();
            assertThat(Streams.drain(decoder, in)).containsExactly(PING, new Bye("grüße"), PING);
            assertThat(decoder.heldBytes()).isZero();
        }
    }

    @Test
    void decodedFrameDoesNotChangeWithTheBuffer() {
        byte[] bytes = new Response(Bytes.fromHex("0102")).toBytes();
        ClientFrame frame = Streams.clients().next(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 9);
        assertThat(frame).isEqualTo(new Response(Bytes.fromHex("0102")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 31})
    void oneOddByteIsFoundWhereverItStands(int length) {
        for (int at = 0; at < length; at++) {
            StringBuilder text = new StringBuilder("a".repeat(length));
            text.setCharAt(at, 'é');
            byte[] good = new Bye(text.toString()).toBytes();
            assertThat(Streams.servers().next(ByteBuffer.wrap(good))).isEqualTo(new Bye(text.toString()));
            byte[] bad = new Bye("a".repeat(length)).toBytes();
            bad[bad.length - length + at] = (byte) 0xFF;
            FrameDecoder<ServerFrame> decoder = Streams.servers();
            assertThatThrownBy(() -> decoder.next(ByteBuffer.wrap(bad))).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void countIsRefusedBeforeItsItemsAreRead() {
        // two members take 26 bytes at least; 25 are there
        ByteBuffer in = hex("4600001d" + "01010202" + "00".repeat(25));
        assertThatThrownBy(() -> Streams.servers().next(in))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("a list longer than its frame");
    }

    @Test
    void historyPageGivesItsEntries() {
        Message message = new Message(1, 1, 2, 3, 4, People.ANN, "hi", Tags.NONE);
        TopicChanged topic = new TopicChanged(1, 2, 3, 4, 5, People.ANN, "tea");
        Bytes entries = Bytes.of(Streams.concat(List.of(message, topic)));
        HistoryPage page = new HistoryPage(1, 1, 1, 1, 2, false, entries);
        assertThat(page.decodeEntries(100)).containsExactly(message, topic);
        assertThatThrownBy(() -> page.decodeEntries(3)).isInstanceOf(ProtocolException.class);
        HistoryPage cut = new HistoryPage(1, 1, 1, 1, 2, false, Bytes.fromHex("060000"));
        assertThat(catchThrowableOfType(ProtocolException.class, () -> cut.decodeEntries(100))
                        .code())
                .isEqualTo(ErrorCode.MALFORMED);
    }
}
