package io.parley.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Checks the addresses of a socket transport and keeps the files of its Unix-domain listeners in order. For
 * transports. Any thread may call it; the methods on files do file I/O.
 *
 * <p>A Unix-domain listener owns the file at its address. A stale file, on which nobody listens, is deleted before a
 * listener binds to the address. A file that is not a socket is left alone. Two processes that replace the same
 * stale file at the same moment are not told apart.
 */
public final class SocketAddresses {
    private SocketAddresses() {}

    /** Finds out whether somebody listens at a Unix-domain address. */
    @FunctionalInterface
    public interface Probe {
        /**
         * Tries to connect and does not wait.
         *
         * @return true if the system refuses the connection; false after success and after any other error
         * @throws IOException if no socket can be opened
         */
        boolean isRefused() throws IOException;
    }

    /**
     * Checks that an address is of a kind that a socket transport knows.
     *
     * @param address the address
     * @throws IllegalArgumentException if it is neither an {@link InetSocketAddress} nor a {@link
     *     UnixDomainSocketAddress}
     */
    public static void requireKnown(SocketAddress address) {
        if (!(address instanceof InetSocketAddress) && !(address instanceof UnixDomainSocketAddress)) {
            throw new IllegalArgumentException("neither an InetSocketAddress nor a Unix-domain one: " + address);
        }
    }

    /**
     * Checks that an Internet address is resolved. Other addresses pass.
     *
     * @param address the address
     * @throws UnknownHostException if its host is not resolved
     */
    public static void requireResolved(SocketAddress address) throws UnknownHostException {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
    }

    /**
     * Whether an address is that of a Unix-domain socket.
     *
     * @param address the address
     * @return true for a {@link UnixDomainSocketAddress}
     */
    public static boolean isUnixDomain(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress;
    }

    /**
     * Deletes the file of a Unix-domain listener that no longer runs. Does nothing if there is no file, or if the
     * address is an Internet address.
     *
     * @param address the address to bind to next
     * @param probe finds out whether a listener runs; called only if there is a socket file
     * @throws BindException if the file is not a socket or if the probe is not refused
     * @throws IOException if the file cannot be examined or deleted
     */
    public static void deleteStaleFile(SocketAddress address, Probe probe) throws IOException {
        if (!(address instanceof UnixDomainSocketAddress unix)) {
            return;
        }
        Path file = unix.getPath();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new BindException("not a socket: " + file);
        }
        if (!probe.isRefused()) {
            throw new BindException("address in use: " + file);
        }
        Files.deleteIfExists(file);
    }

    /**
     * Deletes the file of a Unix-domain listener; does nothing for an Internet address. Call this before the listener
     * closes: after that the file may belong to another listener.
     *
     * @param address the listener's address
     * @throws IOException if the file cannot be deleted
     */
    public static void deleteFile(SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
    }
}
