package io.parley.apps.client;

import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the client is started with. Immutable, for any thread.
 *
 * @param destination where to go
 * @param room the room to enter first
 * @param via the transport
 * @param tls whom to trust, or null to speak in the clear
 * @param password of the account that the name is, or null for a guest
 * @param backlog how many of a room's last entries to show on entering it, at most
 * @param reconnect whether to come back when the connection is lost
 * @param mode who is at the other end of the streams
 */
record ClientSettings(
        Destination destination,
        String room,
        Via via,
        @Nullable TlsOptions tls,
        @Nullable String password,
        int backlog,
        boolean reconnect,
        Mode mode) {
    private static final int MAX_NICK = 32;

    /** Who types and reads. */
    enum Mode {
        /** A person at a terminal that has a screen to draw on. */
        SCREEN,
        /** A person at a terminal that has lines only, who sees what he types anyway and what goes wrong. */
        TERMINAL,
        /** A program: it gets its own lines back in their place, and an exit code that tells of lines refused. */
        PIPE
    }

    Transport transport() {
        return tls == null ? via.transport() : via.transport(tls);
    }

    /** The name to go by. */
    String nick() {
        String nick = destination.nick();
        return nick == null ? nickOf(System.getProperty("user.name", "")) : nick;
    }

    /** The nearest name that a server takes, from a name that the system takes. */
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
