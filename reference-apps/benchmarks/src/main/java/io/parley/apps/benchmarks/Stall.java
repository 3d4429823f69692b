package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.measure.Usage;
import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.transport.Transport;
import io.parley.transport.blocking.BlockingTransport;
import io.parley.transport.nio.NioTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A member of a room of 100 that stops reading at full load, beside the same run without. What the others get, what the
 * server holds, and what the member gets when it reads again: everything it missed, or exactly what is lost.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.Stall [nio|blocking] [seconds]</pre>
 */
public final class Stall {
    private static final Scenario OTHERS = Scenario.closed("load", 1, 99, 1, 64);
    private static final long WINDOW_BYTES = 1 << 20;
    private static final int SAYS = 200;

    private Stall() {}

    /**
     * Measures.
     *
     * @param args the transport (nio) and how long the member does not read, in seconds (5)
     * @throws IOException if a connection fails
     */
    public static void main(String[] args) throws IOException {
        String transport = args.length > 0 ? args[0] : "nio";
        Duration time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 5);
        run(transport, "reads all the time", false, 2_000_000, time);
        run(transport, "stops reading; history keeps all", true, 2_000_000, time);
        run(transport, "stops reading; history keeps 10,000", true, 10_000, time);
    }

    private static void run(String name, String what, boolean sleeps, int keepEntries, Duration time)
            throws IOException {
        Transport transport = "blocking".equals(name) ? BlockingTransport.create() : NioTransport.create();
        try (ServerProcess.Handle server = new ServerProcess.Handle("parley-" + name, WINDOW_BYTES, keepEntries)) {
            InetSocketAddress address = server.address();
            try (Swarm swarm = new Swarm(address, "load", OTHERS, null);
                    Sleeper sleeper = new Sleeper(transport, address, "load")) {
                swarm.talk(time);
                if (sleeps) {
                    sleeper.sleep(SAYS);
                } else {
                    sleeper.speak(SAYS);
                }
                swarm.latencies().reset();
                long before = swarm.deliveries();
                long start = System.nanoTime();
                swarm.talk(time);
                double seconds = (System.nanoTime() - start) / 1e9;
                double rate = (swarm.deliveries() - before) / seconds;
                Usage held = server.collected();
                System.out.printf(
                        "%s, the member %s: the others get %,.0f deliveries/s, p50 %.2f ms, p99 %.2f ms%n",
                        name,
                        what,
                        rate,
                        swarm.latencies().getValueAtPercentile(50) / 1e6,
                        swarm.latencies().getValueAtPercentile(99) / 1e6);
                System.out.printf(
                        "    the server holds %,d KiB of heap, %,d KiB of them the window%n",
                        held.heapBytes() >> 10, held.windowBytes() >> 10);
                long missed = swarm.lastSeq() - sleeper.lastSeq();
                sleeper.wakeUp();
                swarm.settle(Duration.ofSeconds(30));
                boolean caughtUp = swarm.await(() -> sleeper.lastSeq() >= swarm.lastSeq(), Duration.ofMinutes(2));
                System.out.printf(
                        "    %,d behind when it reads again; %s: %s%n",
                        missed, caughtUp ? "has caught up" : "HAS NOT CAUGHT UP", sleeper.report());
            }
        }
    }
}
