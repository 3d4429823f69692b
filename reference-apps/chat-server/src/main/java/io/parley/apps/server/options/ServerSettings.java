package io.parley.apps.server.options;

import io.parley.accounts.Registration;
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
 * @param rooms its own room, and where rooms are kept
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
     * @param accounts the file of accounts; null if they are in the store
     * @param guests whether guests may log in
     * @param registration who may make an account in the store
     * @param scram whether accounts in the store log in with SCRAM, too
     * @param certificates whether the common name of a client's certificate says whose account in the store it is
     */
    public record Access(
            @Nullable Path accounts, boolean guests, Registration registration, boolean scram, boolean certificates) {

        /** The same without registration. */
        public Access(@Nullable Path accounts, boolean guests) {
            this(accounts, guests, Registration.OFF);
        }

        /** Accounts that log in with passwords only. */
        public Access(@Nullable Path accounts, boolean guests, Registration registration) {
            this(accounts, guests, registration, false, false);
        }
    }

    /**
     * The rooms of a server.
     *
     * @param room the room that the server owns and keeps open
     * @param operator the name of the server in rooms
     * @param grace how long a session is held whose connection is lost
     * @param data where rooms, history and sessions are kept
     */
    public record Rooms(String room, String operator, Duration grace, DataSettings data) {}

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

    /** The defaults of a server with {@code --memory}. */
    public static final ServerSettings DEFAULT = new ServerSettings(
            new Listen("", 5222, TransportKind.NIO, null, null, null),
            null,
            new Access(null, true),
            new Rooms(
                    "lobby",
                    "operator",
                    HubOptions.DEFAULT.grace(),
                    new DataSettings.Memory(DataSettings.MEMORY_HISTORY)),
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

    public ServerSettings with(Access value) {
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
