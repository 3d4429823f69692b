package io.parley.apps.server;

import io.parley.apps.server.ServerSettings.Listen;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;

/** Says which of the server's doors cannot be opened, why, and what helps. Any thread may call it. */
final class BindTrouble {
    private static final int LEAST_FREE_PORT = 1024;

    private BindTrouble() {}

    /** At the port for clients. */
    static String words(IOException trouble, Listen listen) {
        return atPort(trouble, new Place("", listen.host(), listen.port(), "--host", "--port"));
    }

    /** At the address of the figures. */
    static String metrics(IOException trouble, InetSocketAddress address) {
        return atPort(
                trouble,
                new Place(
                        "figures cannot be served: ",
                        address.getHostString(),
                        address.getPort(),
                        "--metrics",
                        "--metrics"));
    }

    /** At the Unix-domain socket for clients. */
    static String unix(IOException trouble, Path path) {
        return atPath(trouble, path, "--unix");
    }

    /** At the socket for the operator. */
    static String admin(IOException trouble, Path path) {
        return "the operator cannot be let in: " + atPath(trouble, path, "--admin-socket");
    }

    private record Place(String door, String host, int port, String hostOption, String portOption) {
        @Override
        public String toString() {
            return host.isEmpty() ? "port " + port : host + ", port " + port;
        }
    }

    private static String atPort(IOException trouble, Place at) {
        String reason = String.valueOf(trouble.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        if (trouble instanceof UnknownHostException) {
            return at.door() + "there is no host called " + at.host() + "; choose one of this machine with "
                    + at.hostOption();
        }
        if (lower.contains("already in use")) {
            return at.door() + "port " + at.port() + " is taken: another program listens there; choose one with "
                    + at.portOption();
        }
        if (lower.contains("permission denied") && at.port() > 0 && at.port() < LEAST_FREE_PORT) {
            return at.door() + "port " + at.port() + " is not allowed: below " + LEAST_FREE_PORT
                    + " a program needs the right to it; choose one with " + at.portOption();
        }
        if (lower.contains("cannot assign requested address")) {
            return at.door() + at.host() + " is not an address of this machine; choose one with " + at.hostOption();
        }
        return at.door() + "cannot listen at " + at + ": " + reason;
    }

    private static String atPath(IOException trouble, Path path, String option) {
        String reason = FileTrouble.words(trouble);
        return reason.toLowerCase(Locale.ROOT).contains("in use")
                ? path + " is taken: another program listens there; choose another with " + option
                : "cannot listen at " + path + ": " + reason;
    }
}
