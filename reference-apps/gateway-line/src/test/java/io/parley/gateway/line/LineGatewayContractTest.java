package io.parley.gateway.line;

import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.MemoryFixture;
import io.parley.testkit.chat.SystemFixture;
import io.parley.testkit.gateway.GatewayAccountContract;
import io.parley.testkit.gateway.GatewayContract;
import io.parley.testkit.gateway.GatewayCrowdContract;
import io.parley.testkit.gateway.GatewayDirectContract;
import io.parley.testkit.gateway.GatewayDriver;
import io.parley.testkit.gateway.GatewayPresenceContract;
import io.parley.testkit.gateway.GatewayRenameContract;
import io.parley.testkit.gateway.GatewayTopicContract;
import io.parley.transport.blocking.BlockingTransport;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.transport.nio.NioTransport;
import org.junit.jupiter.api.Nested;

/** Lines do what every protocol must, over each transport. */
class LineGatewayContractTest {
    private static final int BUFFER = 64 << 10; // small: a slow reader must be one

    /** Everything that lines can do. */
    interface Contract
            extends GatewayContract,
                    GatewayRenameContract,
                    GatewayTopicContract,
                    GatewayDirectContract,
                    GatewayAccountContract,
                    GatewayPresenceContract {
        @Override
        default GatewayDriver driver() {
            return new LineDriver();
        }
    }

    @Nested
    class Memory implements Contract {
        @Override
        public ChatFixture open() {
            return new MemoryFixture(
                    MemoryNetwork.builder().seed(5).maxInFlightBytes(16 << 10).build());
        }
    }

    @Nested
    class Nio implements Contract {
        @Override
        public ChatFixture open() {
            return nio();
        }
    }

    @Nested
    class Blocking implements Contract {
        @Override
        public ChatFixture open() {
            return SystemFixture.tcp(
                    BlockingTransport.builder().sendBufferBytes(BUFFER).build(),
                    BlockingTransport.builder().receiveBufferBytes(BUFFER).build());
        }
    }

    /** A hundred users over sockets. */
    @Nested
    class Crowd implements GatewayCrowdContract {
        @Override
        public ChatFixture open() {
            return nio();
        }

        @Override
        public GatewayDriver driver() {
            return new LineDriver();
        }

        @Override
        public int crowdOfEach() {
            return 50;
        }

        @Override
        public int messagesOfEach() {
            return 20;
        }
    }

    private static ChatFixture nio() {
        return SystemFixture.tcp(
                NioTransport.builder().loops(2).sendBufferBytes(BUFFER).build(),
                NioTransport.builder().receiveBufferBytes(BUFFER).build());
    }
}
