package io.parley.transport.blocking;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
import io.parley.transport.SocketAddresses;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A transport with a reader and a writer thread for each connection, over TCP ({@link
 * java.net.InetSocketAddress}) and Unix-domain sockets ({@link java.net.UnixDomainSocketAddress}). Any
 * thread may call it.
 *
 * <p>The threads of connections are daemons: virtual threads where the JVM has them (21 and later), else platform
 * threads. Each listener has a platform thread that is no daemon: a process lives while one of its listeners does, but
 * a program that only connects must wait by itself.
 *
 * <p>An idle connection holds 1 KiB for reading and nothing for writing. Both grow with use, to 16 and 32 KiB. TLS comes
 * on top of that.
 *
 * <p>An address whose host is not resolved is not looked up: connecting to it fails. A Unix-domain listener replaces a
 * stale socket file when it starts and deletes its own when it closes. If the accept queue of a Unix-domain listener is
 * full, connecting to it fails at once on virtual threads and waits on platform threads.
 */
public final class BlockingTransport implements Transport {
    private final BlockingSockets sockets;
    private final TransportThreads threads;

    private BlockingTransport(Builder builder) {
        sockets = new BlockingSockets(builder.receiveBufferBytes, builder.sendBufferBytes, builder.tls);
        threads = new TransportThreads(builder.platformThreads);
        TransportLog.load();
    }

    /**
     * A transport with the defaults. Any thread may call it.
     *
     * @return the transport; it has opened nothing
     */
    public static BlockingTransport create() {
        return builder().build();
    }

    /**
     * A transport with options. Any thread may call it.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Listening listen(SocketAddress address, Acceptor acceptor) throws IOException {
        Objects.requireNonNull(acceptor, "acceptor");
        SocketAddresses.requireKnown(Objects.requireNonNull(address, "address"));
        return BlockingListening.open(threads, sockets, address, acceptor);
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler) {
        Objects.requireNonNull(handler, "handler");
        SocketAddresses.requireKnown(Objects.requireNonNull(address, "address"));
        return BlockingConnection.start(threads, sockets, address, handler, null);
    }

    @Override
    public boolean isEncrypted() {
        return sockets.tls() != null;
    }

    /** The options of a {@link BlockingTransport}. For one thread at a time. */
    public static final class Builder {
        private boolean platformThreads; // one thread at a time
        private int receiveBufferBytes; // one thread at a time
        private int sendBufferBytes; // one thread at a time
        private @Nullable TlsOptions tls; // one thread at a time

        private Builder() {}

        /**
         * Uses platform threads even where the JVM has virtual ones.
         *
         * @return this
         */
        public Builder platformThreads() {
            platformThreads = true;
            return this;
        }

        /**
         * The size of each socket's receive buffer in the system. The default is the system's choice.
         *
         * @param bytes at least 1; the system may round it
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder receiveBufferBytes(int bytes) {
            receiveBufferBytes = positive("receiveBufferBytes", bytes);
            return this;
        }

        /**
         * The size of each socket's send buffer in the system. The default is the system's choice.
         *
         * @param bytes at least 1; the system may round it
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder sendBufferBytes(int bytes) {
            sendBufferBytes = positive("sendBufferBytes", bytes);
            return this;
        }

        /**
         * Uses TLS on every connection, accepted or made. The default is plain bytes.
         *
         * <p>{@code onOpen} comes before the handshake and everything else after it. The long computations of a handshake
         * run on a few platform threads, {@code parley-handshake-1} and on, which end some seconds after the last. A
         * handshake that fails ends its connection with the {@link javax.net.ssl.SSLException}.
         *
         * @param options keys, trust and the rest
         * @return this
         */
        public Builder tls(TlsOptions options) {
            tls = Objects.requireNonNull(options, "options");
            return this;
        }

        private static int positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value);
            }
            return value;
        }

        /**
         * The transport.
         *
         * @return a new one; it has opened nothing
         */
        public BlockingTransport build() {
            return new BlockingTransport(this);
        }
    }
}
