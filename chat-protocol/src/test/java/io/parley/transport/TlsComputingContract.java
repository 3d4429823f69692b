package io.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What handshakes compute is computed by a few at a time, and not at all where they were given up. */
@Timeout(60)
public abstract class TlsComputingContract {
    private static final int AT_A_TIME = Runtime.getRuntime().availableProcessors();
    private static final int WAITING = 20;

    private final CountDownLatch held = new CountDownLatch(1);
    private final Set<SSLEngine> computed = ConcurrentHashMap.newKeySet();
    private final List<Probe> accepted = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> peers = new ArrayList<>();
    private Bench bench;

    @BeforeEach
    public void open() {
        bench = Bench.of(
                transport(TlsOptions.of(TestTls.server(HeldKeys::new))),
                () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** The transport, under TLS, on platform threads. */
    protected abstract Transport transport(TlsOptions options);

    @AfterEach
    public void clearUp() throws IOException {
        held.countDown();
        for (SocketChannel peer : peers) {
            peer.close();
        }
        bench.finish();
    }

    @Test
    public void whatWasGivenUpIsNotComputed() throws IOException {
        Listening listening = bench.listen(remote -> {
            Probe probe = bench.probe();
            accepted.add(probe);
            return probe;
        });
        greet(listening, AT_A_TIME);
        bench.await("all that may", () -> computed.size() == AT_A_TIME);
        greet(listening, WAITING);
        bench.await("the others", () -> accepted.stream().filter(Probe::isOpen).count() == AT_A_TIME + WAITING);
        bench.stays("they wait", () -> computed.size() == AT_A_TIME);

        accepted.forEach(probe -> probe.call(Connection::abort));
        accepted.forEach(bench::end);
        held.countDown();
        bench.stays("nothing more", () -> computed.size() == AT_A_TIME);
        assertThat(computed).hasSize(AT_A_TIME);
    }

    @Test
    public void whoWaitsHasItsTurn() throws IOException {
        Listening listening = bench.listen(remote -> {
            Probe probe = bench.probe().echoing();
            accepted.add(probe);
            return probe;
        });
        greet(listening, AT_A_TIME + WAITING);
        bench.await("all that may", () -> computed.size() == AT_A_TIME);
        held.countDown();
        bench.await("everybody's turn", () -> computed.size() == AT_A_TIME + WAITING);
        try (TlsPeer peer = TlsPeer.connect(listening, TestTls.client(), "TLSv1.3")) {
            peer.write(new byte[] {1});
            assertThat(peer.tls().read(ByteBuffer.allocate(1))).isEqualTo(1);
        }
    }

    /** Sends a client's first words, so many times, and no more. */
    private void greet(Listening listening, int times) throws IOException {
        for (int n = 0; n < times; n++) {
            SocketChannel peer = SocketChannel.open(listening.address());
            peers.add(peer);
            ByteBuffer hello = hello();
            while (hello.hasRemaining()) {
                peer.write(hello);
            }
        }
    }

    private static ByteBuffer hello() throws SSLException {
        SSLEngine engine = TestTls.client().createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), bytes);
        return bytes.flip();
    }

    /** Keys that a handshake gets when the test lets it. */
    private final class HeldKeys extends X509ExtendedKeyManager {
        private final X509ExtendedKeyManager keys;

        HeldKeys(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
            computed.add(engine);
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return keys.chooseEngineServerAlias(type, issuers, engine);
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return keys.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return keys.getClientAliases(type, issuers);
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return keys.chooseClientAlias(types, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }
}
