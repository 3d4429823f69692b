package io.parley.apps.client;

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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
