package io.parley.apps.server.network;

import io.parley.apps.server.files.FileErrors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;

/** Describes why the server cannot listen at an address, and what to do. Any thread may call it. */
public final class BindErrors {
    private static final int LEAST_FREE_PORT = 1024;

    private BindErrors() {}

    /** At the port for clients; an empty host is every interface. */
    public static String port(IOException error, String host, int port) {
        return atPort(error, new Endpoint("", host, port, "--host", "--port"));
    }

    /** At the port for lines of text; an empty host is every interface. */
    public static String lines(IOException error, String host, int port) {
        return atPort(error, new Endpoint("lines cannot be spoken: ", host, port, "--lines", "--lines"));
    }

    /** At the address of the metrics. */
    public static String metrics(IOException error, InetSocketAddress address) {
        return atPort(
                error,
                new Endpoint(
                        "figures cannot be served: ",
                        address.getHostString(),
                        address.getPort(),
                        "--metrics",
                        "--metrics"));
    }

    /** At the Unix-domain socket for clients. */
    public static String unix(IOException error, Path path) {
        return atPath(error, path, "--unix");
    }

    /** At the admin socket. */
    public static String admin(IOException error, Path path) {
        return "the operator cannot be let in: " + atPath(error, path, "--admin-socket");
    }

    private record Endpoint(String prefix, String host, int port, String hostOption, String portOption) {
        @Override
        public String toString() {
            return host.isEmpty() ? "port " + port : host + ", port " + port;
        }
    }

    private static String atPort(IOException error, Endpoint at) {
        String reason = String.valueOf(error.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        if (error instanceof UnknownHostException) {
            return at.prefix() + "there is no host called " + at.host() + "; choose one of this machine with "
                    + at.hostOption();
        }
        if (lower.contains("already in use")) {
            return at.prefix() + "port " + at.port() + " is taken: another program listens there; choose one with "
                    + at.portOption();
        }
        if (lower.contains("permission denied") && at.port() > 0 && at.port() < LEAST_FREE_PORT) {
            return at.prefix() + "port " + at.port() + " is not allowed: below " + LEAST_FREE_PORT
                    + " a program needs the right to it; choose one with " + at.portOption();
        }
        if (lower.contains("cannot assign requested address")) {
            return at.prefix() + at.host() + " is not an address of this machine; choose one with " + at.hostOption();
        }
        return at.prefix() + "cannot listen at " + at + ": " + reason;
    }

    private static String atPath(IOException error, Path path, String option) {
        String reason = FileErrors.describe(error);
        return reason.toLowerCase(Locale.ROOT).contains("in use")
                ? path + " is taken: another program listens there; choose another with " + option
                : "cannot listen at " + path + ": " + reason;
    }
}
