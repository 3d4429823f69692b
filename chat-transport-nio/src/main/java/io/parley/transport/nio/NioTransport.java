package io.parley.transport.nio;

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
 * A transport of event loops over TCP ({@link java.net.InetSocketAddress}) and Unix-domain sockets ({@link
 * java.net.UnixDomainSocketAddress}). Any thread may call it.
 *
 * <p>Each loop is a non-daemon thread, {@code parley-nio-0} and on, that serves its share of the connections. A handler
 * that blocks delays all of them. The loops start when they are first needed and end with the last listener or
 * connection; the transport can be used again after that.
 *
 * <p>An address whose host is not resolved is not looked up: connecting to it fails. A Unix-domain listener replaces a
 * stale socket file when it starts and deletes its own when it closes. If the accept queue of a Unix-domain listener is
 * full, connecting to it fails at once.
 */
public final class NioTransport implements Transport {
    private final LoopGroup loops;

    private NioTransport(Builder builder) {
        NioSockets sockets = new NioSockets(builder.receiveBufferBytes, builder.sendBufferBytes, builder.tls);
        loops = new LoopGroup(builder.loops, sockets);
    }

    /**
     * A transport with the defaults. Any thread may call it.
     *
     * @return the transport; it has opened nothing
     */
    public static NioTransport create() {
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
        return NioListening.open(loops, address, acceptor);
    }

    @Override
    public Connection connect(SocketAddress address, ConnectionHandler handler) {
        Objects.requireNonNull(handler, "handler");
        SocketAddresses.requireKnown(Objects.requireNonNull(address, "address"));
        return loops.connect(address, handler);
    }

    @Override
    public boolean isEncrypted() {
        return loops.sockets().tls() != null;
    }

    /** The options of a {@link NioTransport}. For one thread at a time. */
    public static final class Builder {
        private int loops = defaultLoops(); // one thread at a time
        private int receiveBufferBytes; // one thread at a time
        private int sendBufferBytes; // one thread at a time
        private @Nullable TlsOptions tls; // one thread at a time

        private Builder() {}

        private static int defaultLoops() {
            return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        }

        /**
         * The number of event loops. The default is half the number of processors, and at least one.
         *
         * @param count at least 1
         * @return this
         * @throws IllegalArgumentException if it is less
         */
        public Builder loops(int count) {
            loops = positive("loops", count);
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
         * run on threads of their own, {@code parley-nio-handshake-1} and on. A handshake that fails ends its connection
         * with the {@link javax.net.ssl.SSLException}.
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
        public NioTransport build() {
            return new NioTransport(this);
        }
    }
}
