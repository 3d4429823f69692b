package io.parley.transport.blocking;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.StallContract;
import io.parley.testkit.chat.SystemFixture;
import io.parley.transport.TestTls;
import io.parley.transport.TlsOptions;

/** A member that stops reading, under TLS. */
class BlockingTlsStallTest implements StallContract {
    @Override
    public ChatFixture open() {
        TlsOptions tls = TestTls.options();
        return SystemFixture.tcp(
                BlockingTransport.builder().tls(tls).sendBufferBytes(64 << 10).build(),
                BlockingTransport.builder()
                        .tls(tls)
                        .receiveBufferBytes(64 << 10)
                        .build());
    }
}
