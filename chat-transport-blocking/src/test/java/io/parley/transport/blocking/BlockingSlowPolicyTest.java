package io.parley.transport.blocking;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.SlowPolicyContract;
import io.parley.testkit.chat.SystemFixture;

/** Slow policies, with a thread for each connection. */
class BlockingSlowPolicyTest implements SlowPolicyContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(BlockingTransport.builder().build());
    }
}
