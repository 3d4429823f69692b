package io.parley.transport.nio;

import io.parley.transport.SocketAddresses;
import io.parley.transport.TlsOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens and binds TCP and Unix-domain channels and makes the adapters for them. Any thread may call it.
 *
 * @param receiveBufferBytes size of the system's receive buffer, 0 for the system's choice
 * @param sendBufferBytes size of the system's send buffer, 0 for the system's choice
 * @param tls how TLS is spoken, null for plain bytes
 */
record NioSockets(
        int receiveBufferBytes,
        int sendBufferBytes,
        @Nullable TlsOptions tls) {
    private static final int BACKLOG = 4096;

    /** Opens a channel for a connection to this address. The channel is not connected and in blocking mode. */
    SocketChannel open(SocketAddress address) throws IOException {
        SocketAddresses.requireResolved(address);
        SocketChannel channel = SocketAddresses.isUnixDomain(address)
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        try {
            configure(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** Sets the options that every connection has, on the side that connects and on the side that accepts. */
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

    /** The adapter for a channel that was accepted; under TLS it borrows these buffers. */
    ChannelAdapter serverAdapter(SocketChannel channel, Supplier<ByteBuffer> buffers) {
        return tls == null ? new PlainAdapter(channel) : TlsAdapter.server(channel, tls, buffers);
    }

    /** The adapter for a channel that was connected to this address. */
    ChannelAdapter clientAdapter(SocketChannel channel, SocketAddress address, Supplier<ByteBuffer> buffers) {
        return tls == null ? new PlainAdapter(channel) : TlsAdapter.client(channel, tls, address, buffers);
    }

    /** Opens a channel that listens at this address. The channel is in blocking mode. */
    ServerSocketChannel bind(SocketAddress address) throws IOException {
        boolean unix = SocketAddresses.isUnixDomain(address);
        SocketAddresses.requireResolved(address);
        SocketAddresses.deleteStaleFile(address, () -> isRefused(address));
        ServerSocketChannel channel =
                unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        try {
            if (!unix) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            }
            if (receiveBufferBytes > 0 && !unix) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    /** Only a refusal proves that nobody listens: a full queue and a file of another user give other errors. */
    private static boolean isRefused(SocketAddress address) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            return isRefused(probe, address);
        }
    }

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
}
