package io.parley.transport.nio;

import io.parley.chat.ChatFixture;
import io.parley.chat.OrderContract;
import io.parley.chat.SystemFixture;

/** One order for all, over selector loops. */
class NioOrderTest implements OrderContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(NioTransport.builder().loops(2).build());
    }
}
