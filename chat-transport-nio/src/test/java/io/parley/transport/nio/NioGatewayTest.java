package io.parley.transport.nio;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.SystemFixture;
import io.parley.testkit.gateway.NativeGatewayContract;

/** The native protocol as a gateway, over selector loops. */
class NioGatewayTest implements NativeGatewayContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(
                NioTransport.builder().loops(2).sendBufferBytes(64 << 10).build(),
                NioTransport.builder().receiveBufferBytes(64 << 10).build());
    }
}
