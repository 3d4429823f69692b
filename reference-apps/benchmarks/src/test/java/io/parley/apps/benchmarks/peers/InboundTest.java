package io.parley.apps.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.model.Tags;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Leave;
import io.parley.wire.Ping;
import io.parley.wire.ProtocolException;
import io.parley.wire.Say;
import io.parley.wire.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundTest {
    private static final List<String> WANTED =
            List.of("reply 4", "join lobby", "reply 7", "say 300 by ann in 7: 0568656c6c6f00", "join den");

    /** Notes what it is told. */
    private static final class Recorder implements Inbound.Client {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void reply(byte[] frame) {
            calls.add("reply " + frame[0]);
        }

        @Override
        public void join(Join join) {
            calls.add("join " + join.room());
        }

        @Override
        public void say(Sender sender, int room, long cid, ByteBuffer text) {
            byte[] bytes = new byte[text.remaining()];
            text.get(bytes);
            calls.add("say " + cid + " by " + sender.user().name() + " in " + room + ": "
                    + Bytes.of(bytes).hex());
        }
    }

    private static byte[] dialogue() throws IOException {
        Bytes name = Bytes.fromHex("616e6e");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(Wire.PREFACE.toArray());
        all.write(new Hello(1, 1, 0, "test", Wire.GUEST, name, Bytes.EMPTY).toBytes());
        all.write(new Join(1, "lobby", null, 0, "").toBytes());
        all.write(new Ping(5).toBytes());
        all.write(new Leave(2, 7).toBytes());
        all.write(new Say(7, 300, "hello", Tags.NONE).toBytes());
        all.write(new Join(3, "den", null, 0, "").toBytes());
        return all.toByteArray();
    }

    /** Gives the bytes in pieces, each behind what was left of those before. */
    private static List<String> calls(byte[] bytes, ByteBuffer buffer, int... ends) {
        Recorder recorder = new Recorder();
        Inbound inbound = new Inbound(recorder);
        int start = 0;
        for (int end : ends) {
            buffer.put(bytes, start, end - start);
            inbound.take(buffer.flip());
            buffer.compact();
            start = end;
        }
        assertThat(buffer.position()).isZero();
        return recorder.calls;
    }

    @Test
    void framesAreFoundWhereverTheBytesAreCut() throws IOException {
        byte[] bytes = dialogue();
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(calls(bytes, ByteBuffer.allocateDirect(1_000), cut, bytes.length))
                    .isEqualTo(WANTED);
            assertThat(calls(bytes, ByteBuffer.allocate(1_000), cut, bytes.length))
                    .isEqualTo(WANTED);
        }
    }

    @Test
    void framesAreFoundByteByByte() throws IOException {
        byte[] bytes = dialogue();
        int[] ends = new int[bytes.length];
        Arrays.setAll(ends, i -> i + 1);
        assertThat(calls(bytes, ByteBuffer.allocateDirect(1_000), ends)).isEqualTo(WANTED);
    }

    @Test
    void aSayWithoutItsNumbersIsMalformed() throws IOException {
        byte[] bytes = dialogue();
        Inbound inbound = new Inbound(new Recorder());
        inbound.take(ByteBuffer.wrap(bytes));
        assertThatThrownBy(() -> inbound.take(ByteBuffer.wrap(new byte[] {0x20, 0, 0, 1, 7, 1, 1})))
                .isInstanceOf(ProtocolException.class);
    }
}
