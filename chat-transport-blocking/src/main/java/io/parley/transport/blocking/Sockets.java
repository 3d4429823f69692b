package io.parley.transport.blocking;

import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Opening and binding of the two kinds of socket that this transport knows, and the way through them. Any thread may
 * call it.
 *
 * <p>A Unix-domain listener owns its file: a stale one, on which nobody answers, is replaced when the
 * address is bound; anything that is not a socket is left alone. Two processes that replace the same stale
 * file at the same moment are not told apart.
 *
 * @param receiveBufferBytes size of the system's receive buffer, 0 for the system's choice
 * @param sendBufferBytes size of the system's send buffer, 0 for the system's choice
 * @param tls how TLS is spoken, null for bytes in the clear
 */
record Sockets(
        int receiveBufferBytes,
        int sendBufferBytes,
        @Nullable TlsOptions tls) {
    private static final int BACKLOG = 4096;

    /** Refuses the kinds of address that this transport does not know. */
    static void check(SocketAddress address) {
        if (!(address instanceof InetSocketAddress) && !(address instanceof UnixDomainSocketAddress)) {
            throw new IllegalArgumentException("neither an InetSocketAddress nor a Unix-domain one: " + address);
        }
    }

    /** A channel to this address, not connected, in blocking mode. */
    SocketChannel open(SocketAddress address) throws IOException {
        if (address instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException(inet.getHostString());
        }
        ProtocolFamily family = unix(address) == null ? null : StandardProtocolFamily.UNIX;
        SocketChannel channel = family == null ? SocketChannel.open() : SocketChannel.open(family);
        try {
            configure(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** Sets the options that every connection has, made or accepted. */
    void configure(SocketChannel channel) throws IOException {
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        if (receiveBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        if (sendBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        }
    }

    /** The way through a channel that was accepted. */
    Way accepted(SocketChannel channel) {
        return tls == null ? new Way.Clear(channel) : TlsWay.server(channel, tls);
    }

    /** The way through a channel that was made to this address. */
    Way made(SocketChannel channel, SocketAddress address) {
        return tls == null ? new Way.Clear(channel) : TlsWay.client(channel, tls, address);
    }

    /** A channel that listens at this address, in blocking mode. */
    ServerSocketChannel bind(SocketAddress address) throws IOException {
        Path file = unix(address);
        if (file != null) {
            deleteIfStale(address, file);
        } else if (((InetSocketAddress) address).isUnresolved()) {
            throw new UnknownHostException(((InetSocketAddress) address).getHostString());
        }
        ServerSocketChannel channel =
                file == null ? ServerSocketChannel.open() : ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            if (file == null) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            if (receiveBufferBytes > 0 && file == null) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    private static void deleteIfStale(SocketAddress address, Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new BindException("not a socket: " + file);
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            if (!isRefused(probe, address)) {
                throw new BindException("address in use: " + file);
            }
        }
        Files.deleteIfExists(file);
    }

    /** Only a refusal says that nobody listens: a queue that is full, or another user's file, gives other errors. */
    private static boolean isRefused(SocketChannel probe, SocketAddress address) {
        try {
            probe.connect(address);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException unclear) {
            return false;
        }
    }

    /** Deletes the file of a Unix-domain listener. Before it is closed: later the file may be another's. */
    static void deleteFile(SocketAddress address) throws IOException {
        Path file = unix(address);
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private static @Nullable Path unix(SocketAddress address) {
        return address instanceof UnixDomainSocketAddress unix ? unix.getPath() : null;
    }
}
