package io.parley.transport.nio;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.OrderContract;
import io.parley.testkit.chat.SystemFixture;

/** One order for all, over selector loops. */
class NioOrderTest implements OrderContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(NioTransport.builder().loops(2).build());
    }
}
