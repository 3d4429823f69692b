package io.parley.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.testkit.transport.Bench;
import io.parley.testkit.transport.Probe;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsOptions.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in and who is not, and that either end is told why. */
@Timeout(60)
public abstract class TlsHandshakeContract {
    private static final byte[] PING = {1, 2, 3, 4};

    private final AtomicReference<SSLContext> identity = new AtomicReference<>(TestTls.server());
    private final TlsOptions serverOptions = TlsOptions.of(identity::get);
    private final TlsOptions clientOptions = TlsOptions.of(TestTls.client());
    private final AtomicReference<SSLSession> seen = new AtomicReference<>();

    private Bench bench;
    private Bench servers;
    private Probe client;

    @BeforeEach
    public void open() {
        bench = bench(clientOptions);
        servers = bench;
        client = bench.probe();
    }

    /** The transport, under TLS; in the clear without options. */
    protected abstract Transport transport(@Nullable TlsOptions options);

    private Bench bench(TlsOptions options) {
        return Bench.of(transport(options), () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    public void clearUp() {
        servers.finish();
        bench.finish();
    }

    private Probe link(TlsOptions server, TlsOptions made) {
        servers = bench(server);
        bench = bench(made);
        Probe accepted = servers.probe();
        accepted.whenBytes(bytes -> {
            seen.set(accepted.connection().tls());
            accepted.send(new byte[bytes.remaining()]);
            bytes.position(bytes.limit());
        });
        Listening listening = servers.listen(remote -> accepted);
        connect(listening, client);
        return accepted;
    }

    private void connect(Listening listening, Probe probe) {
        bench.connect(listening.address(), probe);
        probe.send(PING);
    }

    private void assertWorks() {
        bench.await("the echo", () -> client.received() == PING.length);
        client.call(Connection::abort);
        bench.end(client);
    }

    private void assertRefused(Probe probe, String words) {
        assertThat(bench.end(probe)).isEqualTo(Kind.FAILED);
        assertThat(probe.disconnect().cause()).isInstanceOf(SSLException.class);
        assertThat(probe.disconnect().cause()).hasMessageContaining(words);
        assertThat(probe.received()).isZero();
    }

    @Test
    public void theSessionIsKnownFromTheFirstBytesOn() {
        AtomicReference<SSLSession> atOpen = new AtomicReference<>();
        client.whenOpen(connection -> atOpen.set(connection.tls()));
        link(serverOptions, clientOptions);
        bench.await("the echo", () -> client.received() == PING.length);
        assertThat(atOpen.get()).isNull();
        assertThat(seen.get().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(client.connection().tls().getProtocol()).isEqualTo("TLSv1.3");
        assertWorks();
    }

    @Test
    public void aServerThatIsNotTrustedIsLeft() {
        Probe accepted = link(serverOptions, TlsOptions.of(TestTls.suspicious()));
        assertRefused(client, "certification path");
        // By the client's alert.
        assertRefused(accepted, "certificate_unknown");
        assertThat(client.writables()).isZero();
    }

    @Test
    public void aServerOfAnotherNameIsLeft() {
        identity.set(TestTls.serverElsewhere());
        assertRefused(link(serverOptions, clientOptions), "certificate_unknown");
        assertRefused(client, "matching");
    }

    @Test
    public void theNameAskedForMayBeAnotherThanTheHost() {
        identity.set(TestTls.serverElsewhere());
        link(serverOptions, clientOptions.withServerName("elsewhere.test"));
        assertWorks();
    }

    @Test
    public void aClientWithoutANeededCertificateIsToldSo() {
        assertRefused(link(serverOptions.withClientAuth(ClientAuth.NEEDED), clientOptions), "Empty client");
        assertRefused(client, "certificate");
    }

    @Test
    public void aClientWithoutAWantedCertificateIsTaken() {
        link(serverOptions.withClientAuth(ClientAuth.WANTED), clientOptions);
        bench.await("the echo", () -> client.received() == PING.length);
        assertThatThrownBy(seen.get()::getPeerCertificates).isInstanceOf(SSLPeerUnverifiedException.class);
        assertWorks();
    }

    @Test
    public void aClientsCertificateIsSeen() throws IOException {
        link(serverOptions.withClientAuth(ClientAuth.NEEDED), TlsOptions.of(TestTls.alice()));
        bench.await("the echo", () -> client.received() == PING.length);
        assertThat(seen.get().getPeerPrincipal().getName()).isEqualTo("CN=alice");
        assertWorks();
    }

    @Test
    public void protocolsWithoutACommonOneAreRefused() {
        Probe accepted = link(
                serverOptions.withApplicationProtocols(List.of("parley/1")),
                clientOptions.withApplicationProtocols(List.of("other/1")));
        assertThat(bench.end(accepted)).isEqualTo(Kind.FAILED);
        assertRefused(client, "no_application_protocol");
    }

    @Test
    public void aContextThatChangesIsForNewConnectionsOnly() {
        Probe first = link(serverOptions, clientOptions);
        bench.await("the echo", () -> client.received() == PING.length);
        identity.set(TestTls.serverElsewhere());
        Probe second = bench.probe();
        Listening other = servers.listen(remote -> servers.probe());
        connect(other, second);
        assertRefused(second, "matching");
        client.send(PING);
        bench.await("the old one's echo", () -> client.received() == 2L * PING.length);
        assertThat(first.isClosed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    public void whoResumesSeesTheNewCertificateToo(String protocol) throws IOException {
        servers = bench(serverOptions);
        Listening listening = servers.listen(remote -> servers.probe().echoing());
        SSLContext returning = TestTls.client();
        SSLSession first = session(listening, returning, protocol);
        SSLSession second = session(listening, returning, protocol);
        assertThat(second.getCreationTime()).as("resumed").isEqualTo(first.getCreationTime());
        identity.set(TestTls.serverRenewed());
        SSLSession third = session(listening, returning, protocol);
        assertThat(first.getPeerPrincipal().getName()).isEqualTo("CN=localhost");
        assertThat(third.getPeerPrincipal().getName()).isEqualTo("CN=renewed");
    }

    private static SSLSession session(Listening listening, SSLContext context, String protocol) throws IOException {
        try (TlsPeer peer = TlsPeer.connect(listening, context, protocol)) {
            peer.write(PING);
            peer.tls().read(ByteBuffer.allocate(PING.length));
            return peer.tls().getSslEngine().getSession();
        }
    }

    /** A hello of TLS 1.3 that knows one group, and asks to be told to make a key in it. */
    @ParameterizedTest
    @CsvSource({"0017, 22", "001d, 22", "0100, 21", "0104, 21"})
    public void keysAreMadeOnCurvesOnly(String group, byte answer) throws IOException {
        servers = bench(serverOptions);
        Listening listening = servers.listen(remote -> servers.probe());
        String versions = "002b 0003 02 0304";
        String groups = "000a 0004 0002 " + group;
        String signatures = "000d 0004 0002 0403";
        String noKeys = "0033 0002 0000";
        String body = "0303" + "00".repeat(32) + "00 0002 1301 01 00 001d" + versions + groups + signatures + noKeys;
        byte[] hello = HexFormat.of().parseHex(("16 0301 004c 01 000048" + body).replace(" ", ""));
        try (SocketChannel peer = SocketChannel.open(listening.address())) {
            peer.write(ByteBuffer.wrap(hello));
            ByteBuffer first = ByteBuffer.allocate(1);
            assertThat(peer.read(first)).isEqualTo(1);
            assertThat(first.get(0))
                    .as("a handshake goes on by 22 and ends by 21")
                    .isEqualTo(answer);
        }
    }

    @Test
    public void aServerThatSpeaksNoTlsIsLeft() {
        servers = Bench.of(transport(null), () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Probe accepted = servers.probe();
        accepted.whenOpen(connection ->
                accepted.send("welcome to the clear\r\n".repeat(20).getBytes(StandardCharsets.US_ASCII)));
        connect(servers.listen(remote -> accepted), client);
        assertRefused(client, "SSL message");
    }

    @Test
    public void aContextThatCannotBeGivenCostsOneConnection() {
        identity.set(null);
        Probe accepted = link(serverOptions, clientOptions);
        assertThat(bench.end(accepted)).isEqualTo(Kind.FAILED);
        assertThat(bench.end(client)).isIn(Kind.TRUNCATED, Kind.FAILED);
    }

    @Test
    public void silentHandshakesKeepNobodyWaiting() throws IOException {
        servers = bench(serverOptions);
        Listening listening = servers.listen(remote -> servers.probe().echoing());
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            SocketChannel channel = SocketChannel.open(listening.address());
            channel.write(ByteBuffer.wrap(new byte[] {22, 3, 1}));
            silent.add(channel);
        }
        connect(listening, client);
        assertWorks();
        for (SocketChannel channel : silent) {
            channel.close();
        }
    }
}
