package io.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.transport.Bench;
import io.parley.transport.TlsStream.HandshakeStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Two streams that are joined by pipes: whatever a pipe takes and gives at a time, the bytes arrive whole and in order. */
class TlsStreamProperties {
    private static final int MAX_STEPS = 100_000;

    /** Carries ciphertext one way, in pieces that a seed chooses, and holds a few bytes at most. */
    private static final class Pipe {
        private final ByteBuffer held;
        private final Random random;
        private boolean ended;

        Pipe(int capacity, long seed) {
            held = ByteBuffer.allocate(capacity).limit(0);
            random = new Random(seed);
        }

        int write(ByteBuffer bytes) {
            held.compact();
            int count = piece(Math.min(held.remaining(), bytes.remaining()));
            held.put(bytes.slice(bytes.position(), count)).flip();
            bytes.position(bytes.position() + count);
            return count;
        }

        int read(ByteBuffer bytes) {
            if (!held.hasRemaining() && ended) {
                return -1;
            }
            int count = piece(Math.min(held.remaining(), bytes.remaining()));
            bytes.put(held.slice(held.position(), count));
            held.position(held.position() + count);
            return count;
        }

        private int piece(int most) {
            return most == 0 || random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(most);
        }
    }

    /** One end: what it is to send, and what it has received. */
    private static final class End {
        final TlsStream tls;
        final Pipe out;
        final ByteBuffer toSend;
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        final Random random;
        boolean open;
        boolean outputEnded;
        boolean inputEnded;

        End(TlsStream tls, Pipe out, byte[] toSend, long seed) {
            this.tls = tls;
            this.out = out;
            this.toSend = ByteBuffer.wrap(toSend);
            this.random = new Random(seed);
        }

        void step() throws IOException {
            if (!open) {
                HandshakeStep step = tls.handshake();
                if (step == HandshakeStep.NEEDS_TASK) {
                    tls.takeTask().run();
                }
                open = step == HandshakeStep.DONE;
                assertThat(step).isNotEqualTo(HandshakeStep.PEER_LEFT);
            } else if (random.nextBoolean()) {
                read();
            } else {
                write();
            }
        }

        private void read() throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(1 + random.nextInt(random.nextBoolean() ? 100 : 40_000));
            int count = tls.read(bytes, 1 + random.nextInt(8));
            inputEnded |= count < 0;
            received.write(bytes.array(), 0, bytes.position());
            assertThat(Math.max(0, count)).isEqualTo(bytes.position());
            if (tls.isAnswerDue()) {
                tls.answer();
            }
        }

        private void write() throws IOException {
            if (toSend.hasRemaining()) {
                int most = Math.min(toSend.remaining(), 1 + random.nextInt(60_000));
                ByteBuffer piece = toSend.slice(toSend.position(), most);
                tls.write(piece);
                toSend.position(toSend.position() + piece.position());
                assertThat(piece.hasRemaining() && !tls.hasOutput()).isFalse();
            } else if (!outputEnded && tls.endOutput()) {
                outputEnded = true;
                out.ended = true;
            }
        }

        boolean isDone() {
            return outputEnded && inputEnded;
        }
    }

    private static End[] ends(byte[] up, byte[] down, int capacity, long seed) {
        Pipe toServer = new Pipe(capacity, seed);
        Pipe toClient = new Pipe(capacity, seed + 1);
        ByteBuffer lent = ByteBuffer.allocate(TlsStream.BUFFER_BYTES + Math.floorMod(seed, 60_000));
        TlsStream client = TlsStream.client(
                TlsOptions.of(TestTls.client()),
                InetSocketAddress.createUnresolved("localhost", 1),
                toClient::read,
                toServer::write,
                () -> lent);
        TlsStream server =
                TlsStream.server(TlsOptions.of(TestTls.server()), toServer::read, toClient::write, () -> lent);
        return new End[] {new End(client, toServer, up, seed + 2), new End(server, toClient, down, seed + 3)};
    }

    @Property(tries = 30)
    void bytesArriveWholeAndInOrder(
            @ForAll @IntRange(max = 200_000) int up,
            @ForAll @IntRange(max = 200_000) int down,
            @ForAll @IntRange(min = 1, max = 100_000) int capacity,
            @ForAll long seed)
            throws IOException {
        byte[] toServer = Bench.bytes(up, seed);
        byte[] toClient = Bench.bytes(down, ~seed);
        End[] ends = ends(toServer, toClient, Math.max(capacity, 500), seed);
        Random turns = new Random(seed);
        for (int n = 0; n < MAX_STEPS && !(ends[0].isDone() && ends[1].isDone()); n++) {
            ends[turns.nextInt(2)].step();
        }
        assertThat(ends[1].received.toByteArray()).isEqualTo(toServer);
        assertThat(ends[0].received.toByteArray()).isEqualTo(toClient);
        for (End end : List.of(ends)) {
            assertThat(end.isDone()).isTrue();
            assertThat(end.tls.isPeerEnded()).isTrue();
            assertThat(end.tls.hasOutput()).isFalse();
            assertThat(end.tls.session()).isNotNull();
        }
    }

    @Property(tries = 20)
    void aChangedByteNeverComesOut(@ForAll @IntRange(max = 3_000) int index, @ForAll byte change) throws IOException {
        byte[] bytes = Bench.bytes(5_000, index);
        End[] ends = ends(bytes, bytes, 100_000, index);
        int[] carried = {0};
        TlsStream server = TlsStream.server(
                TlsOptions.of(TestTls.server()),
                target -> {
                    int from = target.position();
                    int count = ends[0].out.read(target);
                    int at = index - carried[0];
                    if (at >= 0 && at < count) {
                        target.put(from + at, (byte) (target.get(from + at) ^ change));
                    }
                    carried[0] += Math.max(0, count);
                    return count;
                },
                ends[1].out::write,
                () -> ByteBuffer.allocate(TlsStream.BUFFER_BYTES));
        End changed = new End(server, ends[1].out, bytes, 1);
        boolean failed = false;
        for (int n = 0; n < MAX_STEPS && !failed && !(ends[0].isDone() && changed.isDone()); n++) {
            try {
                (n % 2 == 0 ? ends[0] : changed).step();
            } catch (SSLException found) {
                failed = true;
            }
        }
        byte[] received = changed.received.toByteArray();
        assertThat(received).isEqualTo(Arrays.copyOf(bytes, received.length)); // wrong bytes never come out
    }

    @Example
    void aBufferThatIsTooSmallIsRefused() {
        TlsStream stream = TlsStream.server(
                TlsOptions.of(TestTls.server()), bytes -> 0, bytes -> 0, () -> ByteBuffer.allocate(100));
        assertThatThrownBy(stream::handshake)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100 bytes");
    }

    @Example
    void aTaskThatIsNotThereIsRefused() {
        TlsStream stream = TlsStream.server(
                TlsOptions.of(TestTls.server()), bytes -> 0, bytes -> 0, () -> ByteBuffer.allocate(20_000));
        assertThatThrownBy(stream::takeTask).isInstanceOf(IllegalStateException.class);
    }
}
