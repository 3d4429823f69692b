package io.parley.transport.blocking;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.OrderContract;
import io.parley.testkit.chat.SystemFixture;
import io.parley.transport.TestTls;

/** One order for all, under TLS. */
class BlockingTlsOrderTest implements OrderContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(
                BlockingTransport.builder().tls(TestTls.options()).build());
    }
}
