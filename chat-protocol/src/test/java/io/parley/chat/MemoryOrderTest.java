package io.parley.chat;

/** One order for all, over the network in memory. */
class MemoryOrderTest implements OrderContract {
    @Override
    public ChatFixture open() {
        return MemoryFixture.seeded(5);
    }
}
