package io.parley.apps.server;

import io.parley.apps.server.tls.Certificate;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The command lines that connect a client to this server. Any thread may call it. */
public final class ConnectCommands {
    private static final String COMMAND = "java -jar chat-client.jar ";

    private static final Pattern ZEROS = Pattern.compile("\\b0(:0\\b)+");

    private ConnectCommands() {}

    /**
     * The commands, one for each address that clients can use.
     *
     * @param bound where the server listens
     * @param local the addresses of this machine, listed if the server listens on every interface
     * @param certificate the certificate of the server on TCP, or null without TLS
     */
    static List<String> to(SocketAddress bound, List<InetAddress> local, @Nullable Certificate certificate) {
        String trust = certificate == null || !(bound instanceof InetSocketAddress) ? "" : trust(certificate);
        return to(bound, local).stream().map(command -> command + trust).toList();
    }

    private static String trust(Certificate certificate) {
        return certificate.isSelfSigned() ? " --tls-fingerprint " + certificate.fingerprint() : " --tls";
    }

    private static List<String> to(SocketAddress bound, List<InetAddress> local) {
        if (bound instanceof UnixDomainSocketAddress unix) {
            return List.of(COMMAND + "unix:" + unix.getPath());
        }
        if (!(bound instanceof InetSocketAddress inet)) {
            return List.of(COMMAND + bound);
        }
        return hosts(inet, local).stream()
                .map(host -> COMMAND + host + ":" + inet.getPort())
                .toList();
    }

    /** The same for lines of text: netcat's command. Under TLS it is that of Nmap's netcat. */
    static List<String> lines(SocketAddress bound, List<InetAddress> local, boolean tls) {
        if (!(bound instanceof InetSocketAddress inet)) {
            return List.of(bound.toString());
        }
        return hosts(inet, local).stream()
                .map(host -> (tls ? "ncat --ssl " : "nc ") + host.replaceAll("[\\[\\]]", "") + " " + inet.getPort())
                .toList();
    }

    /** The names and addresses by which clients can reach an address. */
    private static List<String> hosts(InetSocketAddress bound, List<InetAddress> local) {
        List<String> hosts = new ArrayList<>();
        InetAddress address = bound.getAddress();
        if (address != null && address.isAnyLocalAddress()) {
            hosts.add("localhost");
            local.forEach(one -> hosts.add(host(one)));
        } else {
            hosts.add(host(address));
        }
        return hosts;
    }

    private static String host(@Nullable InetAddress address) {
        if (address == null) {
            return "localhost";
        }
        return address instanceof Inet6Address inet6 ? "[" + shortForm(inet6) + "]" : address.getHostAddress();
    }

    /** The address with its longest run of zeros left out (RFC 5952), with its zone only if it is link-local. */
    private static String shortForm(Inet6Address address) {
        String[] parts = address.getHostAddress().split("%", 2);
        String zone = address.isLinkLocalAddress() && parts.length > 1 ? "%" + parts[1] : "";
        Matcher zeros = ZEROS.matcher(parts[0]);
        String run = "";
        while (zeros.find()) {
            run = zeros.group().length() > run.length() ? zeros.group() : run;
        }
        return (run.isEmpty() ? parts[0] : parts[0].replaceFirst("(^|:)" + run + "(:|$)", "::")) + zone;
    }
}
