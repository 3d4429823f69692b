package io.parley.transport.nio;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.StallContract;
import io.parley.testkit.chat.SystemFixture;

/** A member that stops reading, over selector loops. */
class NioStallTest implements StallContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(
                NioTransport.builder().loops(2).sendBufferBytes(64 << 10).build(),
                NioTransport.builder().receiveBufferBytes(64 << 10).build());
    }
}
