package io.parley.transport.nio;

import io.parley.transport.TlsHandshakeContract;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;

/** Handshakes, good and bad. */
class NioHandshakeTest extends TlsHandshakeContract {
    @Override
    protected Transport transport(TlsOptions options) {
        return options == null
                ? NioTransport.create()
                : NioTransport.builder().tls(options).build();
    }
}
