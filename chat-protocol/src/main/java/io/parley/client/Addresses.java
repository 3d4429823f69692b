package io.parley.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a server is: looked up anew for each attempt. Any thread. */
final class Addresses {
    private final @Nullable SocketAddress fixed;
    private final Supplier<? extends List<? extends SocketAddress>> all;

    private Addresses(@Nullable SocketAddress fixed, Supplier<? extends List<? extends SocketAddress>> all) {
        this.fixed = fixed;
        this.all = all;
    }

    static Addresses of(SocketAddress address) {
        return new Addresses(isUnresolved(address) ? null : address, () -> List.of(address));
    }

    static Addresses of(Supplier<? extends List<? extends SocketAddress>> addresses) {
        return new Addresses(null, addresses);
    }

    private static boolean isUnresolved(SocketAddress address) {
        return address instanceof InetSocketAddress inet && inet.isUnresolved();
    }

    /** The one address, where nothing is to be looked up; else null. */
    @Nullable
    SocketAddress fixed() {
        return fixed;
    }

    /** Looks all addresses up, in the order in which they are to be tried. It may block. */
    List<SocketAddress> find() throws UnknownHostException {
        List<SocketAddress> found = new ArrayList<>();
        for (SocketAddress address : all.get()) {
            if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
                for (InetAddress one : InetAddress.getAllByName(inet.getHostString())) {
                    found.add(new InetSocketAddress(one, inet.getPort()));
                }
            } else {
                found.add(address);
            }
        }
        return found;
    }
}
