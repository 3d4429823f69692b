package io.parley.transport.nio;

import io.parley.transport.TlsEndContract;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;

/** How connections under TLS end. */
class NioTlsEndTest extends TlsEndContract {
    @Override
    protected Transport transport(TlsOptions options) {
        return NioTransport.builder().tls(options).build();
    }
}
