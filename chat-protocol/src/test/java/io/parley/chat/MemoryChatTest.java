package io.parley.chat;

import io.parley.testkit.chat.ChatContract;
import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.MemoryFixture;
import org.junit.jupiter.api.Nested;

/** The contract over the network in memory, under several seeds: other splits, another order of things. */
class MemoryChatTest {

    @Nested
    class Seed1 implements ChatContract {
        @Override
        public ChatFixture open() {
            return MemoryFixture.seeded(1);
        }
    }

    @Nested
    class Seed2 implements ChatContract {
        @Override
        public ChatFixture open() {
            return MemoryFixture.seeded(20);
        }
    }

    @Nested
    class Seed3 implements ChatContract {
        @Override
        public ChatFixture open() {
            return MemoryFixture.seeded(300);
        }
    }
}
