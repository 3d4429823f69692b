package io.parley.apps.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.Tags;
import io.parley.wire.Message;
import io.parley.wire.Say;
import io.parley.wire.Wire;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageFrameTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, ann, hello, false",
        "127, 127, 127, ann, hello, true",
        "128, 128, 128, änn, '', false",
        "16383, 16384, 2097151, '', 日本語, true",
        "2147483647, 9223372036854775807, 9223372036854775807, x, y, true"
    })
    void theFrameIsTheOneOfParley(int room, long seq, long cid, String name, String body, boolean tagged) {
        Tags tags = tagged ? Tags.of("colour", Bytes.fromHex("c0ffee")) : Tags.NONE;
        long time = 1_790_000_000_000L;
        Sender sender = Sender.of(-42, name);
        byte[] wanted = new Message(room, seq, time, -42, cid, sender.user(), body, tags).toBytes();
        for (ByteBuffer into : new ByteBuffer[] {ByteBuffer.allocate(300), ByteBuffer.allocateDirect(300)}) {
            into.position(17);
            ByteBuffer say = ByteBuffer.wrap(new Say(room, cid, body, tags).toBytes());
            say.position(Wire.HEADER_BYTES);
            assertThat(MessageFrame.varint(say)).isEqualTo(room);
            assertThat(MessageFrame.varint(say)).isEqualTo(cid);
            assertThat(MessageFrame.maxBytes(sender, say.remaining())).isGreaterThanOrEqualTo(wanted.length);
            MessageFrame.encode(into, room, seq, time, sender, cid, say);
            byte[] frame = new byte[into.position() - 17];
            into.get(17, frame);
            assertThat(frame).isEqualTo(wanted);
            assertThat(say.hasRemaining()).isFalse();
        }
    }
}
