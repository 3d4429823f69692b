package io.parley.transport.nio;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.StallContract;
import io.parley.testkit.chat.SystemFixture;
import io.parley.transport.TestTls;
import io.parley.transport.TlsOptions;

/** A member that stops reading, over selector loops under TLS. */
class NioTlsStallTest implements StallContract {
    @Override
    public ChatFixture open() {
        TlsOptions tls = TestTls.options();
        return SystemFixture.tcp(
                NioTransport.builder()
                        .loops(2)
                        .tls(tls)
                        .sendBufferBytes(64 << 10)
                        .build(),
                NioTransport.builder().tls(tls).receiveBufferBytes(64 << 10).build());
    }
}
