package io.parley.apps.client.options;

import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the client. Immutable, for any thread.
 *
 * @param destination the server, and the name of the user
 * @param room the room to join first
 * @param transportKind the transport
 * @param tls which certificates to trust, or null for no TLS
 * @param login how the user logs in
 * @param backlog how many entries of a room to show after joining it, at most
 * @param reconnect whether to reconnect when the connection is lost
 * @param mode what the standard streams are connected to
 */
public record ClientSettings(
        Destination destination,
        String room,
        TransportKind transportKind,
        @Nullable TlsOptions tls,
        Login login,
        int backlog,
        boolean reconnect,
        Mode mode) {
    private static final int MAX_NICK = 32;

    /** What the standard streams are connected to. */
    public enum Mode {
        /** A terminal that can move its cursor. */
        SCREEN,
        /** A terminal that has lines only. It shows what the user types, so own messages are not printed. */
        TERMINAL,
        /** A pipe or a file. Own messages are printed, and the exit code tells whether a line was refused. */
        PIPE
    }

    /** The same, to make an account. */
    public ClientSettings registering(String name, String newPassword, String invitation) {
        return new ClientSettings(
                destination.as(name),
                room,
                transportKind,
                tls,
                new Login.Registration(newPassword, invitation),
                backlog,
                reconnect,
                mode);
    }

    public Transport transport() {
        return tls == null ? transportKind.create() : transportKind.create(tls);
    }

    /** The name of the user. */
    public String nick() {
        return nick(destination);
    }

    /** The name of the user at a destination. */
    public static String nick(Destination destination) {
        String nick = destination.nick();
        return nick == null ? nickOf(System.getProperty("user.name", "")) : nick;
    }

    /** Turns a user name of the system into a name that a server accepts. */
    static String nickOf(String systemName) {
        StringBuilder nick = new StringBuilder();
        systemName
                .codePoints()
                .filter(point -> Character.isLetterOrDigit(point) || "-_.".indexOf(point) >= 0)
                .limit(MAX_NICK)
                .forEach(nick::appendCodePoint);
        boolean named = nick.codePoints().anyMatch(Character::isLetterOrDigit);
        return named ? nick.toString().toLowerCase(Locale.ROOT) : "guest";
    }
}
