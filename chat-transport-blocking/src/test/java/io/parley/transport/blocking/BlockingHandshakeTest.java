package io.parley.transport.blocking;

import io.parley.transport.TlsHandshakeContract;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;

/** Handshakes, good and bad. */
class BlockingHandshakeTest extends TlsHandshakeContract {
    @Override
    protected Transport transport(TlsOptions options) {
        return options == null
                ? BlockingTransport.create()
                : BlockingTransport.builder().tls(options).build();
    }
}
