package io.parley.transport.blocking;

import io.parley.chat.ChatFixture;
import io.parley.chat.OrderContract;
import io.parley.chat.SystemFixture;

/** One order for all, over blocking sockets. */
class BlockingOrderTest implements OrderContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(BlockingTransport.create());
    }
}
