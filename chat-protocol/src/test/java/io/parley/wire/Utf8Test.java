package io.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Our check against the JDK's strict decoder. */
final class Utf8Test {
    private static final int[] THIRD_AND_FOURTH = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};

    private final CharsetDecoder strict = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer out = CharBuffer.allocate(8);

    private boolean isStrict(byte[] bytes) {
        return !strict.reset().decode(ByteBuffer.wrap(bytes), out.clear(), true).isError();
    }

    private void check(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        if (Utf8.isValid(bytes, 0, bytes.length) != isStrict(bytes)) {
            assertThat(Utf8.isValid(bytes, 0, bytes.length))
                    .as(Bytes.of(bytes).hex())
                    .isEqualTo(isStrict(bytes));
        }
    }

    @Test
    void allSequencesOfOneAndTwoBytes() {
        for (int a = 0; a < 256; a++) {
            check(a);
            for (int b = 0; b < 256; b++) {
                check(a, b);
            }
        }
    }

    @Test
    void sequencesOfThreeAndFourBytesWithEverySecondByte() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b++) {
                for (int c : THIRD_AND_FOURTH) {
                    check(a, b, c);
                    for (int d : THIRD_AND_FOURTH) {
                        check(a, b, c, d);
                    }
                }
            }
        }
    }

    @Test
    void everyCodePointIsWrittenAsTheJdkWritesIt() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                continue;
            }
            String text = Character.toString(point);
            ByteBuffer into = ByteBuffer.allocate(8);
            FrameWriter.text(into, text);
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (!into.flip()
                            .equals(ByteBuffer.allocate(8)
                                    .put((byte) utf8.length)
                                    .put(utf8)
                                    .flip())
                    || !Utf8.isValid(utf8, 0, utf8.length)) {
                assertThat(into).as(Integer.toHexString(point)).isEqualTo(ByteBuffer.wrap(utf8));
            }
        }
    }
}
