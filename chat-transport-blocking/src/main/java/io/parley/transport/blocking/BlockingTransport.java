package io.parley.transport.blocking;

import io.parley.transport.Acceptor;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Listening;
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
 * <p>The threads of connections are virtual where the JVM has them (21 and later) and platform threads
 * elsewhere; daemons both ways. Each listener has a platform thread that is no daemon: a process lives
 * while one of its listeners does, but a program that only connects must wait by itself.
 *
 * <p>A silent connection holds 1 KiB for reading and nothing for writing; both grow with use, to 16 and 32
 * KiB. TLS comes on top of that.
 *
 * <p>A name that was not resolved is not looked up: connecting to it fails. A Unix-domain listener
 * replaces a stale socket file when it starts and deletes its own when it closes. Where so many wait at one that the
 * system queues no more, connecting to it fails at once on virtual threads and waits on platform threads.
 */
public final class BlockingTransport implements Transport {
    private final Sockets sockets;
    private final TransportThreads threads;

    private BlockingTransport(Builder builder) {
        sockets = new Sockets(builder.receiveBufferBytes, builder.sendBufferBytes, builder.tls);
        threads = new TransportThreads(builder.platformThreads);
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
        Sockets.check(Objects.requireNonNull(address, "address"));
        return BlockingListening.open(threads, sockets, address, acceptor);
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler) {
        Objects.requireNonNull(handler, "handler");
        Sockets.check(Objects.requireNonNull(address, "address"));
        BlockingConnection connection = new BlockingConnection(threads, sockets, address, handler, null);
        connection.start();
        return connection;
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
         * The size of each socket's receive buffer in the system; the system's choice unless told.
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
         * The size of each socket's send buffer in the system; the system's choice unless told.
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
         * Speaks TLS on every connection, accepted or made; in the clear unless told.
         *
         * <p>{@code onOpen} comes before the handshake and everything else after it. What a handshake has to compute is
         * computed on a few platform threads, {@code parley-handshake-1} and on, which end some seconds after the last. One
         * that fails ends its connection with the {@link javax.net.ssl.SSLException}.
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
