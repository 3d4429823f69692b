package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.apps.benchmarks.tls.Certificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;

/**
 * A server with its load generator. One thread.
 *
 * @param name the server's label
 * @param process the server
 * @param swarm the load generator
 */
record Contender(String name, ServerProcess.Handle process, Swarm swarm) implements AutoCloseable {
    private static final int MAX_WARM_UPS = 6;
    private static final Duration MOST_WARM_UP = Duration.ofSeconds(5);
    private static final double RESTING = 0.02; // of the time

    /** Starts a server and connects the members of a scenario; with TLS if the kind of the server says so. */
    static Contender start(String server, Scenario scenario) throws IOException, GeneralSecurityException {
        return start(ServerSpec.parse(server), scenario);
    }

    static Contender start(ServerSpec server, Scenario scenario) throws IOException, GeneralSecurityException {
        // Two chunks for each room: one is filled and one is read, so that the window does not limit the measurement.
        long window = Math.max(64L << 20, (long) scenario.rooms() * (128 << 10));
        ServerProcess.Handle process = new ServerProcess.Handle(server, window, 10_000);
        try {
            Swarm swarm =
                    new Swarm(process.address(), "m", scenario, server.isTls() ? Certificate.clientContext() : null);
            return new Contender(server.label(), process, swarm);
        } catch (IOException | RuntimeException failed) {
            process.close();
            throw failed;
        }
    }

    /** Sends until the JIT compilers of the server are nearly idle: rounds of warm-up, a few at most. */
    void warmUp(Duration round) throws IOException {
        Duration longer = round.plusSeconds(1);
        Duration time = longer.compareTo(MOST_WARM_UP) > 0 ? MOST_WARM_UP : longer;
        double share = 1;
        for (int n = 0; n < MAX_WARM_UPS && share > RESTING; n++) {
            long compiled = process.usage().compiledMillis();
            swarm.warmUp(time);
            share = (double) (process.usage().compiledMillis() - compiled) / time.toMillis();
        }
    }

    @Override
    public void close() throws IOException {
        process.close();
        swarm.close();
    }
}
