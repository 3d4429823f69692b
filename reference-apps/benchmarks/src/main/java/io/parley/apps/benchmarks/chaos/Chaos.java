package io.parley.apps.benchmarks.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Proves that sessions survive lost connections: a hundred clients talk through a proxy that damages their connections, and
 * everything that they were promised and shown is checked afterwards.
 *
 * <pre>java -cp benchmarks.jar io.parley.apps.benchmarks.chaos.Chaos [seconds] [nio|blocking] [clear|tls] [seed] [chat-client.jar]</pre>
 *
 * With a jar, ten of the clients are the reference client in processes of their own.
 */
public final class Chaos {
    private static final int CLIENTS = 100;
    private static final int ROOMS = 10;
    private static final Duration MEAN = Duration.ofMillis(4_300); // one in seven meets no connection: 5 s in effect

    private Chaos() {}

    /**
     * Runs and prints a report. Exits with 1 if a promise was broken.
     *
     * @param args seconds, transport, encryption, seed and the jar of the reference client; each may be left out from the end
     */
    public static void main(String[] args) {
        boolean clean = false;
        try {
            Report report = Trial.run(setting(args));
            System.out.println(report);
            clean = report.isClean();
        } catch (Exception failed) {
            System.err.println("the run failed: " + failed);
        }
        System.exit(clean ? 0 : 1);
    }

    private static Setting setting(String[] args) {
        String encryption = args.length > 2 ? args[2] : "clear";
        if (!"clear".equals(encryption) && !"tls".equals(encryption)) {
            throw new IllegalArgumentException("neither clear nor tls: " + encryption);
        }
        return new Setting(
                CLIENTS,
                ROOMS,
                Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 60),
                args.length > 1 ? args[1] : "nio",
                "tls".equals(encryption),
                args.length > 3
                        ? Long.parseLong(args[3])
                        : ThreadLocalRandom.current().nextLong(1_000_000),
                args.length > 4 ? Path.of(args[4]) : null,
                MEAN);
    }
}
