package io.parley.apps.server;

import io.parley.server.ServerOptions;
import picocli.CommandLine.Option;

/** The options that bound connections. One thread; picocli sets the fields. */
final class LimitArguments {
    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Connections at a time; ${DEFAULT-VALUE} if not given.")
    private int maxConnections;

    ServerOptions limits() {
        WrongOption.unless(maxConnections > 0, "--max-connections: at least 1, not " + maxConnections);
        int perAddress = Math.min(maxConnections, ServerOptions.DEFAULT.maxConnectionsPerAddress());
        return ServerOptions.DEFAULT.withMaxConnections(maxConnections, perAddress);
    }
}
