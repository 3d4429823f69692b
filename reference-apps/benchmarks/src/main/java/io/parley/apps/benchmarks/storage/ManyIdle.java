package io.parley.apps.benchmarks.storage;

import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.client.ChatClient;
import io.parley.transport.nio.NioTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Many connections that say nothing, at a chat server with little memory that keeps its rooms in a folder: how fast they come in, how much
 * of the heap they take, and how somebody else's pings fare meanwhile and afterwards.
 *
 * <pre>java -cp benchmarks.jar:chat-server.jar io.parley.apps.benchmarks.storage.ManyIdle [connections] [MiB] [nio|blocking]</pre>
 */
public final class ManyIdle {
    private static final int MEMBERS = 10; // of each room
    private static final int STEPS = 4;
    private static final Duration QUIET = Duration.ofSeconds(20);
    private static final long PING_MILLIS = 20;

    private volatile boolean over;
    private final Histogram pings = new Histogram(3); // microseconds; guarded by itself

    private ManyIdle() {}

    /**
     * Runs and prints a report. Exits with 1 if the server did not live.
     *
     * @param args see above; 10,000 connections, 256 MiB, nio
     * @throws Exception if the server cannot be run
     */
    public static void main(String[] args) throws Exception {
        int connections = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        int megabytes = args.length > 1 ? Integer.parseInt(args[1]) : 256;
        String transport = args.length > 2 ? args[2] : "nio";
        Path data = Files.createTempDirectory("many-idle").resolve("data");
        try (PlainServer server = PlainServer.start(
                List.of(),
                List.of("-Xmx" + megabytes + "m"),
                List.of("--data=" + data, "--transport=" + transport, "--max-per-address=" + 2 * connections))) {
            new ManyIdle().run(server, connections);
            boolean lives = server.isAlive();
            System.out.println(lives ? "the server lives" : "the server is DEAD");
            System.exit(lives ? 0 : 1);
        }
    }

    private void run(PlainServer server, int connections) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        try (ChatClient pinger = ChatClient.builder().name("pinger").connect(NioTransport.create(), address)) {
            Thread pinging = new Thread(() -> ping(pinger), "ping");
            pinging.start();
            System.out.printf("live heap with one connection: %,d bytes%n", server.heap());
            Swarm[] swarms = new Swarm[STEPS];
            for (int i = 0; i < STEPS; i++) {
                int here = connections / STEPS;
                Scenario scenario = Scenario.closed("idle", here / MEMBERS, MEMBERS, 1, 1);
                long began = System.nanoTime();
                swarms[i] = new Swarm(address, "crowd" + i + "x", scenario, null);
                double seconds = (System.nanoTime() - began) / 1e9;
                report("while these came");
                System.out.printf(
                        "%,d connections: %,.0f of them a second; live heap %,d bytes%n",
                        here * (i + 1), here / seconds, server.heap());
            }
            report("");
            long end = System.nanoTime() + QUIET.toNanos();
            while (System.nanoTime() < end) {
                for (Swarm swarm : swarms) {
                    swarm.idle(Duration.ofMillis(50));
                }
            }
            report("while all are idle");
            over = true;
            pinging.join();
            for (Swarm swarm : swarms) {
                swarm.close();
            }
        }
    }

    private void ping(ChatClient pinger) {
        try {
            while (!over) {
                long took = pinger.ping().get(1, TimeUnit.MINUTES).toNanos();
                synchronized (pings) {
                    pings.recordValue(TimeUnit.NANOSECONDS.toMicros(took));
                }
                TimeUnit.MILLISECONDS.sleep(PING_MILLIS);
            }
        } catch (Exception lost) {
            System.out.println("the pings ended: " + lost);
        }
    }

    private void report(String when) {
        synchronized (pings) {
            if (!when.isEmpty()) {
                System.out.printf(
                        "ping of somebody else %s: p50 %.1f, p99 %.1f, max %.1f ms of %,d%n",
                        when,
                        pings.getValueAtPercentile(50) / 1e3,
                        pings.getValueAtPercentile(99) / 1e3,
                        pings.getMaxValue() / 1e3,
                        pings.getTotalCount());
            }
            pings.reset();
        }
    }
}
