package io.parley.apps.benchmarks.chaos;

import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import io.parley.transport.blocking.BlockingTransport;
import io.parley.transport.nio.NioTransport;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a run is made. Immutable, for any thread.
 *
 * @param clients how many clients there are, every other one an account
 * @param rooms how many rooms
 * @param time how long the faults last
 * @param transport {@code nio} or {@code blocking}
 * @param tls whether connections are encrypted
 * @param seed of the faults
 * @param program the reference client, which a tenth of the clients are; null for none
 * @param meanBetweenFaults the mean time between two faults of one client; one that meets no connection is left out
 */
record Setting(
        int clients,
        int rooms,
        Duration time,
        String transport,
        boolean tls,
        long seed,
        @Nullable Path program,
        Duration meanBetweenFaults) {
    /** How many clients are processes. */
    int processes() {
        return program == null ? 0 : clients / 10;
    }

    Transport transport(@Nullable SSLContext context) {
        return switch (transport) {
            case "nio" -> {
                NioTransport.Builder nio = NioTransport.builder();
                yield (context == null ? nio : nio.tls(TlsOptions.of(context))).build();
            }
            case "blocking" -> {
                BlockingTransport.Builder blocking = BlockingTransport.builder();
                yield (context == null ? blocking : blocking.tls(TlsOptions.of(context))).build();
            }
            default -> throw new IllegalArgumentException("no transport " + transport);
        };
    }

    @Override
    public String toString() {
        return transport + (tls ? " tls" : " clear") + ", " + time.toSeconds() + " s, " + clients + " clients, "
                + processes() + " of them processes, " + rooms + " rooms, seed " + seed;
    }
}
