package io.parley.transport.nio;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.OrderContract;
import io.parley.testkit.chat.SystemFixture;
import io.parley.transport.TestTls;

/** One order for all, over selector loops under TLS. */
class NioTlsOrderTest implements OrderContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(
                NioTransport.builder().loops(2).tls(TestTls.options()).build());
    }
}
