package io.parley.apps.benchmarks;

import io.parley.client.ChatClient;
import io.parley.transport.TlsOptions;
import io.parley.transport.nio.NioTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Clients of a running server, all in one room, who talk for a time or until the server ends. Then it says what each was
 * promised and what each saw: every message that was acknowledged must have been seen by all who stayed as long.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Load host port clients perSecond seconds [ca.pem]</pre>
 */
public final class Load {
    private static final int WAIT_SECONDS = 30;

    private Load() {}

    /**
     * Talks and checks. Exits with 1 if a promise was broken.
     *
     * @param args host, port, clients, messages per second and client, seconds, and perhaps whom to trust
     */
    public static void main(String[] args) {
        boolean kept = false;
        try {
            kept = run(args);
        } catch (Exception failed) {
            System.err.println("the load failed: " + failed);
        }
        System.exit(kept ? 0 : 1); // even if it failed: open connections would keep it going
    }

    private static boolean run(String[] args) throws Exception {
        InetSocketAddress address = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        int clients = Integer.parseInt(args[2]);
        long pauseNanos = TimeUnit.SECONDS.toNanos(1) / Long.parseLong(args[3]);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[4]));
        NioTransport.Builder transport = NioTransport.builder();
        if (args.length > 5) {
            transport.tls(TlsOptions.of(trusting(Path.of(args[5]))));
        }
        NioTransport one = transport.build();
        List<Talker> talkers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            talkers.add(new Talker(one, address, "load" + i));
        }
        System.out.println(clients + " clients talk");
        for (long next = System.nanoTime(); next < end && talkers.stream().anyMatch(Talker::isHere); ) {
            talkers.forEach(Talker::say);
            next += pauseNanos;
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        }
        talkers.stream().filter(Talker::isHere).map(Talker::client).forEach(ChatClient::closeAsync);
        CompletableFuture.allOf(talkers.stream().map(Talker::ended).toArray(CompletableFuture[]::new))
                .get(WAIT_SECONDS, TimeUnit.SECONDS);
        return report(talkers);
    }

    private static SSLContext trusting(Path certificates) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificates)) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static boolean report(List<Talker> talkers) {
        TreeSet<Long> acknowledged = new TreeSet<>();
        TreeMap<String, Integer> ends = new TreeMap<>();
        long said = 0;
        long refused = 0;
        long unknown = 0;
        for (Talker talker : talkers) {
            acknowledged.addAll(talker.acknowledged());
            ends.merge(talker.end(), 1, Integer::sum);
            said += talker.said();
            refused += talker.refused();
            unknown += talker.said() - talker.refused() - talker.acknowledged().size();
        }
        long last = talkers.stream().mapToLong(Talker::lastSeen).max().orElse(0);
        long unseen = acknowledged.stream().filter(seq -> seq > last).count();
        long holes = talkers.stream().mapToLong(Talker::disorder).sum();
        long behind = talkers.stream()
                .mapToLong(talker -> talker.acknowledged().stream()
                        .filter(seq -> seq > talker.lastSeen())
                        .count())
                .sum();
        Duration spread = Duration.ofNanos(talkers.stream()
                        .map(Talker::endedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(0L)
                - talkers.stream()
                        .map(Talker::endedAt)
                        .min(Comparator.naturalOrder())
                        .orElse(0L));
        System.out.printf(
                "said %d: %d acknowledged, %d refused, %d without an outcome%n",
                said, acknowledged.size(), refused, unknown);
        System.out.printf(
                "acknowledged and seen by nobody: %d; by its own speaker not seen: %d; holes and doubles: %d%n",
                unseen, behind, holes);
        System.out.printf("ends, within %d ms: %s%n", spread.toMillis(), ends);
        return unseen == 0 && holes == 0;
    }
}
