package io.parley.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our UTF-8 against the JDK's. */
final class Utf8Test {
    private static final int[] THIRD_AND_FOURTH = {0x00, 0x7F, 0x80, 0xBF, 0xC0, 0xFF};

    private final CharsetDecoder strict = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer out = CharBuffer.allocate(8);

    private static @Nullable String ours(byte[] bytes) {
        char[] into = new char[bytes.length];
        int count = Utf8.decode(bytes, 0, bytes.length, into);
        return count < 0 ? null : new String(into, 0, count);
    }

    private @Nullable String theirs(byte[] bytes) {
        boolean wrong =
                strict.reset().decode(ByteBuffer.wrap(bytes), out.clear(), true).isError();
        return wrong ? null : out.flip().toString();
    }

    private void check(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        String ours = ours(bytes);
        String theirs = theirs(bytes);
        if (!Objects.equals(ours, theirs)) {
            assertThat(ours).as(Bytes.of(bytes).hex()).isEqualTo(theirs);
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
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(written(text), utf8) || !text.equals(ours(utf8))) {
                assertThat(written(text)).as(Integer.toHexString(point)).isEqualTo(utf8);
                assertThat(ours(utf8)).as(Integer.toHexString(point)).isEqualTo(text);
            }
        }
    }

    private static byte[] written(String text) {
        byte[] bytes = new byte[Utf8.length(text)];
        Utf8.encode(text, bytes, 0);
        return bytes;
    }

    /** Of every length around where the decoder looks at eight bytes at once, with one odd character anywhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\u007F",
                "\u0080",
                "\u00E9",
                "\u00FF",
                "\u0100",
                "\u0141",
                "\u07FF",
                "\u0800",
                "\uD7FF",
                "\uE000",
                "\uFFFF",
                "\uD800\uDC00",
                "\uDBFF\uDFFF",
                "\uD800",
                "\uDFFF",
                "\uDC00\uD800"
            })
    void oneOddCharacterAmongLetters(String odd) {
        for (int length = 0; length <= 20; length++) {
            for (int at = 0; at <= length; at++) {
                String text = "a".repeat(at) + odd + "b".repeat(length - at);
                check(text, ByteBuffer.allocate(100).position(3));
                check(text, ByteBuffer.allocate(100).position(5).slice());
                check(text, ByteBuffer.allocateDirect(100));
            }
        }
    }

    private static void check(String text, ByteBuffer into) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int from = into.position();
        ByteWriter.text(into, text);
        byte[] bytes = new byte[1 + utf8.length];
        into.flip().position(from).get(bytes);
        assertThat(bytes[0]).isEqualTo((byte) utf8.length);
        assertThat(Arrays.copyOfRange(bytes, 1, bytes.length)).isEqualTo(utf8);

        ByteReader reader = new ByteReader();
        reader.over(bytes, 0, bytes.length);
        // The JDK, too, writes half a pair as a question mark.
        assertThat(reader.text()).isEqualTo(new String(utf8, StandardCharsets.UTF_8));
    }

    /** The last letters of these look like ASCII to whoever drops the upper half. */
    @Test
    void charactersWhoseLowerHalfIsAsciiAreNotAscii() {
        assertThat(Utf8.isAscii("Hello")).isTrue();
        assertThat(Utf8.isAscii("")).isTrue();
        assertThat(Utf8.isAscii("Hell\u016F")).isFalse();
        assertThat(Utf8.isAscii("\u0141\u0142")).isFalse();
        assertThat(Utf8.isAscii("\uD841\uDC41")).isFalse();
    }

    @Test
    void textThatDoesNotFitOverflowsAndTouchesNothingBehindTheLimit() {
        for (String text : List.of("abcdefgh", "αβγδ", "abcdeé")) {
            for (int limit = 0; limit <= 1 + Utf8.length(text); limit++) {
                byte[] array = new byte[16];
                ByteBuffer into = ByteBuffer.wrap(array).limit(limit);
                if (limit > Utf8.length(text)) {
                    ByteWriter.text(into, text);
                    assertThat(into.hasRemaining()).isFalse();
                } else {
                    assertThatThrownBy(() -> ByteWriter.text(into, text)).isInstanceOf(BufferOverflowException.class);
                }
                assertThat(Arrays.copyOfRange(array, limit, 16)).containsOnly(0);
            }
        }
    }
}
