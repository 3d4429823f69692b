package io.parley.apps.server;

import io.parley.server.ServerOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that bound connections. One thread; picocli sets the fields. */
final class LimitArguments {
    private static final ServerOptions D = ServerOptions.DEFAULT;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Connections at a time; ${DEFAULT-VALUE} if not given.")
    private int maxConnections;

    @Option(
            names = "--max-per-address",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Connections at a time from one IP address; ${DEFAULT-VALUE} if not given.")
    private int maxPerAddress;

    @Option(
            names = "--frames-per-second",
            paramLabel = "N",
            defaultValue = "100",
            description = "Frames a client may send in the long run, a large one counting more; it is read from more"
                    + " slowly then; ${DEFAULT-VALUE} if not given.")
    private int framesPerSecond;

    @Option(
            names = "--burst-frames",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Frames it may send at once; ${DEFAULT-VALUE} if not given.")
    private int burstFrames;

    @Option(
            names = "--login-timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = Durations.Converter.class,
            description = "How long a login may take (30s, 10m, 2h or 7d); ${DEFAULT-VALUE} if not given.")
    private Duration loginTimeout = D.loginTimeout();

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.Converter.class,
            description =
                    "Silence (30s, 10m, 2h or 7d) after which a client is asked whether it is there, and dropped after"
                            + " twice as long; ${DEFAULT-VALUE} if not given.")
    private Duration heartbeat = D.heartbeat();

    @Option(
            names = "--write-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = Durations.Converter.class,
            description =
                    "How long a client may take nothing of what there is for it (30s, 10m, 2h or 7d); ${DEFAULT-VALUE} if not given.")
    private Duration writeTimeout = D.writeTimeout();

    ServerOptions limits() {
        atLeastOne("--max-connections", maxConnections);
        atLeastOne("--max-per-address", maxPerAddress);
        atLeastOne("--frames-per-second", framesPerSecond);
        atLeastOne("--burst-frames", burstFrames);
        return new ServerOptions(
                loginTimeout,
                D.frameTimeout(),
                heartbeat,
                writeTimeout,
                D.closeTimeout(),
                maxConnections,
                maxPerAddress,
                D.maxFrameBytes(),
                D.maxTagBytes(),
                D.maxInFlight(),
                D.outboxBytes(),
                framesPerSecond,
                burstFrames);
    }

    private static void atLeastOne(String option, int value) {
        WrongOption.unless(value > 0, option + ": at least 1, not " + value);
    }
}
