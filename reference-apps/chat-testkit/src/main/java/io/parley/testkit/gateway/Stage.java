package io.parley.testkit.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.gateway.Gateway;
import io.parley.room.Room;
import io.parley.server.ChatServer;
import io.parley.testkit.chat.Chat;
import io.parley.testkit.chat.ChatFixture;
import io.parley.testkit.chat.Ears;
import io.parley.testkit.transport.Bench;
import io.parley.transport.Transport;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A server with two listeners for the time of one test: the native protocol, for clients, and the gateway, for talkers. At the
 * end it looks for breaches of the transport's rules, for what is still counted, and for threads. For one thread.
 */
final class Stage implements AutoCloseable {
    /** The room of most tests. */
    static final String LOBBY = "lobby";

    private final GatewayDriver driver;
    private final ChatFixture fixture;
    private final Bench bench;
    private final Chat chat;
    private final List<Talker> talkers = new ArrayList<>();

    private Stage(GatewayBinding binding, UnaryOperator<ChatServer.Builder> options) {
        driver = binding.driver();
        fixture = binding.open();
        bench = Bench.byHand(fixture.transport(), fixture::address, this::turn);
        chat = Chat.open(fixture, builder -> options.apply(listen(builder)));
    }

    static Stage open(GatewayBinding binding) {
        return open(binding, builder -> builder);
    }

    static Stage open(GatewayBinding binding, UnaryOperator<ChatServer.Builder> options) {
        return new Stage(binding, options);
    }

    private ChatServer.Builder listen(ChatServer.Builder builder) {
        Transport transport = fixture.transport();
        SocketAddress address = fixture.otherAddress();
        Optional<Gateway> gateway = driver.gateway();
        return gateway.isPresent()
                ? builder.listen(gateway.get(), transport, address)
                : builder.listen(transport, address);
    }

    ChatServer server() {
        return chat.server();
    }

    ChatFixture fixture() {
        return fixture;
    }

    boolean can(Ability ability) {
        return !driver.cannot().contains(ability);
    }

    /** Checks a reason that was told, as far as the protocol says it. */
    void check(int code, String text, Integer... codes) {
        if (can(Ability.CODES)) {
            assertThat(code).as(text).isIn((Object[]) codes);
        } else {
            assertThat(text).as("a refusal says why").isNotEmpty();
            assertThat(code).as(text).isIn(0, codes[0]);
        }
    }

    // ---- who is here

    /** Somebody who is connected to the gateway, or was turned away, and has not said anything. */
    Talker talker() {
        return talker(fixture.transport());
    }

    /** The same, with little room for what it does not read. */
    Talker narrowTalker() {
        return talker(fixture.narrow());
    }

    private Talker talker(Transport transport) {
        Talker talker = new Talker(this, driver.speaker(), bench.probe());
        transport.connect(chat.server().addresses().get(1), talker.probe());
        talkers.add(talker);
        return talker.await("connected", () -> talker.probe().isOpen() || talker.isOver());
    }

    /** A user of the gateway. */
    Talker talker(String name) {
        return talker().login(name);
    }

    /** A user of the gateway that is in the lobby. */
    Talker member(String name) {
        return talker(name).join(LOBBY);
    }

    /** A user of the native protocol. */
    ChatClient client(String name) {
        return chat.guest(name);
    }

    /** A client with a builder of the test's. */
    ChatClient client(ChatClient.Builder builder) {
        return chat.connect(builder);
    }

    ChatClient.Builder builder(String name) {
        return chat.client(name);
    }

    /** The refusal that a native user meets. */
    int refusal(String name) {
        return fixture.refusal(chat.client(name)
                .connectAsync(fixture.transport(), chat.server().addresses().get(0)));
    }

    /** A user of the native protocol that is in the lobby. */
    ChatRoom member(String name, Ears ears) {
        return chat.enter(client(name), LOBBY, ears);
    }

    /** What a new connection sends to log in. */
    byte[] loginBytes(String name) {
        return driver.speaker().login(name);
    }

    /** How many members a room has; 0 if it is not in use. */
    int members(String room) {
        Room found = server().hub().findRoom(room);
        return found == null ? 0 : found.memberCount();
    }

    /** Whether a user of that name is here. */
    boolean isHere(String name) {
        return server().hub().user(name) != null;
    }

    // ---- waiting

    private void turn() {
        fixture.settle("a turn", () -> true);
    }

    void settle(String what, BooleanSupplier condition) {
        fixture.settle(what, condition);
    }

    <T> T await(CompletableFuture<T> future) {
        return fixture.await(future);
    }

    /** Lets time pass by the clock of the fixture. */
    void pass(Duration time) {
        long from = now();
        settle("time passes", () -> now() - from >= time.toNanos());
    }

    long now() {
        return fixture.scheduler().nanoTime();
    }

    /** Checks that the gateway and the native protocol still serve each other. To be called last, with fresh names. */
    void assertHealthy() {
        Ears ears = new Ears();
        ChatRoom room = chat.enter(client("doctor"), "ward", ears);
        Talker nurse = talker("nurse").join("ward");
        await(room.say("how are you?"));
        nurse.awaitsSaid("doctor", "how are you?").say("fine");
        settle("fine", () -> ears.heard("nurse: fine"));
    }

    // ---- what is checked

    /**
     * Waits until all messages are heard, and checks that everybody heard each once, in one order. The clients have heard
     * everything; a talker's own messages may be left out.
     */
    void assertOneOrder(List<Talker> talkers, List<Ears> ears, int total) {
        for (Ears one : ears) {
            settle("a client heard " + total, () -> one.count() >= total);
        }
        List<String> all = lines(ears.get(0));
        assertThat(all).hasSize(total);
        for (Ears one : ears) {
            assertThat(lines(one)).isEqualTo(all);
        }
        for (Talker talker : talkers) {
            List<String> expected = all.stream()
                    .filter(line -> !line.startsWith(talker.name() + ": "))
                    .toList();
            talker.await(
                    "a talker heard " + expected.size(), () -> talker.said().size() >= expected.size());
            assertThat(talker.said()).isEqualTo(expected);
            List<String> own = all.stream()
                    .filter(line -> line.startsWith(talker.name() + ": "))
                    .map(line -> line.substring(talker.name().length() + 2))
                    .toList();
            if (can(Ability.OWN_ENTRIES)) {
                talker.await("a talker heard itself", () -> talker.own().size() >= own.size());
                assertThat(talker.inOrder()).isEqualTo(all);
            } else {
                assertThat(talker.own()).isEmpty();
            }
            assertThat(talker.heard(Heard.Missed.class)).isEmpty();
        }
    }

    /** Checks that each sender's messages, "no 0" and so on, are in their order. */
    void assertEachInOrder(Ears ears, int each) {
        Map<String, Integer> next = new HashMap<>();
        ears.messages()
                .forEach(message -> assertThat(message.text())
                        .as("of %s", message.sender())
                        .isEqualTo("no " + (next.merge(message.sender(), 1, Integer::sum) - 1)));
        assertThat(next).allSatisfy((sender, count) -> assertThat(count).isEqualTo(each));
    }

    private static List<String> lines(Ears ears) {
        return ears.messages().stream()
                .map(message -> message.sender() + ": " + message.text())
                .toList();
    }

    /** Ends everything, and checks that nothing is left. */
    @Override
    public void close() {
        talkers.stream().filter(talker -> !talker.isOver()).forEach(Talker::abort);
        chat.close();
        settle("every connection ends", () -> talkers.stream().allMatch(Talker::isOver));
        assertThat(server().connections()).as("connections").isZero();
        settle("nobody is here", () -> server().hub().users().isEmpty());
        assertThat(server().stats().users()).as("users").isZero();
        bench.finish();
    }
}
