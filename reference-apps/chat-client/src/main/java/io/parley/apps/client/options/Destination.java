package io.parley.apps.client.options;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The address of a server, and perhaps the name of the user: {@code [nick@]host[:port]}, with an IPv6 address in
 * brackets, or {@code [nick@]unix:/path}. Immutable, for any thread.
 *
 * @param nick the name of the user, or null if none is given
 * @param host the name or address of a host, or the path of a Unix-domain socket
 * @param port the TCP port; 0 if the host is a path
 */
public record Destination(@Nullable String nick, String host, int port) {
    static final int DEFAULT_PORT = 5222;

    private static final String UNIX = "unix:";
    private static final int MAX_PORT = 65_535;

    /**
     * Parses a destination.
     *
     * @throws IllegalArgumentException if it is not valid; the message says why
     */
    public static Destination parse(String text) {
        int at = text.startsWith(UNIX) ? -1 : text.indexOf('@');
        if (at == 0) {
            throw new IllegalArgumentException("there is no name before the @");
        }
        String nick = at < 0 ? null : text.substring(0, at);
        String place = text.substring(at + 1);
        if (place.startsWith(UNIX)) {
            return new Destination(nick, named(place.substring(UNIX.length()), "path"), 0);
        }
        if (place.startsWith("[")) {
            int end = place.indexOf(']');
            if (end < 0) {
                throw new IllegalArgumentException("a [ without its ]");
            }
            String rest = place.substring(end + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw new IllegalArgumentException("after ] comes :port or nothing");
            }
            return new Destination(nick, named(place.substring(1, end), "host"), port(rest));
        }
        int colon = place.indexOf(':');
        boolean bareIpv6 = colon >= 0 && place.indexOf(':', colon + 1) >= 0;
        int end = colon < 0 || bareIpv6 ? place.length() : colon;
        return new Destination(nick, named(place.substring(0, end), "host"), port(place.substring(end)));
    }

    private static String named(String text, String what) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("there is no " + what);
        }
        return text;
    }

    private static int port(String colonAndPort) {
        if (colonAndPort.isEmpty()) {
            return DEFAULT_PORT;
        }
        String digits = colonAndPort.substring(1);
        int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("not a port: '" + digits + "'; 1 to " + MAX_PORT);
        }
        return port;
    }

    /** The same with another name of the user. */
    Destination as(String name) {
        return new Destination(name, host, port);
    }

    boolean isUnix() {
        return port == 0;
    }

    /** The address; a host is not looked up. */
    public SocketAddress socketAddress() {
        return isUnix() ? UnixDomainSocketAddress.of(host) : InetSocketAddress.createUnresolved(host, port);
    }

    /** The address without the name, as the user could type it. */
    public String address() {
        if (isUnix()) {
            return UNIX + host;
        }
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
