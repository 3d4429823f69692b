package io.parley.transport.blocking;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.StallContract;
import io.parley.testkit.chat.SystemFixture;

/** A member that stops reading, over blocking sockets. */
class BlockingStallTest implements StallContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(
                BlockingTransport.builder().sendBufferBytes(64 << 10).build(),
                BlockingTransport.builder().receiveBufferBytes(64 << 10).build());
    }
}
