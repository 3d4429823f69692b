package io.parley.apps.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the server is started with. Immutable, for any thread.
 *
 * @param host the name or address to listen on; empty for every interface
 * @param port the TCP port; 0 lets the system choose
 * @param via the transport
 * @param tls where the certificate is, or null to speak in the clear
 * @param unix where to listen on a Unix-domain socket as well, or null
 * @param admin where the operator is let in without a terminal, or null
 * @param metrics where figures and health are served, or null
 * @param people who may come in
 * @param room a room that the server keeps open and owns
 * @param operator the name in which the server speaks
 * @param greeting a word to everybody who comes; may be empty
 * @param history entries that are kept of each room
 * @param maxConnections connections at a time
 * @param logged what is logged
 */
public record ServerSettings(
        String host,
        int port,
        Via via,
        @Nullable TlsSettings tls,
        @Nullable Path unix,
        @Nullable Path admin,
        @Nullable InetSocketAddress metrics,
        People people,
        String room,
        String operator,
        String greeting,
        int history,
        int maxConnections,
        Logged logged) {

    /** How much is logged. */
    public enum Logged {
        /** Nothing. */
        NOTHING,
        /** Who comes, goes and is moderated. */
        PRESENCE,
        /** That and what is said in rooms; direct messages never are. */
        MESSAGES
    }

    /**
     * Who may come in.
     *
     * @param accounts the file of accounts, or null
     * @param guests whether guests are welcome
     */
    public record People(@Nullable Path accounts, boolean guests) {
        static final People GUESTS = new People(null, true);
    }

    /** What holds where nothing else is asked for. */
    public static final ServerSettings DEFAULT = new ServerSettings(
            "",
            5222,
            Via.NIO,
            null,
            null,
            null,
            null,
            People.GUESTS,
            "lobby",
            "operator",
            "",
            10_000,
            20_000,
            Logged.PRESENCE);

    /**
     * The same on another port. Any thread may call it.
     *
     * @param value the port; 0 lets the system choose
     * @return the settings
     */
    public ServerSettings onPort(int value) {
        return new ServerSettings(
                host,
                value,
                via,
                tls,
                unix,
                admin,
                metrics,
                people,
                room,
                operator,
                greeting,
                history,
                maxConnections,
                logged);
    }

    /**
     * The same under TLS, with a certificate of its own. Any thread may call it.
     *
     * @param folder where certificate and key are kept, and made if they are not there
     * @return the settings
     */
    public ServerSettings selfSigned(Path folder) {
        TlsSettings own = TlsSettings.selfSigned(folder);
        return new ServerSettings(
                host,
                port,
                via,
                own,
                unix,
                admin,
                metrics,
                people,
                room,
                operator,
                greeting,
                history,
                maxConnections,
                logged);
    }

    /**
     * The same with another log. Any thread may call it.
     *
     * @param value what is logged
     * @return the settings
     */
    public ServerSettings logging(Logged value) {
        return new ServerSettings(
                host,
                port,
                via,
                tls,
                unix,
                admin,
                metrics,
                people,
                room,
                operator,
                greeting,
                history,
                maxConnections,
                value);
    }
}
