package io.parley.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsStream.HandshakeStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sink writes, whatever it remembers of the connection before. */
class LoopSinkTest {

    /** An adapter that takes a given number of bytes and is full then. */
    private static final class Pipe implements ChannelAdapter {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int room = Integer.MAX_VALUE;

        @Override
        public void write(ByteBuffer bytes) {
            for (; bytes.hasRemaining() && room > 0; room--) {
                taken.write(bytes.get());
            }
        }

        @Override
        public HandshakeStep handshake() {
            return HandshakeStep.DONE;
        }

        @Override
        public Runnable takeTask() {
            throw new IllegalStateException("there is none");
        }

        @Override
        public int read(ByteBuffer bytes) {
            return 0;
        }

        @Override
        public boolean hasBufferedInput() {
            return false;
        }

        @Override
        public Kind onPeerEnd() {
            return Kind.ENDED;
        }

        @Override
        public boolean flush() {
            return true;
        }

        @Override
        public boolean hasBufferedOutput() {
            return false;
        }

        @Override
        public boolean endOutput() {
            return true;
        }

        @Override
        public @Nullable SSLSession session() {
            return null;
        }
    }

    private final LoopSink sink = new LoopSink();
    private final byte[] log = random(new Random(7), 300_000);

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyConnectionGetsItsOwnBytes(int seed) throws IOException {
        Random random = new Random(seed);
        for (int turn = 0; turn < 2_000; turn++) {
            Pipe pipe = new Pipe();
            if (random.nextInt(8) == 0) {
                pipe.room = random.nextInt(100_000);
            }
            ByteArrayOutputStream accepted = new ByteArrayOutputStream();
            sink.begin(pipe);
            int at = random.nextInt(3) * 1_000; // mostly where others have been
            boolean full = false;
            for (int n = random.nextInt(5); n >= 0 && !full; n--) {
                int length = 1 + random.nextInt(random.nextInt(10) == 0 ? 90_000 : 900);
                boolean shared = random.nextInt(4) > 0;
                byte[] source = shared ? log : random(random, length);
                int from = shared ? at : 0;
                int count = shared ? sink.writeShared(source, from, length) : sink.write(source, from, length);
                accepted.write(source, from, count);
                full = count < length;
                at += shared && random.nextInt(5) > 0 ? count : 0;
            }
            boolean drained = sink.end();
            ByteBuffer rest = sink.takeUnsent();
            assertThat(rest == null).isEqualTo(drained);
            ByteArrayOutputStream handedOn = new ByteArrayOutputStream();
            handedOn.writeBytes(pipe.taken.toByteArray());
            while (rest != null && rest.hasRemaining()) {
                Pipe later = new Pipe();
                later.room = 1 + random.nextInt(70_000);
                sink.writeUnsent(later, rest);
                handedOn.writeBytes(later.taken.toByteArray());
            }
            assertThat(handedOn.toByteArray()).isEqualTo(accepted.toByteArray());
        }
    }

    @Test
    void takesNoMoreThanATurn() throws IOException {
        Pipe pipe = new Pipe();
        sink.begin(pipe);
        int taken = sink.writeShared(log, 0, log.length);
        assertThat(taken).isEqualTo(256 << 10);
        assertThat(sink.writeShared(log, taken, 1)).isZero();
        assertThat(sink.end()).isTrue();
        assertThat(pipe.taken.size()).isEqualTo(taken);
    }

    @Test
    void isOpenDuringATurnOnly() throws IOException {
        assertThatThrownBy(() -> sink.writeShared(log, 0, 1)).isInstanceOf(IllegalStateException.class);
        sink.begin(new Pipe());
        assertThatThrownBy(() -> sink.writeShared(log, log.length, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(sink.end()).isTrue();
        assertThatThrownBy(() -> sink.write(log, 0, 1)).isInstanceOf(IllegalStateException.class);
    }
}
