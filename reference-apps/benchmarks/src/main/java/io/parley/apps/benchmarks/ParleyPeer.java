package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.chaos.Accounts;
import io.parley.apps.benchmarks.peers.Peer;
import io.parley.apps.benchmarks.tls.Certificate;
import io.parley.gateway.GatewayOptions;
import io.parley.journal.Journal;
import io.parley.journal.MemoryJournal;
import io.parley.journal.jdbc.Durability;
import io.parley.journal.jdbc.JdbcJournal;
import io.parley.journal.jdbc.JdbcJournalOptions;
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
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;

/**
 * Parley, embedded in a program, with limits that a benchmark does not reach. Any thread may call it.
 *
 * <p>Kinds are {@code parley-nio}, {@code parley-nio2} with a second loop, {@code parley-blocking}, {@code
 * parley-nio-tls} and {@code parley-blocking-tls}, {@code parley-nio-policy}, whose policy is asked and answers at once, and {@code
 * parley-nio-accounts}, which takes {@link Accounts}. Everything is kept in memory; with {@code +full} or {@code +relaxed} behind the kind in
 * a folder, with that durability.
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
        String[] parts = kind.split("\\+", 2);
        server = ChatServer.builder()
                .policy(policy(parts[0]))
                .listen(transport(parts[0]), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .options(options)
                .hubOptions(rooms)
                .journal(
                        parts.length == 1
                                ? new MemoryJournal(keepEntries, 512L << 20, 10_100)
                                : inFolder(Durability.valueOf(parts[1].toUpperCase(Locale.ROOT)), keepEntries))
                .start();
    }

    private static Journal inFolder(Durability durability, int keepEntries) throws IOException {
        return JdbcJournal.sqlite(
                Files.createTempDirectory("benchmark").resolve("data"),
                JdbcJournalOptions.DEFAULT.withDurability(durability).withKeepEntries(keepEntries));
    }

    private static ChatPolicy policy(String kind) {
        if (kind.endsWith("-accounts")) {
            return new Accounts();
        }
        // A policy that allows everything, and is asked: the open one is not.
        return kind.endsWith("-policy") ? new ChatPolicy() {} : ChatPolicy.OPEN;
    }

    private static Transport transport(String kind) throws IOException, GeneralSecurityException {
        NioTransport.Builder nio = NioTransport.builder();
        return switch (kind) {
            case "parley-nio", "parley-nio-policy", "parley-nio-accounts" -> nio.build();
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
