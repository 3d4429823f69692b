package io.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockConstruction;
import static org.mockito.Mockito.when;

import io.parley.room.Hub;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.MockedConstruction;

/** How a connection ends, and the order of its states. */
class AttachmentEndTest {
    private static final MemoryAddress ADDRESS = new MemoryAddress("server");

    /** A connection leaves nothing behind, even if one of its parts breaks at the end. */
    @Test
    void whoCannotLetGoOfItsRoomsIsGoneAllTheSame() throws IOException {
        MemoryNetwork network = MemoryNetwork.seeded(7);
        Hub hub = Hub.builder().build();
        Connections connections = ByteGateway.connections(hub, network);
        network.transport().listen(ADDRESS, connections.acceptor(new ByteGateway()));
        try (MockedConstruction<Memberships> made = mockConstruction(
                Memberships.class,
                (memberships, context) -> doThrow(new IllegalStateException("broken"))
                        .when(memberships)
                        .abandon(anyString(), anyBoolean()))) {
            Connection client = network.transport().connect(ADDRESS, new Client());
            network.run();
            assertThat(made.constructed()).hasSize(1);
            assertThat(hub.users()).hasSize(1);
            client.abort();
            network.run();
            assertThat(connections.size()).isZero();
            assertThat(hub.users()).isEmpty();
        }
    }

    /** A gateway's own fault costs its connection, and no place of the server's. */
    @Test
    void aGatewayThatCannotOpenAConnectionCostsNoPlace() {
        MemoryNetwork network = MemoryNetwork.seeded(7);
        Connections connections = new Connections(
                Hub.builder().build(),
                network.scheduler(),
                new ConnectionListener() {},
                GatewayOptions.builder().maxConnections(1).build(),
                "");
        Gateway broken = mock(Gateway.class);
        when(broken.open(any())).thenThrow(new IllegalStateException("thrown by a test"));
        for (int i = 0; i < 3; i++) {
            assertThat(connections.acceptor(broken).accept(ADDRESS)).isNull();
        }
        assertThat(connections.acceptor(new ByteGateway()).accept(ADDRESS)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(AttachmentLife.State.class)
    void statesGoForwardsOnly(AttachmentLife.State from) {
        List<AttachmentLife.State> next = switch (from) {
            case LOGIN ->
                List.of(AttachmentLife.State.DECIDING, AttachmentLife.State.CLOSING, AttachmentLife.State.CLOSED);
            case DECIDING ->
                List.of(AttachmentLife.State.OPEN, AttachmentLife.State.CLOSING, AttachmentLife.State.CLOSED);
            case OPEN -> List.of(AttachmentLife.State.CLOSING, AttachmentLife.State.CLOSED);
            case CLOSING -> List.of(AttachmentLife.State.CLOSED);
            case CLOSED -> List.of();
        };
        assertThat(Arrays.stream(AttachmentLife.State.values()).filter(from::canBecome))
                .containsExactlyElementsOf(next);
    }

    /** A client that logs in and reads nothing. */
    private static final class Client implements ConnectionHandler {
        private boolean sent;

        @Override
        public void onOpen(Connection connection) {
            connection.wantWrite();
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            bytes.position(bytes.limit());
        }

        @Override
        public Progress onWritable(Sink sink) {
            if (!sent) {
                sent = sink.write(new byte[] {ByteGateway.LOGIN}, 0, 1) == 1;
            }
            return sent ? Progress.DRAINED : Progress.MORE;
        }

        @Override
        public void onClosed(Disconnect disconnect) {}
    }
}
