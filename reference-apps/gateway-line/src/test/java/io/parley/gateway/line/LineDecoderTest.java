package io.parley.gateway.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes to lines, at every split. */
class LineDecoderTest {
    private static final int MAX = 16;
    private static final String TOO_LONG = "(too long)";

    private final LineDecoder decoder = new LineDecoder(MAX);

    private static List<String> lines(LineDecoder decoder, byte[] bytes, int from, int to) {
        List<String> lines = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        while (true) {
            switch (decoder.next(in)) {
                case LINE -> lines.add(decoder.take());
                case TOO_LONG -> lines.add(TOO_LONG);
                case NOTHING -> {
                    assertThat(in.hasRemaining()).isFalse();
                    return lines;
                }
            }
        }
    }

    /** What bytes give, the same whether they come at once, in two pieces or each alone. */
    private static List<String> lines(byte[] bytes) {
        List<String> whole = lines(new LineDecoder(MAX), bytes, 0, bytes.length);
        for (int split = 0; split <= bytes.length; split++) {
            LineDecoder decoder = new LineDecoder(MAX);
            List<String> parts = lines(decoder, bytes, 0, split);
            parts.addAll(lines(decoder, bytes, split, bytes.length));
            assertThat(parts).as("split at %d", split).isEqualTo(whole);
        }
        LineDecoder decoder = new LineDecoder(MAX);
        List<String> single = new ArrayList<>();
        for (int at = 0; at < bytes.length; at++) {
            single.addAll(lines(decoder, bytes, at, at + 1));
        }
        assertThat(single).isEqualTo(whole);
        return whole;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void linesEndInFourWays() {
        assertThat(lines("one\ntwo\r\nthree\r\0four\rfive".getBytes(UTF_8)))
                .containsExactly("one", "two", "three", "four");
        assertThat(lines("\n\n\r\n\r\r\n".getBytes(UTF_8))).containsExactly("", "", "", "", "");
        assertThat(lines("\r\n\n".getBytes(UTF_8))).containsExactly("", "");
    }

    @ParameterizedTest
    @CsvSource({
        "41 FFFB01 42 0A", // WILL ECHO
        "FFFC01 41 42 0A",
        "41 42 FFFD18 0D0A", // DO TERMINAL-TYPE
        "41 FFFEFF 42 0A", // an option that is called like IAC
        "41 FFF1 42 0A", // NOP
        "41 FFF6 42 0A", // ARE YOU THERE
        "41 FFFA1F00500018FFF0 42 0A", // window size
        "FFFA18 00 61 0A 0D FFF0 41 42 0A", // a line end in a subnegotiation is none
        "FFFA1FFFFF0050FFF0 41 42 0A", // a width of 255: IAC doubled
        "41 FFFA FFFB FFF0 42 0A",
        "41 FFF0 42 0A"
    })
    void telnetCommandsAreLeftOut(String bytes) {
        assertThat(lines(hex(bytes))).containsExactly("AB");
    }

    @Test
    void aDoubledCommandByteIsAByte() {
        assertThat(lines(hex("41 FFFF 42 0A"))).containsExactly("A\uFFFDB");
    }

    @ParameterizedTest
    @CsvSource({
        "67 72 C3BC 6E 0A, grün",
        "E282AC 0A, €",
        "F09F9880 0A, 😀",
        "41 C3 0A, A\uFFFD",
        "41 C3 42 0A, A\uFFFDB",
        "80 41 0A, \uFFFDA",
        "C080 0A, \uFFFD\uFFFD", // NUL, too long
        "41 ED A0 80 0A, A\uFFFD" // half a surrogate pair
    })
    void whatIsNoUtf8IsReplaced(String bytes, String line) {
        assertThat(lines(hex(bytes)).get(0).replaceAll("\uFFFD+", "\uFFFD"))
                .isEqualTo(line.replaceAll("\uFFFD+", "\uFFFD"));
    }

    @Test
    void aLineThatIsTooLongIsToldOnceAndDropped() {
        String most = "x".repeat(MAX);
        assertThat(lines((most + "\n" + most + "y\nok\n").getBytes(UTF_8))).containsExactly(most, TOO_LONG, "ok");
        assertThat(lines((most.repeat(5) + "\r\nok\r\n").getBytes(UTF_8))).containsExactly(TOO_LONG, "ok");
        lines(decoder, (most + "yz").getBytes(UTF_8), 0, MAX + 2);
        assertThat(decoder.isMidLine()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "C3",
                "E2",
                "E282",
                "F0",
                "F09F",
                "F09F98",
                "41C3",
                "FF",
                "41FF",
                "41FFFB",
                "41FFFA18",
                "FFFA18FF"
            })
    void isInTheMiddleOfSomething(String bytes) {
        lines(decoder, hex(bytes), 0, hex(bytes).length);
        assertThat(decoder.isMidCharacter()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "41",
                "C3BC",
                "E282AC",
                "F09F9880",
                "41FFFB01",
                "FFFA18FFF0",
                "80",
                "808080",
                "80808080",
                "C3BC41"
            })
    void isNotInTheMiddleOfAnything(String bytes) {
        lines(decoder, hex(bytes), 0, hex(bytes).length);
        assertThat(decoder.isMidCharacter()).isFalse();
    }
}
