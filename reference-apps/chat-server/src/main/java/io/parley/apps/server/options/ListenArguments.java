package io.parley.apps.server.options;

import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.options.ServerSettings.Lines;
import io.parley.apps.server.options.ServerSettings.Listen;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the server listens. One thread; picocli sets the fields. */
final class ListenArguments {
    private static final int MAX_PORT = 65_535;

    @Option(names = "--host", paramLabel = "HOST", description = "The address to listen on. Default: all interfaces.")
    private String host = ServerSettings.DEFAULT.listen().host();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "5222",
            description = "The TCP port; 0 lets the system choose one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "nio",
            description = "nio (selector loops) or blocking (threads). Default: ${DEFAULT-VALUE}.")
    private TransportKind transport = ServerSettings.DEFAULT.listen().transport();

    @Option(
            names = "--lines",
            paramLabel = "[HOST:]PORT",
            description =
                    "Also speak lines of text at this address, for netcat and telnet; under TLS if the server has a"
                            + " certificate. Without HOST: where --host says.")
    private @Nullable String lines;

    @Option(
            names = "--unix",
            paramLabel = "PATH",
            description = "Also listen on this Unix-domain socket. Users who may write to the file can connect; the"
                    + " umask decides who they are.")
    private @Nullable Path unix;

    @Option(
            names = "--admin-socket",
            paramLabel = "PATH",
            description = "Accept operator commands on this Unix-domain socket: chat-server admin --socket PATH.")
    private @Nullable Path admin;

    @Option(
            names = "--metrics",
            paramLabel = "[HOST:]PORT",
            description = "Serve /metrics (Prometheus), /health/live and /health/ready over HTTP at this address."
                    + " Without HOST: on loopback only.")
    private @Nullable String metrics;

    Listen listen() {
        WrongOption.unless(port >= 0 && port <= MAX_PORT, "--port: " + port + " is not a port: 0 to " + MAX_PORT);
        if (unix != null) {
            Path folder = unix.toAbsolutePath().getParent();
            WrongOption.unless(
                    folder != null && Files.isWritable(folder),
                    "--unix: there is no folder for " + unix + " in which a file can be made");
        }
        return new Listen(host, port, transport, unix, admin, metrics(), lines());
    }

    private @Nullable InetSocketAddress metrics() {
        if (metrics == null) {
            return null;
        }
        int number = port("--metrics", metrics);
        String at = host(metrics);
        return at == null
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), number)
                : new InetSocketAddress(at, number);
    }

    private @Nullable Lines lines() {
        if (lines == null) {
            return null;
        }
        String at = host(lines);
        return new Lines(at == null ? host : at, port("--lines", lines));
    }

    /** The host in [HOST:]PORT, or null. */
    private static @Nullable String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? null : address.substring(0, colon);
    }

    private static int port(String option, String address) {
        String number = address.substring(address.lastIndexOf(':') + 1);
        WrongOption.unless(
                number.matches("[0-9]{1,5}") && Integer.parseInt(number) <= MAX_PORT,
                option + ": no port in " + address);
        return Integer.parseInt(number);
    }
}
