package io.parley.testkit.example;

import io.parley.testkit.chat.ChatContract;
import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.MemoryFixture;

/** The chat contract can be bound from another package. */
final class MemoryChatTest implements ChatContract {
    @Override
    public ChatFixture open() {
        return MemoryFixture.seeded(7);
    }
}
