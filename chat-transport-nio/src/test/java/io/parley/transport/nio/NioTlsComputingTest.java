package io.parley.transport.nio;

import io.parley.transport.TlsComputingContract;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;

/** What handshakes compute, and when. */
class NioTlsComputingTest extends TlsComputingContract {
    @Override
    protected Transport transport(TlsOptions options) {
        return NioTransport.builder().tls(options).build();
    }
}
