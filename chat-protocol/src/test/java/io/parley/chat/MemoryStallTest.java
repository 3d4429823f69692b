package io.parley.chat;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.MemoryFixture;
import io.parley.testkit.chat.StallContract;
import io.parley.transport.memory.MemoryNetwork;

/** A member that stops reading, over the network in memory. */
class MemoryStallTest implements StallContract {
    @Override
    public ChatFixture open() {
        return new MemoryFixture(
                MemoryNetwork.builder().seed(6).maxInFlightBytes(16 << 10).build());
    }
}
