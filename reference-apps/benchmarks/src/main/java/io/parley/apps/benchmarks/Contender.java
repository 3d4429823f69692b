package io.parley.apps.benchmarks;

import io.parley.apps.benchmarks.swarm.Scenario;
import io.parley.apps.benchmarks.swarm.Swarm;
import io.parley.apps.benchmarks.tls.Certificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A server with its load generator. One thread measures; another may call {@link #attend}, so that the server does not end the
 * connections of a load generator that waits for its turn.
 */
final class Contender implements AutoCloseable {
    private static final int MAX_WARM_UPS = 6;
    private static final Duration MOST_WARM_UP = Duration.ofSeconds(5);
    private static final double RESTING = 0.02; // of the time
    private static final Duration LOOK = Duration.ofMillis(5);

    private final String name;
    private final ServerProcess.Handle process;
    private final Swarm swarm;
    private final ReentrantLock lock = new ReentrantLock(); // held by who uses the swarm
    private @Nullable Exception lost; // while nobody measured; guarded by the lock

    Contender(String name, ServerProcess.Handle process, Swarm swarm) {
        this.name = name;
        this.process = process;
        this.swarm = swarm;
    }

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

    /** The server's label. */
    String name() {
        return name;
    }

    ServerProcess.Handle process() {
        return process;
    }

    /** The load generator, for who does not let it wait. */
    Swarm swarm() {
        return swarm;
    }

    /** Sends until the JIT compilers of the server are nearly idle: rounds of warm-up, a few at most. */
    void warmUp(Duration round) throws IOException {
        begin();
        try {
            compile(round);
        } finally {
            lock.unlock();
        }
    }

    private void compile(Duration round) throws IOException {
        Duration longer = round.plusSeconds(1);
        Duration time = longer.compareTo(MOST_WARM_UP) > 0 ? MOST_WARM_UP : longer;
        double share = 1;
        for (int n = 0; n < MAX_WARM_UPS && share > RESTING; n++) {
            long compiled = process.usage().compiledMillis();
            swarm.warmUp(time);
            share = (double) (process.usage().compiledMillis() - compiled) / time.toMillis();
        }
    }

    /** Measures a round. */
    Round round(Duration time) throws IOException {
        begin();
        try {
            return Round.of(process, swarm, time);
        } finally {
            lock.unlock();
        }
    }

    private void begin() throws IOException {
        lock.lock();
        if (lost != null) {
            lock.unlock();
            throw new IOException(name + " ended a connection that waited for its turn", lost);
        }
    }

    /** Answers pings if nobody measures at the moment. Any thread. */
    void attend() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (lost == null) {
                swarm.idle(LOOK);
            }
        } catch (IOException | RuntimeException ended) {
            lost = ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            process.close();
            swarm.close();
        } finally {
            lock.unlock();
        }
    }
}
