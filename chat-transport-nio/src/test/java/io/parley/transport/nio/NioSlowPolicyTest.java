package io.parley.transport.nio;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.SlowPolicyContract;
import io.parley.testkit.chat.SystemFixture;

/** Slow policies, with all connections on one selector loop. */
class NioSlowPolicyTest implements SlowPolicyContract {
    @Override
    public ChatFixture open() {
        return SystemFixture.tcp(NioTransport.builder().loops(1).build());
    }
}
