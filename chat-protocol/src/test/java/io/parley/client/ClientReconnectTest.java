package io.parley.client;

import static io.parley.client.Script.codeOf;
import static io.parley.client.Script.held;
import static io.parley.client.Script.only;
import static io.parley.client.Script.own;
import static io.parley.client.Script.says;
import static io.parley.client.Script.welcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.codec.Bytes;
import io.parley.model.ErrorCode;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.chat.Peer;
import io.parley.transport.Transport;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import io.parley.wire.Bye;
import io.parley.wire.ClientFrame;
import io.parley.wire.Continue;
import io.parley.wire.Failed;
import io.parley.wire.Goaway;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Leave;
import io.parley.wire.Ping;
import io.parley.wire.Refused;
import io.parley.wire.RoomSnapshot;
import io.parley.wire.Welcome;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When and where a client connects again, and when it does not. */
class ClientReconnectTest {
    private static final MemoryAddress OTHER = new MemoryAddress("other");

    private final List<ClientState> states = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private ChatClient.Builder listening(ChatClient.Builder builder) {
        return builder.listener(new ClientListener() {
            @Override
            public void onState(ClientState state) {
                states.add(state);
            }

            @Override
            public void onGoingAway(String reason, long reconnectAfterMillis) {
                told.add("going away");
            }

            @Override
            public void onRenamed(String name) {
                told.add("renamed " + name);
            }

            @Override
            public void onClosed(ChatException why) {
                told.add("closed " + why.code());
            }
        });
    }

    private Script lasting() {
        return Script.lasting(this::listening);
    }

    private List<ClientState.Phase> phases() {
        return states.stream().map(ClientState::phase).toList();
    }

    private ClientState last() {
        return states.get(states.size() - 1);
    }

    private static Duration until(Script script, ClientState state) {
        Instant now = Instant.ofEpochMilli(script.network.scheduler().epochMillis());
        return Duration.between(now, state.retryAt());
    }

    // ---- when

    @Test
    void triesAtOnceAndThenEverMoreRarely() {
        Script script = lasting();
        script.goOffline();
        List<Long> delays = new ArrayList<>();
        for (int attempt = 0; attempt < 14; attempt++) {
            assertThat(last().phase()).isEqualTo(ClientState.Phase.OFFLINE);
            assertThat(last().cause()).isNotNull();
            Duration delay = until(script, last());
            delays.add(delay.toMillis());
            int before = states.size();
            script.network.advance(delay.plusMillis(1));
            assertThat(states).hasSize(before + 2);
        }
        assertThat(delays.get(0)).isBetween(0L, 100L);
        for (int i = 1; i < delays.size(); i++) {
            long most = Math.min(30_000, 100L << i);
            assertThat(delays.get(i)).as("attempt %s", i).isBetween(most / 2, most);
        }
        assertThat(script.closed).isNotDone();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 15000, 30000",
        "999, 15000, 30000",
        "1000, 400, 800",
        "5000, 1600, 3200",
        "9999, 3200, 6400",
        "10000, 1, 100"
    })
    void theLongerAConnectionHeldTheSoonerTheNextIsTried(long heldMillis, long least, long most) {
        MemoryNetwork network = MemoryNetwork.builder().build();
        Reconnect reconnect = new Reconnect(network.scheduler(), Addresses.of(OTHER), Duration.ofSeconds(30));
        ChatException why = ChatException.lost("cut", null);
        for (int attempt = 0; attempt < 14; attempt++) {
            reconnect.delay(why);
        }
        reconnect.online();
        network.advance(Duration.ofMillis(heldMillis));
        reconnect.lost();
        assertThat(reconnect.delay(why).toMillis()).isBetween(least, most);
    }

    @Test
    void theLongestTimeCanBeChosen() {
        Script script = Script.lasting(builder -> listening(builder).longestRetry(Duration.ofSeconds(1)));
        script.goOffline();
        script.network.advance(Duration.ofMinutes(2));
        assertThat(until(script, script.client().state())).isLessThanOrEqualTo(Duration.ofSeconds(1));
        script.network.allow(Script.ADDRESS);
        script.network.advance(Duration.ofSeconds(1));
        only(Hello.class, script.server.take());
    }

    @Test
    void whatTheServerAsksForIsKept() {
        Script script = lasting();
        script.comeBack();
        script.tell(new Refused(ErrorCode.RATE_LIMITED, "later", 90_000));
        assertThat(until(script, last())).isGreaterThan(Duration.ofSeconds(89));
        int connections = script.servers.size();
        script.network.advance(Duration.ofSeconds(89));
        assertThat(script.servers).hasSize(connections);
        script.network.advance(Duration.ofSeconds(2));
        assertThat(script.servers).hasSize(connections + 1);
    }

    @Test
    void aConnectionThatHeldBeginsAnew() {
        Script script = lasting();
        script.goOffline();
        script.network.advance(Duration.ofMinutes(2));
        script.network.allow(Script.ADDRESS);
        while (script.servers.size() < 2) {
            script.network.advance(Duration.ofSeconds(1));
        }
        script.tell(welcome(Script.ORIGIN, false));
        assertThat(last()).isEqualTo(ClientState.ONLINE);
        script.network.advance(Duration.ofSeconds(11));
        script.goOffline();
        assertThat(until(script, last())).isLessThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void anAttemptThatHangsIsGivenUp() {
        Script script = Script.lasting(builder -> listening(builder).connectTimeout(Duration.ofSeconds(3)));
        script.comeBack();
        script.network.advance(Duration.ofMillis(2_600));
        assertThat(script.servers.get(1).isOver()).isTrue();
        script.network.advance(Duration.ofSeconds(1));
        assertThat(script.servers).hasSize(3);
    }

    @Test
    void goawayHoldsNewWordsBackAndComesBackWhenTold() {
        Script script = lasting();
        ChatRoom room = script.enter(0, new Ears());
        CompletableFuture<Receipt> first = room.say("first");
        script.sent();
        assertThat(script.tell(new Goaway(60_000, 5_000, 2_000, "maintenance"))).isEmpty();
        CompletableFuture<Receipt> second = room.say("second");
        assertThat(script.sent()).as("held for the next connection").isEmpty();
        assertThat(told).containsExactly("going away");
        assertThat(script.tell(own(1, 1))).as("a goodbye would end the session").isEmpty();
        assertThat(first).isCompletedWithValue(new Receipt(1));
        assertThat(script.server.isOver()).isTrue();
        script.network.run();
        assertThat(last().phase()).isEqualTo(ClientState.Phase.OFFLINE);
        assertThat(until(script, last())).isBetween(Duration.ofMillis(4_900), Duration.ofSeconds(7));
        script.network.advance(Duration.ofMillis(7_100));
        only(Hello.class, script.server.take());
        List<ClientFrame> sent = script.tell(welcome(Script.ORIGIN, true), held(Script.ROOM));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0)).isInstanceOf(Continue.class);
        assertThat(says(sent))
                .singleElement()
                .satisfies(say -> assertThat(say.body()).isEqualTo("second"));
        assertThat(second).isNotDone();
    }

    @Test
    void withoutATokenItSaysGoodbye() {
        Script script = new Script(MemoryNetwork.seeded(1), builder -> listening(builder.reconnect(true)));
        script.tell(welcome());
        script.server.take();
        assertThat(script.tell(new Goaway(60_000, 0, 0, "maintenance"))).containsExactly(new Bye(""));
        script.network.advance(Duration.ofSeconds(1));
        assertThat(script.servers).hasSize(2);
    }

    // ---- whether

    @ParameterizedTest
    @ValueSource(ints = {ErrorCode.REPLACED, ErrorCode.REMOVED, ErrorCode.BANNED, 477})
    void whoIsNotWantedBackDoesNotComeBack(int code) {
        Script script = lasting();
        Ears ears = new Ears();
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<Receipt> receipt = room.say("x");
        script.tell(new Failed(0, code, "no", 0));
        script.network.advance(Duration.ofMinutes(2));
        assertThat(script.servers).hasSize(1);
        assertThat(phases()).containsExactly(ClientState.Phase.ONLINE, ClientState.Phase.ENDED);
        assertThat(script.client().state().cause()).hasFieldOrPropertyWithValue("code", code);
        assertThat(told).containsExactly("closed " + code);
        assertThat(ears.lines()).containsExactly("closed " + code);
        assertThat(codeOf(receipt)).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
        CompletableFuture<Receipt> late = room.say("y");
        script.network.run();
        assertThat(codeOf(late)).isEqualTo(code);
        assertThat(script.client().closed()).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                ErrorCode.AUTH_FAILED,
                ErrorCode.BANNED,
                ErrorCode.BAD_NAME,
                ErrorCode.UNSUPPORTED_VERSION,
                ErrorCode.UNSUPPORTED_MECHANISM
            })
    void aLoginThatIsRefusedForGoodIsTheEnd(int code) {
        Script script = lasting();
        script.comeBack();
        script.tell(new Refused(code, "no", 0));
        script.network.advance(Duration.ofMinutes(2));
        assertThat(script.servers).hasSize(2);
        assertThat(told).containsExactly("closed " + code);
        assertThat(last()).isEqualTo(script.client().state());
        assertThat(last().phase()).isEqualTo(ClientState.Phase.ENDED);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {ErrorCode.NAME_TAKEN, ErrorCode.SESSION_GONE, ErrorCode.OVERLOADED, ErrorCode.GOING_AWAY, 280, 999})
    void everythingElseIsTriedAgain(int code) {
        Script script = lasting();
        script.comeBack();
        script.tell(new Refused(code, "not now", 0));
        script.network.advance(Duration.ofSeconds(2));
        assertThat(script.servers).hasSizeGreaterThan(2);
        assertThat(told).isEmpty();
    }

    @Test
    void whatCannotBeReadIsTriedAgain() {
        Script script = lasting();
        script.server.sendBytes(new byte[] {0x60, 0, 0, 1, (byte) 0x80});
        script.network.advance(Duration.ofSeconds(1));
        assertThat(script.servers).hasSize(2);
    }

    @Test
    void theFirstAttemptIsTheOnlyOneUntilItSucceeds() {
        Script script = new Script(MemoryNetwork.seeded(1), builder -> listening(builder.reconnect(true)));
        script.tell(new Refused(ErrorCode.OVERLOADED, "not now", 0));
        script.network.advance(Duration.ofMinutes(1));
        assertThat(codeOf(script.coming)).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(script.servers).hasSize(1);
        assertThat(told).containsExactly("closed " + ErrorCode.OVERLOADED);
    }

    @Test
    void silenceIsALoss() {
        Script script = lasting();
        script.network.advance(Duration.ofSeconds(63));
        assertThat(script.servers).hasSizeGreaterThan(1);
        assertThat(script.closed).isNotDone();
    }

    @Test
    void anotherNameThatCameWithTheNextSessionIsTold() {
        Script script = lasting();
        script.comeBack();
        Welcome given = welcome(43, false);
        script.tell(new Welcome(
                1, 1, 43, Bytes.EMPTY, false, io.parley.model.People.guest(43, "alice-2"), given.limits(), "another"));
        assertThat(told).containsExactly("renamed alice-2");
        assertThat(script.client().name()).isEqualTo("alice-2");
        assertThat(script.client().greeting()).isEqualTo("another");
    }

    // ---- the end

    @Test
    void closingOfflineEndsAtOnce() {
        Script script = lasting();
        Ears ears = new Ears();
        ChatRoom room = script.enter(0, ears);
        CompletableFuture<Receipt> sent = room.say("sent");
        script.sent();
        script.goOffline();
        CompletableFuture<Receipt> queued = room.say("queued");
        CompletableFuture<?> entering = script.client().enterAsync("attic", 0, ears);
        script.client().close();
        assertThat(script.client().closed()).isCompleted();
        assertThat(codeOf(sent)).isEqualTo(ErrorCode.UNKNOWN_OUTCOME);
        assertThat(codeOf(queued)).isEqualTo(ChatException.NOT_CONNECTED);
        assertThat(codeOf(entering)).isEqualTo(ChatException.NOT_CONNECTED);
        assertThat(told).containsExactly("closed 0");
        assertThat(ears.lines()).containsExactly("closed 0");
        script.network.advance(Duration.ofMinutes(1));
        assertThat(script.servers).hasSize(1);
        assertThat(last().phase()).isEqualTo(ClientState.Phase.ENDED);
    }

    @Test
    void closingDuringAnAttemptEndsIt() {
        Script script = lasting();
        script.comeBack();
        script.client().closeAsync();
        script.network.run();
        assertThat(script.server.isOver()).isTrue();
        assertThat(script.client().closed()).isCompleted();
        script.network.advance(Duration.ofMinutes(1));
        assertThat(script.servers).hasSize(2);
    }

    @Test
    void closingWhileLoggedInIsAGoodbye() {
        Script script = lasting();
        script.resume(held());
        script.client().closeAsync();
        assertThat(script.sent()).containsExactly(new Bye(""));
        script.network.advance(Duration.ofMinutes(1));
        assertThat(script.servers).hasSize(2);
        assertThat(script.client().closed()).isCompleted();
    }

    // ---- where

    private static Peer<ClientFrame> listen(MemoryNetwork network, SocketAddress address) {
        Peer<ClientFrame> peer = Peer.accepted();
        try {
            network.transport().listen(address, remote -> peer);
        } catch (IOException no) {
            throw new AssertionError(no);
        }
        return peer;
    }

    @Test
    void theSecondAddressIsTriedWhenTheFirstIsSilent() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        listen(network, Script.ADDRESS);
        network.freeze(Script.ADDRESS);
        Peer<ClientFrame> second = listen(network, OTHER);
        CompletableFuture<ChatClient> coming = ChatClient.builder()
                .scheduler(network.scheduler())
                .connectTimeout(Duration.ofSeconds(2))
                .connectAsync(network.transport(), () -> List.of(Script.ADDRESS, OTHER));
        network.advance(Duration.ofMillis(1_900));
        assertThat(second.take()).isEmpty();
        network.advance(Duration.ofMillis(200));
        only(Hello.class, second.take());
        second.send(welcome(1, false));
        network.run();
        assertThat(coming).isCompleted();
    }

    @Test
    void allAddressesFailingIsAFailure() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        CompletableFuture<ChatClient> coming = ChatClient.builder()
                .scheduler(network.scheduler())
                .connectAsync(network.transport(), () -> List.of(Script.ADDRESS, OTHER));
        network.run();
        assertThat(codeOf(coming)).isEqualTo(ChatException.NOT_CONNECTED);
    }

    @Test
    void aRefusalIsNotCarriedToTheNextAddress() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        Peer<ClientFrame> first = listen(network, Script.ADDRESS);
        Peer<ClientFrame> second = listen(network, OTHER);
        CompletableFuture<ChatClient> coming = ChatClient.builder()
                .scheduler(network.scheduler())
                .connectAsync(network.transport(), () -> List.of(Script.ADDRESS, OTHER));
        first.send(new Refused(ErrorCode.NAME_TAKEN, "no", 0));
        network.run();
        assertThat(codeOf(coming)).isEqualTo(ErrorCode.NAME_TAKEN);
        assertThat(second.bytesRead()).isZero();
    }

    @Test
    void addressesAreAskedForAnewAtEachAttempt() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        Peer<ClientFrame> first = listen(network, Script.ADDRESS);
        Peer<ClientFrame> second = listen(network, OTHER);
        List<SocketAddress> addresses = new CopyOnWriteArrayList<>(List.of(Script.ADDRESS));
        CompletableFuture<ChatClient> coming =
                ChatClient.builder().scheduler(network.scheduler()).connectAsync(network.transport(), () -> addresses);
        network.run();
        first.send(welcome(1, false));
        network.run();
        addresses.set(0, OTHER);
        first.abort();
        network.advance(Duration.ofMillis(200));
        only(Hello.class, second.take());
        addresses.clear();
        second.abort();
        network.advance(Duration.ofMinutes(1));
        assertThat(coming.join().state().phase()).isEqualTo(ClientState.Phase.OFFLINE);
        assertThat(coming.join().state().cause()).hasMessage("the server has no address");
    }

    @Test
    void aSupplierThatThrowsIsAFailure() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        CompletableFuture<ChatClient> coming = ChatClient.builder()
                .scheduler(network.scheduler())
                .connectAsync(network.transport(), () -> {
                    throw new IllegalStateException("no directory");
                });
        network.run();
        assertThat(codeOf(coming)).isEqualTo(ChatException.NOT_CONNECTED);
    }

    @Test
    void anUnresolvedAddressIsLookedUp() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        Peer<ClientFrame> server = listen(network, new InetSocketAddress(5222));
        CompletableFuture<ChatClient> coming = ChatClient.builder()
                .scheduler(network.scheduler())
                .password("of a local user")
                .connectAsync(network.transport(), InetSocketAddress.createUnresolved("127.0.0.1", 5222));
        assertThat(server.frames()).as("it is looked up on another thread").isEmpty();
        network.run();
        only(Hello.class, server.take());
        assertThat(coming).isNotDone();
    }

    @Test
    void aPasswordIsNotSentToAnAddressFarAway() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        SocketAddress far = InetSocketAddress.createUnresolved("192.0.2.1", 5222);
        Peer<ClientFrame> server = listen(network, new InetSocketAddress(5222));
        CompletableFuture<ChatClient> coming = ChatClient.builder()
                .scheduler(network.scheduler())
                .password("secret")
                .connectAsync(network.transport(), far);
        network.run();
        assertThat(codeOf(coming)).isEqualTo(ErrorCode.AUTH_FAILED);
        assertThat(server.bytesRead()).isZero();
    }

    @Test
    void anAddressOfAnotherKindIsTheCallersFault() {
        MemoryNetwork network = MemoryNetwork.seeded(1);
        Transport strict = org.mockito.Mockito.mock(Transport.class);
        org.mockito.Mockito.when(strict.connect(org.mockito.ArgumentMatchers.any(), org.mockito.ArgumentMatchers.any()))
                .thenThrow(new IllegalArgumentException("not mine"));
        ChatClient.Builder builder = ChatClient.builder().scheduler(network.scheduler());
        assertThatThrownBy(() -> builder.connectAsync(strict, OTHER)).isInstanceOf(IllegalArgumentException.class);
        CompletableFuture<ChatClient> coming = builder.connectAsync(strict, () -> List.of(OTHER));
        network.run();
        assertThat(codeOf(coming)).isEqualTo(ChatException.NOT_CONNECTED);
    }

    // ---- given up

    @Test
    void aConnectionThatIsGivenUpIsEnded() {
        Script script = new Script(MemoryNetwork.seeded(1), builder -> builder.reconnect(true));
        assertThat(script.coming.cancel(true)).isTrue();
        script.network.run();
        assertThat(script.server.isOver()).isTrue();
        script.network.advance(Duration.ofMinutes(1));
        assertThat(script.servers).hasSize(1);
        assertThat(script.closed).isCompleted();
    }

    @Test
    void whoIsLoggedInAndNotWantedLogsOut() {
        ArrayDeque<Runnable> callbacks = new ArrayDeque<>();
        Script script = new Script(
                MemoryNetwork.seeded(1), builder -> builder.reconnect(true).executor(callbacks::add));
        script.server.take();
        script.tell(welcome(1, false));
        script.coming.cancel(true);
        callbacks.remove().run();
        assertThat(script.sent()).containsExactly(new Bye(""));
        script.network.advance(Duration.ofSeconds(6));
        assertThat(script.server.isOver()).isTrue();
    }

    @Test
    void aRoomThatIsGivenUpIsLeft() {
        Script script = lasting();
        Ears ears = new Ears();
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 0, ears);
        Join join = only(Join.class, script.sent());
        entering.cancel(true);
        List<ClientFrame> sent = script.tell(new Joined(join.id(), Script.snapshot(0), false), Script.message(1));
        assertThat(only(Leave.class, sent).room()).isEqualTo(Script.ROOM);
        assertThat(ears.lines()).isEmpty();
    }

    @Test
    void aRoomThatOneIsInIsNotLeftByGivingUpToEnterIt() {
        Script script = lasting();
        Ears ears = new Ears();
        script.enter(0, ears);
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 0, new Ears());
        Join join = only(Join.class, script.sent());
        entering.cancel(true);
        assertThat(script.tell(new Joined(join.id(), Script.snapshot(0), false), Script.message(1)))
                .isEmpty();
        assertThat(ears.seqs()).containsExactly(1L);
    }

    @Test
    void aRoomThatIsGivenUpAndEnteredOnceMoreIsNotLeft() {
        Script script = lasting();
        Ears ears = new Ears();
        script.client().enterAsync("lobby", 0, new Ears()).cancel(true);
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 0, ears);
        List<ClientFrame> joins = script.sent();
        assertThat(joins).hasSize(2);
        assertThat(script.tell(
                        new Joined(((Join) joins.get(0)).id(), Script.snapshot(0), false),
                        new Joined(((Join) joins.get(1)).id(), Script.snapshot(0), false),
                        Script.message(1)))
                .isEmpty();
        assertThat(entering).isCompleted();
        assertThat(ears.seqs()).containsExactly(1L);
    }

    @Test
    void aRoomThatIsGivenUpIsLeftWhenNoOtherIsBeingEntered() {
        Script script = lasting();
        script.client().enterAsync("lobby", 0, new Ears()).cancel(true);
        script.client().enterAsync("attic", 0, new Ears());
        List<ClientFrame> joins = script.sent();
        assertThat(script.tell(new Joined(((Join) joins.get(0)).id(), Script.snapshot(0), false)))
                .isEmpty();
        RoomSnapshot attic = new RoomSnapshot(
                2, RoomKind.ROOM, "attic", 8, 0, 1, "", Role.MEMBER, RoomSettings.DEFAULT, 1, List.of(), 0, 0);
        Leave left = only(Leave.class, script.tell(new Joined(((Join) joins.get(1)).id(), attic, false)));
        assertThat(left.room()).isEqualTo(Script.ROOM);
    }

    @Test
    void aRoomThatWasNotEnteredInTimeIsLeft() {
        Script script = lasting();
        CompletableFuture<ChatRoom> entering = script.client().enterAsync("lobby", 0, new Ears());
        Join join = only(Join.class, script.sent());
        for (int i = 0; i < 4; i++) {
            script.tell(new Ping(i));
            script.network.advance(Duration.ofSeconds(16));
        }
        assertThat(codeOf(entering)).isEqualTo(ErrorCode.TIMEOUT);
        script.server.take();
        Leave left = only(Leave.class, script.tell(new Joined(join.id(), Script.snapshot(0), false)));
        assertThat(left.room()).isEqualTo(Script.ROOM);
    }
}
