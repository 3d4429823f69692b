package io.parley.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.transport.Bench;
import io.parley.transport.Connection;
import io.parley.transport.Listening;
import io.parley.transport.Probe;
import io.parley.transport.TestTls;
import io.parley.transport.TlsOptions;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handshakes that wait for a thread and are given up meanwhile cost nothing more. */
@Timeout(60)
class AbandonedHandshakesTest {
    private static final int HELPERS = Runtime.getRuntime().availableProcessors();
    private static final int WAITING = 20;

    private final CountDownLatch held = new CountDownLatch(1);
    private final Set<SSLEngine> computed = ConcurrentHashMap.newKeySet();
    private final List<Probe> accepted = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> peers = new ArrayList<>();
    private final Bench bench = Bench.of(
            NioTransport.builder()
                    .tls(TlsOptions.of(TestTls.server(HeldKeys::new)))
                    .build(),
            () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    @AfterEach
    void clearUp() throws IOException {
        held.countDown();
        for (SocketChannel peer : peers) {
            peer.close();
        }
        bench.finish();
    }

    @Test
    void whatWasGivenUpIsNotComputed() throws IOException {
        Listening listening = bench.listen(remote -> {
            Probe probe = bench.probe();
            accepted.add(probe);
            return probe;
        });
        greet(listening, HELPERS);
        bench.await("every helper at work", () -> computed.size() == HELPERS);
        greet(listening, WAITING);
        bench.await("the others", () -> accepted.stream().filter(Probe::isOpen).count() == HELPERS + WAITING);
        bench.stays("they wait", () -> accepted.stream().noneMatch(Probe::isClosed));

        accepted.forEach(probe -> probe.call(Connection::abort));
        accepted.forEach(bench::end);
        held.countDown();
        bench.stays("nothing more", () -> computed.size() == HELPERS);
        assertThat(computed).hasSize(HELPERS);
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
