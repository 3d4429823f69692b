package io.parley.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.gateway.GatewayOptions;
import io.parley.model.Action;
import io.parley.model.RoomItem;
import io.parley.room.Hub;
import io.parley.room.HubOptions;
import io.parley.server.ChatServer;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.MemoryFixture;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong fails at the call that is wrong, with the value in its text. */
@SuppressWarnings("NullAway") // what a caller without it may do
class ArgumentsTest {
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    static Stream<ThrowingCallable> nulls() {
        ChatServer.Builder server = ChatServer.builder();
        ChatClient.Builder client = ChatClient.builder();
        Hub.Builder hub = Hub.builder();
        MemoryNetwork network = MemoryNetwork.seeded(1);
        return Stream.of(
                () -> server.listen(null, new MemoryAddress("a")),
                () -> server.listen(network.transport(), null),
                () -> server.room(null),
                () -> server.options(null),
                () -> server.hubOptions(null),
                () -> server.journal(null),
                () -> server.names(null),
                () -> server.operatorName(null),
                () -> server.policy(null),
                () -> server.listener(null),
                () -> server.scheduler(null),
                () -> server.greeting(null),
                () -> client.name(null),
                () -> client.password(null),
                () -> client.program(null),
                () -> client.listener(null),
                () -> client.executor(null),
                () -> client.scheduler(null),
                () -> client.connectTimeout(null),
                () -> hub.journal(null),
                () -> hub.options(null),
                () -> hub.names(null),
                () -> hub.listener(null),
                () -> hub.clock(null, () -> 0),
                () -> hub.clock(() -> 0, null),
                () -> hub.operatorName(null),
                () -> GatewayOptions.builder().heartbeat(null));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void nullIsRefusedAtOnce(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }

    static Stream<Consumer<GatewayOptions.Builder>> wrongBounds() {
        return Stream.of(
                options -> options.loginTimeout(Duration.ZERO),
                options -> options.requestTimeout(Duration.ofNanos(-1)),
                options -> options.heartbeat(FOR_EVER),
                options -> options.writeTimeout(Duration.ZERO),
                options -> options.closeTimeout(Duration.ZERO),
                options -> options.maxConnections(0),
                options -> options.maxConnectionsPerAddress(0),
                options -> options.maxRequestBytes(0),
                options -> options.maxTagBytes(0),
                options -> options.maxInFlight(0),
                options -> options.outboxBytes(0),
                options -> options.requestsPerSecond(0),
                options -> options.burstRequests(-1));
    }

    @ParameterizedTest
    @MethodSource("wrongBounds")
    void aBoundOutOfRangeIsRefusedAtOnce(Consumer<GatewayOptions.Builder> change) {
        assertThatThrownBy(() -> change.accept(GatewayOptions.builder())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void optionsAreChangedOneByOne() {
        GatewayOptions options =
                GatewayOptions.DEFAULT.toBuilder().maxInFlight(7).build();
        assertThat(options.maxInFlight()).isEqualTo(7);
        assertThat(options.heartbeat()).isEqualTo(GatewayOptions.DEFAULT.heartbeat());
        assertThat(HubOptions.DEFAULT.toBuilder().maxRooms(3).build().maxListed())
                .isEqualTo(HubOptions.DEFAULT.maxListed());
    }

    @Test
    void aRoomThatCannotHaveItsNameIsNoNetworkError() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        ChatServer.Builder server = ChatServer.builder()
                .listen(network.transport(), new MemoryAddress("a"))
                .scheduler(network.scheduler())
                .room("no good");
        assertThatThrownBy(server::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no good");
    }

    @Test
    void timesAndLimitsOfRequestsAreChecked() {
        try (Chat chat = Chat.open(new MemoryFixture(MemoryNetwork.seeded(1)))) {
            ChatClient alice = chat.guest("alice");
            ChatRoom lobby = chat.enter(alice, "lobby", new Ears());
            for (Duration wrong : List.of(FOR_EVER, Duration.ofMillis(-1))) {
                assertThatThrownBy(() -> lobby.moderate(Action.BAN, 7, wrong, ""))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("duration");
                assertThatThrownBy(() -> chat.server().moderate("lobby", Action.BAN, "bob", wrong, ""))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("duration");
                assertThatThrownBy(() -> chat.server().shutdown(wrong)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> lobby.historyBefore(-1, 10)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> lobby.historyAfter(0, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> alice.rooms("", 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> lobby.say(null)).isInstanceOf(NullPointerException.class);
        }
    }

    /** The server gives 200 rooms and 500 members at a time. */
    @Test
    void listsAreAsLongAsAsked() {
        try (Chat chat = Chat.open(new MemoryFixture(MemoryNetwork.seeded(1)))) {
            ChatClient alice = chat.guest("alice");
            for (int i = 1_000; i < 1_250; i++) {
                chat.fixture().await(chat.server().hub().room("r" + i));
            }
            List<RoomItem> all = chat.fixture().await(alice.rooms("", 1_000));
            assertThat(all)
                    .extracting(RoomItem::name)
                    .hasSize(250)
                    .doesNotHaveDuplicates()
                    .isSorted();
            assertThat(chat.fixture().await(alice.rooms("", 210))).hasSize(210);
            assertThat(chat.fixture().await(alice.rooms("r1240", 1_000))).hasSize(9);
        }
    }
}
