package io.parley.apps.client.options;

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

    Transport create() {
        return this == NIO ? NioTransport.create() : BlockingTransport.create();
    }

    Transport create(TlsOptions tls) {
        return this == NIO
                ? NioTransport.builder().tls(tls).build()
                : BlockingTransport.builder().tls(tls).build();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
