package io.parley.apps.server;

import io.parley.apps.server.log.ServerLog;
import io.parley.apps.server.network.LocalAddresses;
import io.parley.apps.server.options.Configuration;
import io.parley.apps.server.options.ServerSettings;
import io.parley.apps.server.tls.Certificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logs what an operator needs to know when a server has started. Any thread may call it. */
final class StartMessages {
    private static final String EVENT = "start";

    private StartMessages() {}

    /**
     * Logs the messages.
     *
     * @param addresses where the server listens
     * @param certificate the certificate of the server, or null without TLS
     * @param metrics where the metrics are served, or null
     */
    static void log(
            ServerLog log,
            Configuration configuration,
            List<SocketAddress> addresses,
            @Nullable Certificate certificate,
            @Nullable InetSocketAddress metrics) {
        ServerSettings settings = configuration.settings();
        configuration.warnings().forEach(warning -> log.warning(EVENT, warning));
        log.note(
                EVENT,
                "Parley chat server, transport " + settings.listen().transport() + ". The room "
                        + settings.rooms().room() + " is open. To come in:");
        List<InetAddress> local = LocalAddresses.reachable();
        boolean lines = settings.listen().lines() != null;
        int last = addresses.size() - 1; // of the lines, if they are spoken
        for (SocketAddress bound : lines ? addresses.subList(0, last) : addresses) {
            ConnectCommands.to(bound, local, certificate).forEach(command -> log.note(EVENT, "  " + command));
        }
        if (lines) {
            log.note(EVENT, certificate == null ? "With lines of text:" : "With lines of text, under TLS:");
            ConnectCommands.lines(addresses.get(last), local, certificate != null)
                    .forEach(command -> log.note(EVENT, "  " + command));
        }
        if (!settings.access().guests()) {
            log.note(EVENT, "Only accounts are let in: put NAME@ before the address, and --password behind it.");
        }
        if (certificate != null) {
            log.note(
                    EVENT,
                    "Under TLS, certificate " + certificate.fingerprint() + ", " + certificate.validity(Instant.now()));
            String warning = certificate.warning(Instant.now());
            if (warning != null) {
                log.warning(EVENT, warning);
            }
        }
        log.note(EVENT, Storage.describe(settings.rooms().data()));
        if (metrics != null) {
            log.note(EVENT, "figures at http:/" + metrics + "/metrics");
        }
        log.note(EVENT, "A line typed here is said to everybody, /help lists commands; Ctrl-C ends the server.");
    }
}
