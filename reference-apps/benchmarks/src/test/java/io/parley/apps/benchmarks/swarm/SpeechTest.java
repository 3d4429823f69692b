package io.parley.apps.benchmarks.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.model.Tags;
import io.parley.wire.Read;
import io.parley.wire.Say;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechTest {
    private static final long TIME = 0x0123_4567_89AB_CDEFL;

    @ParameterizedTest
    @CsvSource({"16, 1, 1", "17, 127, 127", "64, 128, 128", "127, 2147483647, 9223372036854775807"})
    void whatItWritesByHandIsTheFrame(int bodyBytes, int room, long cid) {
        ByteBuffer out = ByteBuffer.allocate(256).position(5);
        new Speech(bodyBytes).encode(out, room, cid, TIME);
        byte[] written = new byte[out.position() - 5];
        out.get(5, written);
        String body = "0123456789abcdef" + "x".repeat(bodyBytes - Speech.TIME_DIGITS);
        assertThat(written).isEqualTo(new Say(room, cid, body, Tags.NONE).toBytes());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "127, 127, 127", "128, 128, 128", "9223372036854775807, 2147483647, 9223372036854775807"})
    void soIsAReadMarker(long id, int room, long seq) {
        ByteBuffer out = ByteBuffer.allocate(64);
        Speech.encodeRead(out, id, room, seq);
        assertThat(out.flip()).isEqualTo(ByteBuffer.wrap(new Read(id, room, seq).toBytes()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, TIME, -TIME, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void theTimeComesBack(long time) {
        ByteBuffer out = ByteBuffer.allocate(256);
        new Speech(64).encode(out, 1, 1, time);
        int text = out.position() - 1 - 64;
        assertThat(Speech.timeAt(out, text)).isEqualTo(time);
        assertThat(new String(out.array(), text, 16, StandardCharsets.US_ASCII))
                .isEqualTo(String.format("%016x", time));
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 128})
    void aTextThatDoesNotFitIsRefused(int bodyBytes) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Speech(bodyBytes));
    }

    @Test
    void itKnowsItsLength() {
        assertThat(new Speech(64).bodyBytes()).isEqualTo(64);
    }
}
