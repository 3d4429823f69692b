package io.parley.apps.server.options;

import io.parley.apps.server.network.TransportKind;
import io.parley.apps.server.tls.TlsSettings;
import io.parley.gateway.GatewayOptions;
import io.parley.room.HubOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a server. Immutable, for any thread.
 *
 * @param listen where it listens, and over which transport
 * @param tls the settings of TLS, or null for none
 * @param access who may log in
 * @param rooms its own room, and the history of rooms
 * @param greeting a text for each user after login, of one line or several; may be empty
 * @param limits the limits of its connections
 * @param logs what is logged, and how
 */
public record ServerSettings(
        Listen listen,
        @Nullable TlsSettings tls,
        Access access,
        Rooms rooms,
        String greeting,
        GatewayOptions limits,
        Logs logs) {

    /**
     * Where a server listens.
     *
     * @param host the name or address to listen on; empty for every interface
     * @param port the TCP port; 0 lets the system choose
     * @param transport the transport
     * @param unix where to listen on a Unix-domain socket as well, or null
     * @param admin the Unix-domain socket for operator commands, or null
     * @param metrics where metrics and health checks are served, or null
     * @param lines where it speaks lines of text, or null
     */
    public record Listen(
            String host,
            int port,
            TransportKind transport,
            @Nullable Path unix,
            @Nullable Path admin,
            @Nullable InetSocketAddress metrics,
            @Nullable Lines lines) {

        /** The same without lines of text. */
        public Listen(
                String host,
                int port,
                TransportKind transport,
                @Nullable Path unix,
                @Nullable Path admin,
                @Nullable InetSocketAddress metrics) {
            this(host, port, transport, unix, admin, metrics, null);
        }

        Listen onPort(int value) {
            return new Listen(host, value, transport, unix, admin, metrics, lines);
        }
    }

    /**
     * Where a server speaks lines of text.
     *
     * @param host the name or address to listen on; empty for every interface
     * @param port the TCP port; 0 lets the system choose
     */
    public record Lines(String host, int port) {}

    /**
     * Who may log in.
     *
     * @param accounts the file of accounts, or null
     * @param guests whether guests may log in
     */
    public record Access(@Nullable Path accounts, boolean guests) {}

    /**
     * The rooms of a server.
     *
     * @param room the room that the server owns and keeps open
     * @param operator the name of the server in rooms
     * @param history how many entries of each room are kept
     * @param grace how long a session is held whose connection is lost
     * @param data the folder where rooms and sessions are kept, or null to keep them in memory
     */
    public record Rooms(
            String room,
            String operator,
            int history,
            Duration grace,
            @Nullable Path data) {

        /** The same in memory. */
        public Rooms(String room, String operator, int history, Duration grace) {
            this(room, operator, history, grace, null);
        }
    }

    /**
     * What is logged, and how.
     *
     * @param logged how much
     * @param connections whether connections are logged as well
     * @param json whether each line is a JSON object
     */
    public record Logs(Logged logged, boolean connections, boolean json) {}

    /** How much is logged. */
    public enum Logged {
        /** Nothing. */
        NOTHING,
        /** Logins, joins, leaves and moderation. */
        PRESENCE,
        /** The same and the messages of rooms; direct messages are never logged. */
        MESSAGES
    }

    /** The defaults. */
    public static final ServerSettings DEFAULT = new ServerSettings(
            new Listen("", 5222, TransportKind.NIO, null, null, null),
            null,
            new Access(null, true),
            new Rooms("lobby", "operator", 10_000, HubOptions.DEFAULT.grace()),
            "",
            GatewayOptions.DEFAULT,
            new Logs(Logged.PRESENCE, false, false));

    /**
     * The same settings with another port. Any thread may call it.
     *
     * @param value the port; 0 lets the system choose
     * @return the settings
     */
    public ServerSettings onPort(int value) {
        return with(listen.onPort(value));
    }

    /**
     * The same settings with TLS and a self-signed certificate. Any thread may call it.
     *
     * @param folder the folder of certificate and key; they are made if they are missing
     * @return the settings
     */
    public ServerSettings selfSigned(Path folder) {
        return with(TlsSettings.selfSigned(folder));
    }

    /**
     * The same settings with another log. Any thread may call it.
     *
     * @param value what is logged
     * @return the settings
     */
    public ServerSettings logging(Logged value) {
        return with(new Logs(value, logs.connections, logs.json));
    }

    public ServerSettings with(Listen value) {
        return new ServerSettings(value, tls, access, rooms, greeting, limits, logs);
    }

    public ServerSettings with(TlsSettings value) {
        return new ServerSettings(listen, value, access, rooms, greeting, limits, logs);
    }

    ServerSettings with(Access value) {
        return new ServerSettings(listen, tls, value, rooms, greeting, limits, logs);
    }

    public ServerSettings with(Logs value) {
        return new ServerSettings(listen, tls, access, rooms, greeting, limits, value);
    }

    /** The same settings with another greeting and other limits. */
    public ServerSettings with(String newGreeting, GatewayOptions newLimits) {
        return new ServerSettings(listen, tls, access, rooms, newGreeting, newLimits, logs);
    }
}
