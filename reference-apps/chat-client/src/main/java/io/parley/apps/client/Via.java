package io.parley.apps.client;

import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;
import io.parley.transport.blocking.BlockingTransport;
import io.parley.transport.nio.NioTransport;
import java.util.Locale;

/** How bytes are moved. Immutable, for any thread. */
enum Via {
    /** Selector loops. */
    NIO,
    /** Threads for each connection. */
    BLOCKING;

    Transport transport() {
        return this == NIO ? NioTransport.create() : BlockingTransport.create();
    }

    Transport transport(TlsOptions tls) {
        return this == NIO
                ? NioTransport.builder().tls(tls).build()
                : BlockingTransport.builder().tls(tls).build();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
