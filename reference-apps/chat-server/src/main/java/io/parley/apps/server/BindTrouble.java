package io.parley.apps.server;

import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Says why a server cannot listen where it was told to, and what helps. Any thread may call it. */
final class BindTrouble {
    private static final int LEAST_FREE_PORT = 1024;

    private BindTrouble() {}

    static String words(IOException trouble, ServerSettings settings) {
        String reason = String.valueOf(trouble.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        int port = settings.port();
        if (trouble instanceof UnknownHostException) {
            return "there is no host called " + settings.host() + "; choose one of this machine with --host";
        }
        // The transport names the file where the trouble is with a Unix-domain socket.
        if (settings.unix() != null && reason.contains(settings.unix().toString())) {
            return lower.contains("in use")
                    ? settings.unix() + " is taken: another program listens there; choose another with --unix"
                    : "cannot listen at " + settings.unix() + ": " + reason;
        }
        if (lower.contains("already in use")) {
            return "port " + port + " is taken: another program listens there; choose one with --port";
        }
        if (lower.contains("permission denied") && port > 0 && port < LEAST_FREE_PORT) {
            return "port " + port + " is not allowed: below " + LEAST_FREE_PORT
                    + " a program needs the right to it; choose one with --port";
        }
        if (lower.contains("cannot assign requested address")) {
            return settings.host() + " is not an address of this machine; choose one with --host";
        }
        String where = settings.host().isEmpty() ? "port " + port : settings.host() + ", port " + port;
        return "cannot listen at " + where + ": " + reason;
    }
}
