package io.parley.transport.blocking;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.SystemFixture;
import io.parley.testkit.gateway.NativeGatewayContract;

/** The native protocol as a gateway, over blocking sockets. */
class BlockingGatewayTest implements NativeGatewayContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(
                BlockingTransport.builder().sendBufferBytes(64 << 10).build(),
                BlockingTransport.builder().receiveBufferBytes(64 << 10).build());
    }
}
