package io.parley.chat;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.MemoryFixture;
import io.parley.testkit.gateway.GatewayContract;
import io.parley.testkit.gateway.GatewayDriver;
import io.parley.testkit.gateway.NativeGatewayContract;
import io.parley.transport.memory.MemoryNetwork;
import org.junit.jupiter.api.Nested;

/** The native protocol as a gateway, over the network in memory, under several seeds. */
class MemoryGatewayTest {

    @Nested
    class Seed1 implements NativeGatewayContract {
        @Override
        public ChatFixture open() {
            return fixture(1);
        }
    }

    @Nested
    class Seed2 implements NativeGatewayContract {
        @Override
        public ChatFixture open() {
            return fixture(20);
        }
    }

    /** The contract can be met by a protocol that can do nothing but talk. */
    @Nested
    class Plain implements GatewayContract {
        @Override
        public ChatFixture open() {
            return fixture(300);
        }

        @Override
        public GatewayDriver driver() {
            return new PlainDriver();
        }
    }

    private static ChatFixture fixture(long seed) {
        return new MemoryFixture(
                MemoryNetwork.builder().seed(seed).maxInFlightBytes(16 << 10).build());
    }
}
