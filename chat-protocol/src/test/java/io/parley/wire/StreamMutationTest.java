package io.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Drives many byte streams through a server's decoder: client sessions with something changed, and noise. Whatever
 * comes, it gives frames or a {@link ProtocolException}. The number of streams is the system property {@code
 * parley.streams}, the seed {@code parley.seed}.
 */
final class StreamMutationTest {
    private static final int SESSIONS = 1000;
    private static final int LIMIT = 4096;

    private final int streams = Integer.getInteger("parley.streams", 50_000);
    private final Random random = new Random(Long.getLong("parley.seed", 20_260_101L));
    private final Map<String, Integer> refusals = new TreeMap<>();
    private long frames;
    private int mutations;
    private int pastHello;
    private int clean;

    @Test
    void anyStreamGivesFramesOrAProtocolException() {
        List<byte[]> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(session());
        }
        for (int i = 0; i < streams; i++) {
            boolean mutation = i % 8 != 0;
            drive(mutation ? mutated(sessions.get(random.nextInt(SESSIONS))) : noise());
            mutations += mutation ? 1 : 0;
        }
        System.out.printf(
                "streams %d, mutations %.1f %%, past HELLO %.1f %%, frames %d, clean to the end %d, refused %s%n",
                streams, percent(mutations), percent(pastHello), frames, clean, refusals);
        assertThat(2 * mutations).isGreaterThanOrEqualTo(streams);
        assertThat(4 * pastHello).isGreaterThan(streams);
        assertThat(refusals).containsOnlyKeys("BAD_PREFACE", "FRAME_TOO_LARGE", "MALFORMED");
    }

    private double percent(int part) {
        return 100.0 * part / streams;
    }

    private byte[] session() {
        RandomFrames any = new RandomFrames(random);
        ByteBuffer stream = ByteBuffer.allocate(1 << 16).put(Wire.PREFACE.asReadOnlyBuffer());
        Bytes name = Bytes.of(new byte[] {'a', 'n', 'n'});
        new Hello(1, 1, 0, "client", Wire.GUEST, name, any.bytes()).encode(stream);
        new Join(1, "lobby", null, 20, "").encode(stream);
        for (int left = random.nextInt(12); left > 0; left--) {
            any.client().encode(stream);
        }
        new Bye("").encode(stream);
        return Arrays.copyOf(stream.array(), stream.position());
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        int known = random.nextInt(3);
        if (known > 0) {
            // as far as the frames, or with a frame's header besides
            byte[] start = {'P', 'R', 'L', 'Y', (byte) random.nextInt(0x28), 0, 0, (byte) random.nextInt(64)};
            System.arraycopy(start, 0, noise, 0, Math.min(noise.length, 4 * known));
        }
        return noise;
    }

    private byte[] mutated(byte[] session) {
        byte[] stream = session;
        for (int left = 1 + random.nextInt(3); left > 0 && stream.length > 8; left--) {
            stream = mutatedOnce(stream);
        }
        return stream;
    }

    private byte[] mutatedOnce(byte[] stream) {
        int at = random.nextInt(stream.length);
        int other = random.nextInt(stream.length);
        int size = Math.min(1 + random.nextInt(16), stream.length - Math.max(at, other));
        byte[] copy = stream.clone();
        switch (random.nextInt(8)) {
            case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> copy[at] = (byte) random.nextInt();
            case 2 -> copy = Arrays.copyOf(stream, at);
            case 3 -> { // two slices change places
                System.arraycopy(stream, at, copy, other, size);
                System.arraycopy(stream, other, copy, at, size);
            }
            case 4 -> copy = spliced(stream, at, random(size), 0, size);
            case 5 -> copy = spliced(stream, at, stream, other, size);
            case 6 -> { // cut out
                copy = Arrays.copyOf(stream, stream.length - size);
                System.arraycopy(stream, at + size, copy, at, stream.length - at - size);
            }
            default -> editLength(copy);
        }
        return copy;
    }

    private byte[] random(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] spliced(byte[] stream, int at, byte[] source, int from, int size) {
        byte[] longer = Arrays.copyOf(stream, stream.length + size);
        System.arraycopy(stream, at, longer, at + size, stream.length - at);
        System.arraycopy(source, from, longer, at, size);
        return longer;
    }

    /** Changes the length in the header of some frame. */
    private void editLength(byte[] stream) {
        int header = Wire.PREFACE.length();
        for (int skipped = random.nextInt(8); skipped > 0; skipped--) {
            int next = header + 4 + length(stream, header);
            if (next + 4 > stream.length) {
                break;
            }
            header = next;
        }
        if (header + 4 > stream.length) {
            return;
        }
        int length = random.nextInt(4) == 0 ? random.nextInt() : length(stream, header) + random.nextInt(5) - 2;
        ByteBuffer.wrap(stream, header + 1, 3)
                .put((byte) (length >>> 16))
                .put((byte) (length >>> 8))
                .put((byte) length);
    }

    private static int length(byte[] stream, int header) {
        return header + 4 > stream.length ? 0 : ByteBuffer.wrap(stream).getInt(header) & 0xFFFFFF;
    }

    private void drive(byte[] stream) {
        FrameDecoder<ClientFrame> decoder = FrameDecoder.ofClientFrames(LIMIT);
        boolean hello = false;
        try {
            for (int at = 0; at < stream.length; ) {
                int size = Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 16 : 512));
                ByteBuffer in = ByteBuffer.wrap(stream, at, size);
                for (ClientFrame frame = decoder.next(in); frame != null; frame = decoder.next(in)) {
                    frames++;
                    hello |= frame instanceof Hello;
                }
                if (in.hasRemaining()) {
                    throw new AssertionError(
                            "bytes left over of " + Bytes.of(stream).hex());
                }
                at += size;
            }
            clean += decoder.midFrame() ? 0 : 1;
        } catch (ProtocolException wrong) {
            refusals.merge(ErrorCode.name(wrong.code()), 1, Integer::sum);
        } catch (RuntimeException e) {
            throw new AssertionError("from " + Bytes.of(stream).hex(), e);
        }
        pastHello += hello ? 1 : 0;
    }
}
