package io.parley.apps.server.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;

/** The addresses of this machine. Any thread may call it. */
public final class LocalAddresses {
    private LocalAddresses() {}

    /** The addresses at which others reach this machine, IPv4 first; none if the system does not list them. */
    public static List<InetAddress> reachable() {
        try {
            // A link-local IPv6 address is of no use to others: it needs a zone, which each machine names itself.
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .sorted(Comparator.comparing((InetAddress address) -> address instanceof Inet6Address)
                            .thenComparing(InetAddress::getHostAddress))
                    .toList();
        } catch (SocketException unavailable) {
            return List.of();
        }
    }
}
