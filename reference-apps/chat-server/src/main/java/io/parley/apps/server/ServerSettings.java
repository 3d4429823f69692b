package io.parley.apps.server;

import io.parley.gateway.GatewayOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the server is started with. Immutable, for any thread.
 *
 * @param listen where it listens, and how bytes are moved
 * @param tls where the certificate is, or null to speak in the clear
 * @param people who may come in
 * @param rooms what it keeps
 * @param greeting a word to everybody who comes, of one line or several; may be empty
 * @param limits the bounds of its connections
 * @param logs what is logged, and how
 */
public record ServerSettings(
        Listen listen,
        @Nullable TlsSettings tls,
        People people,
        Rooms rooms,
        String greeting,
        GatewayOptions limits,
        Logs logs) {

    /**
     * Where a server listens.
     *
     * @param host the name or address to listen on; empty for every interface
     * @param port the TCP port; 0 lets the system choose
     * @param via the transport
     * @param unix where to listen on a Unix-domain socket as well, or null
     * @param admin where the operator is let in without a terminal, or null
     * @param metrics where figures and health are served, or null
     */
    public record Listen(
            String host,
            int port,
            Via via,
            @Nullable Path unix,
            @Nullable Path admin,
            @Nullable InetSocketAddress metrics) {}

    /**
     * Who may come in.
     *
     * @param accounts the file of accounts, or null
     * @param guests whether guests are welcome
     */
    public record People(@Nullable Path accounts, boolean guests) {}

    /**
     * What a server keeps.
     *
     * @param room a room that it keeps open and owns
     * @param operator the name in which it speaks
     * @param history entries that are kept of each room
     */
    public record Rooms(String room, String operator, int history) {}

    /**
     * What is logged, and how.
     *
     * @param logged how much
     * @param connections whether connections are logged, too, beside those who log in on them
     * @param json whether each line is an object in JSON
     */
    public record Logs(Logged logged, boolean connections, boolean json) {}

    /** How much is logged. */
    public enum Logged {
        /** Nothing. */
        NOTHING,
        /** Who comes, goes and is moderated. */
        PRESENCE,
        /** That and what is said in rooms; direct messages never are. */
        MESSAGES
    }

    /** What holds where nothing else is asked for. */
    public static final ServerSettings DEFAULT = new ServerSettings(
            new Listen("", 5222, Via.NIO, null, null, null),
            null,
            new People(null, true),
            new Rooms("lobby", "operator", 10_000),
            "",
            GatewayOptions.DEFAULT,
            new Logs(Logged.PRESENCE, false, false));

    /**
     * The same on another port. Any thread may call it.
     *
     * @param value the port; 0 lets the system choose
     * @return the settings
     */
    public ServerSettings onPort(int value) {
        return with(new Listen(listen.host, value, listen.via, listen.unix, listen.admin, listen.metrics));
    }

    /**
     * The same under TLS, with a certificate of its own. Any thread may call it.
     *
     * @param folder where certificate and key are kept, and made if they are not there
     * @return the settings
     */
    public ServerSettings selfSigned(Path folder) {
        return with(TlsSettings.selfSigned(folder));
    }

    /**
     * The same with another log. Any thread may call it.
     *
     * @param value what is logged
     * @return the settings
     */
    public ServerSettings logging(Logged value) {
        return with(new Logs(value, logs.connections, logs.json));
    }

    ServerSettings with(Listen value) {
        return new ServerSettings(value, tls, people, rooms, greeting, limits, logs);
    }

    ServerSettings with(TlsSettings value) {
        return new ServerSettings(listen, value, people, rooms, greeting, limits, logs);
    }

    ServerSettings with(People value) {
        return new ServerSettings(listen, tls, value, rooms, greeting, limits, logs);
    }

    ServerSettings with(Logs value) {
        return new ServerSettings(listen, tls, people, rooms, greeting, limits, value);
    }

    /** The same with what can change while the server runs: the word to those who come, and the bounds. */
    ServerSettings with(String newGreeting, GatewayOptions newLimits) {
        return new ServerSettings(listen, tls, people, rooms, newGreeting, newLimits, logs);
    }
}
