package io.parley.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.client.ChatClient;
import io.parley.gateway.GatewayOptions;
import io.parley.model.RoomPlan;
import io.parley.model.RoomSettings;
import io.parley.room.Hub;
import io.parley.room.HubOptions;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null or a value out of range is refused where it is given, and its name is told. */
class RefusedAtOnceTest {
    private static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    private static Arguments no(String name, ThrowingCallable call) {
        return Arguments.of(name, call);
    }

    @SuppressWarnings("NullAway") // what NullAway keeps others from
    static Stream<Arguments> calls() {
        return Stream.of(
                no("policy", () -> ChatServer.builder().policy(null)),
                no("listener", () -> ChatServer.builder().listener(null)),
                no("greeting", () -> ChatServer.builder().greeting(null)),
                no("scheduler", () -> ChatServer.builder().scheduler(null)),
                no("options", () -> ChatServer.builder().options(null)),
                no("options", () -> ChatServer.builder().hubOptions(null)),
                no("journal", () -> ChatServer.builder().journal(null)),
                no("names", () -> ChatServer.builder().names(null)),
                no("operatorName", () -> ChatServer.builder().operatorName(null)),
                no("room", () -> ChatServer.builder().room(null)),
                no("transport", () -> ChatServer.builder().listen(null, null)),
                no("listener", () -> Hub.builder().listener(null)),
                no("name", () -> Hub.builder().build().room(null)),
                no("plan", () -> Hub.builder().build().program().create("lobby", null)),
                no("text", () -> Hub.builder().build().program().say("lobby", null)),
                no("text", () -> Hub.builder().build().program().tell("anna", null)),
                no("text", () -> Hub.builder().build().announcements().close(null)),
                no("presence", () -> RoomSettings.DEFAULT.withPresence(null)),
                no("settings", () -> RoomPlan.DEFAULT.withSettings(null)),
                no("topic", () -> RoomPlan.DEFAULT.withTopic(null)),
                no("account", () -> RoomPlan.DEFAULT.withOwner(null)),
                no("owner", () -> RoomPlan.DEFAULT.withOwner("")),
                no("listener", () -> ChatClient.builder().listener(null)),
                no("connectTimeout", () -> ChatClient.builder().connectTimeout(ENDLESS)),
                no("loginTimeout", () -> GatewayOptions.DEFAULT.toBuilder().loginTimeout(ENDLESS)),
                no("maxRooms", () -> HubOptions.DEFAULT.toBuilder().maxRooms(0)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void itIsRefusedWhereItIsGiven(String name, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class)
                .hasMessageContaining(name);
    }
}
