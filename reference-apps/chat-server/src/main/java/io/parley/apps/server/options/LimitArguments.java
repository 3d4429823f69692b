package io.parley.apps.server.options;

import io.parley.gateway.GatewayOptions;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that limit connections. One thread; picocli sets the fields. */
final class LimitArguments {
    private static final GatewayOptions D = GatewayOptions.DEFAULT;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Most connections at a time. Default: ${DEFAULT-VALUE}.")
    private int maxConnections;

    @Option(
            names = "--max-per-address",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most connections at a time from one IP address. Default: ${DEFAULT-VALUE}.")
    private int maxPerAddress;

    @Option(
            names = "--frames-per-second",
            paramLabel = "N",
            defaultValue = "100",
            description = "Rate limit for each client, in frames a second; a large frame counts as several. The server"
                    + " reads more slowly from a client over its limit. Default: ${DEFAULT-VALUE}.")
    private int framesPerSecond;

    @Option(
            names = "--burst-frames",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Frames that a client may send in one burst. Default: ${DEFAULT-VALUE}.")
    private int burstFrames;

    @Option(
            names = "--login-timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long a login may take. Times are written 30s, 10m, 2h or 7d. Default: ${DEFAULT-VALUE}.")
    private Duration loginTimeout = D.loginTimeout();

    @Option(
            names = "--heartbeat",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description =
                    "A client that was silent for this time gets a ping; after twice the time the connection is closed. Default: ${DEFAULT-VALUE}.")
    private Duration heartbeat = D.heartbeat();

    @Option(
            names = "--write-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description =
                    "A connection is closed if bytes wait for the client and it accepts none for this time. Default: ${DEFAULT-VALUE}.")
    private Duration writeTimeout = D.writeTimeout();

    GatewayOptions limits() {
        atLeastOne("--max-connections", maxConnections);
        atLeastOne("--max-per-address", maxPerAddress);
        atLeastOne("--frames-per-second", framesPerSecond);
        atLeastOne("--burst-frames", burstFrames);
        return GatewayOptions.builder()
                .loginTimeout(loginTimeout)
                .heartbeat(heartbeat)
                .writeTimeout(writeTimeout)
                .maxConnections(maxConnections)
                .maxConnectionsPerAddress(maxPerAddress)
                .requestsPerSecond(framesPerSecond)
                .burstRequests(burstFrames)
                .build();
    }

    private static void atLeastOne(String option, int value) {
        WrongOption.unless(value > 0, option + ": at least 1, not " + value);
    }
}
