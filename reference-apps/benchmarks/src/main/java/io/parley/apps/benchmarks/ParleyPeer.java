package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.peers.Peer;
import io.parley.apps.benchmarks.tls.Certificate;
import io.parley.gateway.GatewayOptions;
import io.parley.journal.MemoryJournal;
import io.parley.policy.ChatPolicy;
import io.parley.room.HubOptions;
import io.parley.server.ChatServer;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import io.parley.transport.blocking.BlockingTransport;
import io.parley.transport.nio.NioTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;

/**
 * Parley, embedded in a program, with limits that a benchmark does not reach. Any thread may call it.
 *
 * <p>Kinds are {@code parley-nio}, {@code parley-nio2} with a second loop, {@code parley-blocking}, {@code
 * parley-nio-tls} and {@code parley-blocking-tls}, and {@code parley-nio-policy}, whose policy is asked and answers at once.
 */
final class ParleyPeer implements Peer {
    private final ChatServer server;

    ParleyPeer(String kind, long windowBytes, int keepEntries) throws IOException, GeneralSecurityException {
        GatewayOptions options = GatewayOptions.builder()
                .requestsPerSecond(10_000_000)
                .burstRequests(10_000_000)
                .maxConnections(20_000)
                .maxConnectionsPerAddress(20_000)
                .writeTimeout(Duration.ofMinutes(10))
                .build();
        HubOptions rooms = HubOptions.builder()
                .maxWindowBytes(windowBytes)
                .maxRooms(10_100)
                .maxRoomsPerUser(10_100)
                .build();
        // A policy that allows everything, and is asked: the open one is not.
        ChatPolicy policy = kind.endsWith("-policy") ? new ChatPolicy() {} : ChatPolicy.OPEN;
        server = ChatServer.builder()
                .policy(policy)
                .listen(transport(kind), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .options(options)
                .hubOptions(rooms)
                .journal(new MemoryJournal(keepEntries, 512L << 20, 10_100))
                .start();
    }

    private static Transport transport(String kind) throws IOException, GeneralSecurityException {
        NioTransport.Builder nio = NioTransport.builder();
        return switch (kind) {
            case "parley-nio", "parley-nio-policy" -> nio.build();
            case "parley-nio2" -> nio.loops(2).build();
            case "parley-nio-tls" ->
                nio.tls(TlsOptions.of(Certificate.serverContext())).build();
            case "parley-blocking" -> BlockingTransport.create();
            case "parley-blocking-tls" ->
                BlockingTransport.builder()
                        .tls(TlsOptions.of(Certificate.serverContext()))
                        .build();
            default -> throw new IllegalArgumentException("no server " + kind);
        };
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.addresses().get(0)).getPort();
    }

    long windowBytes() {
        return server.hub().windowBytes();
    }

    @Override
    public void close() {
        server.close();
    }
}
