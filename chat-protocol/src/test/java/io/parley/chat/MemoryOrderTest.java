package io.parley.chat;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.MemoryFixture;
import io.parley.testkit.chat.OrderContract;

/** One order for all, over the network in memory. */
class MemoryOrderTest implements OrderContract {
    @Override
    public ChatFixture open() {
        return MemoryFixture.seeded(5);
    }
}
