package io.parley.apps.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What to type to come to a server that listens at an address. Any thread may call it. */
final class Invitation {
    private static final String COMMAND = "java -jar chat-client.jar ";

    private static final Pattern ZEROS = Pattern.compile("\\b0(:0\\b)+");

    private Invitation() {}

    /**
     * The commands, one for each address that clients can use.
     *
     * @param bound where the server listens
     * @param local the addresses of this machine, which stand for the one that means all of them
     * @param certificate what is shown over TCP, or null in the clear
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
        List<String> commands = new ArrayList<>();
        InetAddress address = inet.getAddress();
        if (address != null && address.isAnyLocalAddress()) {
            commands.add(COMMAND + "localhost:" + inet.getPort());
            local.forEach(one -> commands.add(COMMAND + host(one) + ":" + inet.getPort()));
        } else {
            commands.add(COMMAND + host(address) + ":" + inet.getPort());
        }
        return commands;
    }

    private static String host(@Nullable InetAddress address) {
        if (address == null) {
            return "localhost";
        }
        return address instanceof Inet6Address inet6 ? "[" + shortForm(inet6) + "]" : address.getHostAddress();
    }

    /** The address with its longest run of zeros left out (RFC 5952), and the zone only where it says something. */
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

    /** The addresses at which others reach this machine, IPv4 first; none if the system does not tell. */
    static List<InetAddress> localAddresses() {
        try {
            // Link-local IPv6 addresses mean something else on each machine, so they are of no use to others.
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .sorted(Comparator.comparing((InetAddress address) -> address instanceof Inet6Address)
                            .thenComparing(InetAddress::getHostAddress))
                    .toList();
        } catch (SocketException untold) {
            return List.of();
        }
    }
}
