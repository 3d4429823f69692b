package io.parley.apps.server.network;

import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import io.parley.transport.blocking.BlockingTransport;
import io.parley.transport.nio.NioTransport;
import java.util.Locale;

/** Which transport moves the bytes. Immutable, for any thread. */
public enum TransportKind {
    /** Selector loops. */
    NIO,
    /** Threads for each connection. */
    BLOCKING;

    /** Makes a transport without TLS. */
    public Transport create() {
        return this == NIO ? NioTransport.create() : BlockingTransport.create();
    }

    /** Makes a transport with TLS. */
    public Transport create(TlsOptions tls) {
        return this == NIO
                ? NioTransport.builder().tls(tls).build()
                : BlockingTransport.builder().tls(tls).build();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
