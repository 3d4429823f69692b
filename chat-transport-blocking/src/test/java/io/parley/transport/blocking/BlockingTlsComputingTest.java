package io.parley.transport.blocking;

import io.parley.transport.TlsComputingContract;
import io.parley.transport.TlsOptions;
import io.parley.transport.Transport;

/** What handshakes compute, and when. */
class BlockingTlsComputingTest extends TlsComputingContract {
    @Override
    protected Transport transport(TlsOptions options) {
        return BlockingTransport.builder().platformThreads().tls(options).build();
    }
}
