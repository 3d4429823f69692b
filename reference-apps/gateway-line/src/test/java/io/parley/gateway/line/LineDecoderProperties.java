package io.parley.gateway.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What the decoder and the cleaning promise for any bytes. */
class LineDecoderProperties {
    private static final int MAX = 64;

    private static List<String> lines(byte[] bytes, int piece) {
        LineDecoder decoder = new LineDecoder(MAX);
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            ByteBuffer in = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
            LineDecoder.Found found;
            while ((found = decoder.next(in)) != LineDecoder.Found.NOTHING) {
                lines.add(found == LineDecoder.Found.LINE ? decoder.take() : "(too long)");
            }
        }
        lines.add(decoder.take());
        return lines;
    }

    /** Bytes that mean something to telnet, UTF-8 and lines, more often than others. */
    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<Byte> special = Arbitraries.of(
                (byte) 0xFF, (byte) 0xFA, (byte) 0xF0, (byte) 0xFB, (byte) '\r', (byte) '\n', (byte) 0, (byte) 0xC3);
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.bytes()),
                        Tuple.of(1, special),
                        Tuple.of(2, Arbitraries.bytes().between((byte) ' ', (byte) '~')))
                .array(byte[].class)
                .ofMaxSize(400);
    }

    @Property(seed = "42", tries = 2_000)
    void splitsChangeNothing(@ForAll @From("streams") byte[] bytes, @ForAll @IntRange(min = 1, max = 20) int piece) {
        List<String> whole = lines(bytes, Math.max(1, bytes.length));
        assertThat(lines(bytes, piece)).isEqualTo(whole);
        assertThat(whole).allMatch(line -> line.length() <= MAX && !line.contains("\n") && !line.contains("\r"));
    }

    @Property(seed = "42", tries = 2_000)
    void linesComeThroughAsTheyAre(@ForAll @Size(max = 8) List<@From("texts") String> texts) {
        byte[] bytes = String.join("\r\n", texts).getBytes(UTF_8);
        assertThat(lines(bytes, 1)).isEqualTo(texts.isEmpty() ? List.of("") : texts);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0001', '\uD7FF')
                .excludeChars('\r', '\n')
                .ofMaxLength(MAX / 3);
    }

    @Property(seed = "42", tries = 2_000)
    void cleanTextIsHarmless(@ForAll @From("anything") String text) {
        assertHarmless(LineText.clean(text));
        assertHarmless(LineText.name(text));
        assertThat(LineText.name(text)).isNotEmpty().doesNotContain("<", ">", " ");
        LineText.lines(text).forEach(LineDecoderProperties::assertHarmless);
        assertThat(LineText.clean(LineText.clean(text))).isEqualTo(LineText.clean(text));
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.strings()
                .all()
                .withChars('\u001B', '\n', '\r', '\u0085', '\u2028', '\u202E', '\u2066', '\u007F', '\u009B', '\u0000')
                .ofMaxLength(60);
    }

    private static void assertHarmless(String line) {
        assertThat(line.codePoints())
                .noneMatch(point -> Character.isISOControl(point)
                        || point == 0x2028
                        || point == 0x2029
                        || point == 0x061C
                        || (point >= 0x202A && point <= 0x202E)
                        || (point >= 0x2066 && point <= 0x2069)
                        || Character.getType(point) == Character.SURROGATE);
    }
}
