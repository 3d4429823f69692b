package io.parley.transport.blocking;

import io.parley.transport.TlsEndContract;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;

/** How connections under TLS end. */
class BlockingTlsEndTest extends TlsEndContract {
    @Override
    protected Transport transport(TlsOptions options) {
        return BlockingTransport.builder().platformThreads().tls(options).build();
    }
}
