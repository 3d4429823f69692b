package io.parley.apps.server;

import io.parley.apps.server.ServerSettings.Listen;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Says why a server cannot listen where it was told to, and what helps. Any thread may call it. */
final class BindTrouble {
    private static final int LEAST_FREE_PORT = 1024;

    private BindTrouble() {}

    static String words(IOException trouble, Listen listen) {
        String reason = String.valueOf(trouble.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        int port = listen.port();
        if (trouble instanceof UnknownHostException) {
            return "there is no host called " + listen.host() + "; choose one of this machine with --host";
        }
        // The transport names the file where the trouble is with a Unix-domain socket.
        if (listen.unix() != null && reason.contains(listen.unix().toString())) {
            return lower.contains("in use")
                    ? listen.unix() + " is taken: another program listens there; choose another with --unix"
                    : "cannot listen at " + listen.unix() + ": " + reason;
        }
        if (lower.contains("already in use")) {
            return "port " + port + " is taken: another program listens there; choose one with --port";
        }
        if (lower.contains("permission denied") && port > 0 && port < LEAST_FREE_PORT) {
            return "port " + port + " is not allowed: below " + LEAST_FREE_PORT
                    + " a program needs the right to it; choose one with --port";
        }
        if (lower.contains("cannot assign requested address")) {
            return listen.host() + " is not an address of this machine; choose one with --host";
        }
        String where = listen.host().isEmpty() ? "port " + port : listen.host() + ", port " + port;
        return "cannot listen at " + where + ": " + reason;
    }
}
