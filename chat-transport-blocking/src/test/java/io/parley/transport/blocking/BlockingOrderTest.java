package io.parley.transport.blocking;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.OrderContract;
import io.parley.testkit.chat.SystemFixture;

/** One order for all, over blocking sockets. */
class BlockingOrderTest implements OrderContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(BlockingTransport.create());
    }
}
