package io.parley.transport;

import static io.parley.testkit.transport.Bench.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.Probe;
import io.parley.transport.Disconnect.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How connections under TLS end, in both versions of it, with a peer that is not Parley.
 *
 * <p>(Over 300 lines: every way there is to end, in one place.)
 */
@Timeout(300)
public abstract class TlsEndContract {
    private static final int MEGABYTE = 1 << 20;
    private static final byte[] PING = {1, 2, 3, 4};
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Bench bench;
    private Probe server;
    private Listening listening;

    @BeforeEach
    public void open() {
        bench = Bench.of(
                transport(TlsOptions.of(TestTls.server())),
                () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server = bench.probe();
        listening = bench.listen(remote -> server);
    }

    /** The transport, under TLS, on platform threads. */
    protected abstract Transport transport(TlsOptions options);

    @AfterEach
    public void clearUp() {
        bench.finish();
    }

    private TlsPeer peer(String protocol) throws IOException {
        return TlsPeer.connect(listening, TestTls.client(), protocol);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    public void thePeersEndIsHeardAndAnswered(String protocol) throws IOException {
        server.echoing();
        try (TlsPeer peer = peer(protocol)) {
            peer.write(PING);
            // In the wake of session tickets, which the library's wait for an end does not expect.
            assertThat(peer.tls().read(ByteBuffer.allocate(PING.length))).isEqualTo(PING.length);
            assertThat(peer.tls().shutdown()).isFalse();
            // True when the answer came, an exception at an end without one.
            assertThat(peer.tls().shutdown()).isTrue();
        }
        assertThat(bench.end(server)).isEqualTo(Kind.ENDED);
        assertThat(server.received()).isEqualTo(PING.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    public void anEndWithoutAWordIsTruncation(String protocol) throws IOException {
        server.echoing();
        try (TlsPeer peer = peer(protocol)) {
            peer.write(PING);
            // A socket that is closed with input unread, session tickets at least, sends a reset.
            assertThat(peer.tls().read(ByteBuffer.allocate(PING.length))).isEqualTo(PING.length);
        }
        assertThat(bench.end(server)).isEqualTo(Kind.TRUNCATED);
        assertThat(server.received()).isEqualTo(PING.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    public void closingHandsAllOverAndTellsTheEnd(String protocol) throws IOException {
        byte[] bytes = bytes(2 * MEGABYTE, 1);
        server.whenOpen(connection -> {
            server.send(bytes);
            connection.close();
        });
        try (TlsPeer peer = peer(protocol)) {
            assertThat(peer.readAll()).isEqualTo(bytes.length);
            assertThat(peer.tls().shutdownReceived()).isTrue();
            bench.stays("the peer has not ended", () -> !server.isClosed());
        }
        assertThat(bench.end(server)).isEqualTo(Kind.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    public void anEndBehindBytesThatArePausedOnIsAnEnd(String protocol) throws IOException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        pausesBehindTheFirst(reading, sent);
        try (TlsPeer peer = peer(protocol)) {
            peer.write(PING);
            bench.await("the first bytes", () -> reading.getCount() == 0);
            peer.write(PING);
            peer.tls().shutdown();
            sent.countDown();
            bench.await("the pause", () -> server.received() == 2L * PING.length);
            server.call(Connection::resumeReads);
            assertThat(bench.end(server)).isEqualTo(Kind.ENDED);
        }
    }

    /** The server takes the first bytes, waits until more were sent, and pauses on those, with an answer to send. */
    private void pausesBehindTheFirst(CountDownLatch reading, CountDownLatch sent) {
        server.whenBytes(bytes -> {
            bytes.position(bytes.limit());
            if (server.received() == 0) {
                reading.countDown();
                // Until the rest is there, to be read at once.
                Awaitility.await("the rest").atMost(PATIENCE).until(() -> sent.getCount() == 0);
            } else {
                server.call(Connection::pauseReads);
                server.send(PING);
            }
        });
    }

    @Test
    public void anEndThatCannotBeAnsweredIsAnEndAllTheSame() throws IOException {
        TlsOptions options = spy(TlsOptions.of(TestTls.server()));
        doAnswer(call -> speechless((SSLEngine) call.callRealMethod()))
                .when(options)
                .serverEngine();
        Probe probe = bench.probe();
        Listening there =
                transport(options).listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), remote -> probe);
        try (TlsPeer peer = TlsPeer.connect(there, TestTls.client(), "TLSv1.3")) {
            peer.write(PING);
            bench.await("the handshake", () -> probe.received() == PING.length);
            peer.tls().shutdown();
            peer.drain(); // to the socket's end
            assertThat(bench.end(probe)).isIn(Kind.ENDED, Kind.FAILED);
        } finally {
            there.close();
        }
    }

    /** An engine that fails, and not as engines should, when it is to end its output. */
    private static SSLEngine speechless(SSLEngine engine) {
        SSLEngine spoiled = mock(SSLEngine.class, delegatesTo(engine));
        doThrow(new IllegalStateException("speechless")).when(spoiled).closeOutbound();
        return spoiled;
    }

    @Test
    public void aPeerMayGoOnWritingAfterOurEnd() throws IOException {
        server.whenOpen(Connection::close);
        server.noBytesNow(true);
        try (TlsPeer peer = peer("TLSv1.3")) {
            assertThat(peer.readAll()).isZero();
            peer.write(bytes(2 * MEGABYTE, 2));
            peer.tls().shutdown();
        }
        assertThat(bench.end(server)).isEqualTo(Kind.CLOSED);
    }

    @Test
    public void whatIsLeftIsHandedOverAfterThePeersEnd() throws IOException {
        byte[] bytes = bytes(16 * MEGABYTE, 3);
        try (TlsPeer peer = closingOnAFullPeer("TLSv1.3", bytes)) {
            peer.tls().shutdown();
            assertThat(peer.drain()).isGreaterThan(bytes.length);
        }
        assertThat(bench.end(server)).isEqualTo(Kind.CLOSED);
    }

    @Test
    public void tls12TakesNothingAfterThePeersEnd() throws IOException {
        byte[] bytes = bytes(16 * MEGABYTE, 4);
        try (TlsPeer peer = closingOnAFullPeer("TLSv1.2", bytes)) {
            peer.tls().shutdown();
            // Not before the reader has seen the end: until then more may be written.
            bench.await("the reader to leave", () -> threads("parley-reader") == 0);
            assertThat(peer.drain()).isLessThan(bytes.length);
        }
        assertThat(bench.end(server)).isEqualTo(Kind.ENDED);
    }

    private TlsPeer closingOnAFullPeer(String protocol, byte[] bytes) throws IOException {
        server.whenOpen(connection -> server.send(bytes));
        TlsPeer peer = peer(protocol);
        peer.tls().handshake();
        bench.await("some bytes", () -> server.taken() > 0);
        server.call(Connection::close);
        return peer;
    }

    @Test
    public void anEndBesideAStuckWriterIsHeardAtOnce() throws IOException {
        server.whenOpen(Connection::wantWrite).whenWritable(sink -> {
            byte[] block = new byte[32 * 1024];
            while (sink.write(block, 0, block.length) > 0) {}
            return Progress.MORE;
        });
        try (TlsPeer peer = peer("TLSv1.3")) {
            peer.tls().handshake();
            bench.await("a turn", () -> server.taken() > 0);
            bench.stays("stuck or about to be", () -> !server.isClosed());
            peer.tls().shutdown();
            assertThat(bench.end(server)).isEqualTo(Kind.ENDED);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    public void aRenegotiationIsRefused(boolean busy) throws IOException {
        if (busy) {
            server.whenOpen(Connection::wantWrite).whenWritable(sink -> {
                sink.write(PING, 0, PING.length);
                return Progress.MORE;
            });
        }
        try (TlsPeer peer = peer("TLSv1.2")) {
            peer.write(PING);
            bench.await("the handshake", () -> server.received() == PING.length);
            peer.tls().getSslEngine().beginHandshake();
            peer.write(PING);
            assertThat(bench.end(server)).isEqualTo(Kind.FAILED);
            assertThat(server.disconnect().cause()).isInstanceOf(SSLException.class);
        }
    }

    @Test
    public void aRenegotiationBehindAPauseKeepsNobodyWaiting() throws IOException {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        pausesBehindTheFirst(reading, sent);
        Probe healthy = bench.probe().echoing();
        Listening other = bench.listen(remote -> healthy);
        try (TlsPeer peer = peer("TLSv1.2")) {
            peer.write(PING);
            bench.await("the first bytes", () -> reading.getCount() == 0);
            peer.write(PING);
            peer.tls().getSslEngine().beginHandshake();
            peer.write(PING);
            sent.countDown();
            bench.await("the pause", () -> server.received() >= 2L * PING.length);
            try (TlsPeer beside = TlsPeer.connect(other, TestTls.client(), "TLSv1.3")) {
                beside.write(PING);
                bench.await("bytes beside it", () -> healthy.received() == PING.length);
            }
        }
    }

    @Test
    public void changesOfKeysWithoutEndAreCut() throws IOException {
        server.echoing();
        try (TlsPeer peer = peer("TLSv1.3")) {
            peer.write(PING);
            bench.await("the handshake", () -> server.received() == PING.length);
            peer.changeKeys(5_000);
            assertCut(); // before the peer goes, which is a reset
        }
    }

    @Test
    public void aFewChangesOfKeysAreTaken() throws IOException {
        try (TlsPeer peer = peer("TLSv1.3")) {
            for (int n = 0; n < 100; n++) {
                peer.write(bytes(1024, n));
                peer.changeKeys(1);
            }
            peer.tls().shutdown();
            // A socket that is closed with input unread sends a reset.
            peer.drain();
        }
        assertThat(bench.end(server)).isEqualTo(Kind.ENDED);
        assertThat(server.received()).isEqualTo(100 * 1024);
    }

    @Test
    public void warningsInsteadOfAHandshakeAreCut() throws IOException {
        byte[] warning = {21, 3, 3, 0, 2, 1, 90}; // user_canceled, which stops nothing
        ByteBuffer warnings = ByteBuffer.allocate(5_000 * warning.length);
        while (warnings.hasRemaining()) {
            warnings.put(warning);
        }
        try (TlsPeer peer = peer("TLSv1.3")) {
            peer.writeRaw(warnings.flip());
            assertCut(); // before the peer goes, which is a reset
        }
    }

    @Test
    public void aHandshakeThatIsCancelledIsTruncation() throws IOException {
        try (TlsPeer peer = peer("TLSv1.3")) {
            byte[] cancelled = {21, 3, 3, 0, 2, 1, 90, 21, 3, 3, 0, 2, 1, 0}; // user_canceled, close_notify
            peer.writeRaw(ByteBuffer.wrap(cancelled));
            assertThat(bench.end(server)).isEqualTo(Kind.TRUNCATED);
            assertThat(server.connection().tls()).isNull();
            assertThat(server.writables()).isZero();
        }
    }

    @Test
    public void aRecordLargerThanAnyIsRefused() throws IOException {
        try (TlsPeer peer = peer("TLSv1.3")) {
            peer.write(PING);
            bench.await("the handshake", () -> server.received() == PING.length);
            int length = 17_000;
            ByteBuffer record = ByteBuffer.allocate(5 + length);
            record.put((byte) 23).put((byte) 3).put((byte) 3).putShort((short) length);
            peer.writeRaw(record.rewind());
            assertThat(bench.end(server)).isEqualTo(Kind.FAILED);
            assertThat(server.disconnect().cause())
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("a record of 17005 bytes");
        }
    }

    private void assertCut() {
        assertThat(bench.end(server)).isEqualTo(Kind.FAILED);
        assertThat(server.disconnect().cause())
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("records without bytes");
    }

    @Test
    public void manyTinyRecordsAreManySmallPortions() throws IOException {
        int records = 5_000;
        CountDownLatch sent = new CountDownLatch(1);
        AtomicInteger largest = new AtomicInteger();
        server.whenBytes(bytes -> {
            if (sent.getCount() > 0) {
                // Until the rest is there, to be read at once.
                Awaitility.await("the rest").atMost(PATIENCE).until(() -> sent.getCount() == 0);
            }
            largest.accumulateAndGet(bytes.remaining(), Math::max);
            bytes.position(bytes.limit());
        });
        try (TlsPeer peer = peer("TLSv1.3")) {
            for (int n = 0; n < records; n++) {
                peer.write(new byte[] {1});
            }
            sent.countDown();
            bench.await("all of them", () -> server.received() == records);
        }
        assertThat(largest).hasValueLessThan(300);
    }

    @Test
    public void aPeerThatSpeaksNoTlsIsToldSo() throws IOException {
        try (TlsPeer peer = peer("TLSv1.3")) {
            peer.socket()
                    .write(ByteBuffer.wrap(
                            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            byte[] alert = new byte[7];
            ByteBuffer answer = ByteBuffer.wrap(alert);
            while (answer.hasRemaining() && peer.socket().read(answer) >= 0) {}
            assertThat(alert[0]).as("the type of an alert's record").isEqualTo((byte) 21);
            assertThat(peer.drain()).as("nothing more").isZero();
        }
        assertThat(bench.end(server)).isEqualTo(Kind.FAILED);
        assertThat(server.disconnect().cause()).isInstanceOf(SSLException.class);
        assertThat(server.received()).isZero();
        assertThat(server.writables()).isZero();
    }

    @Test
    public void leavingInTheMiddleOfTheHandshakeIsTruncation() throws IOException {
        try (TlsPeer peer = peer("TLSv1.3")) {
            peer.socket().write(ByteBuffer.wrap(new byte[] {22, 3, 1}));
            bench.await("open", server::isOpen);
        }
        assertThat(bench.end(server)).isEqualTo(Kind.TRUNCATED);
    }

    @Test
    public void closingInTheMiddleOfTheHandshakeWaitsForIt() throws IOException {
        server.whenOpen(connection -> {
            server.send(PING);
            connection.close();
        });
        try (TlsPeer peer = peer("TLSv1.3")) {
            bench.await("open", server::isOpen);
            bench.stays("not closed", () -> !server.isClosed());
            assertThat(peer.readAll()).isEqualTo(PING.length);
        }
        assertThat(bench.end(server)).isEqualTo(Kind.CLOSED);
    }

    @Test
    public void silenceCostsNoTime() throws IOException {
        Probe talking = bench.probe();
        Listening other = bench.listen(remote -> talking);
        try (TlsPeer idle = TlsPeer.connect(other, TestTls.client(), "TLSv1.3");
                TlsPeer silent = peer("TLSv1.3")) {
            idle.write(PING);
            bench.await("the handshake", () -> talking.received() == PING.length);
            silent.socket().write(ByteBuffer.wrap(new byte[] {22, 3, 1}));
            bench.await("open", server::isOpen);
            bench.await("calm", () -> {
                long before = cpuNanos();
                bench.stays("looked at", () -> true);
                return cpuNanos() - before < TimeUnit.MILLISECONDS.toNanos(2);
            });
            server.call(Connection::abort);
            assertThat(bench.end(server)).isEqualTo(Kind.ABORTED);
        }
    }

    /** The time that threads of connections have spent. */
    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().matches("parley-(reader|writer|nio).*"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }
}
