package io.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.ErrorCode;
import io.parley.server.ChatServer;
import io.parley.testkit.chat.Ears;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose connection is cut again and again, against a real server: nothing is said twice, or in another order. */
class ClientCutTest {
    private static final MemoryAddress SERVER = new MemoryAddress("server");
    private static final MemoryAddress ALICE = new MemoryAddress("alice");
    private static final int MESSAGES = 200;

    private static <T> T get(MemoryNetwork network, CompletableFuture<T> future) {
        for (int i = 0; i < 600 && !future.isDone(); i++) {
            network.advance(Duration.ofMillis(100));
        }
        assertThat(future).isDone();
        return future.join();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void saysEverythingOnceAndInOrder(long seed) throws IOException {
        MemoryNetwork network = MemoryNetwork.seeded(seed);
        Random random = new Random(seed);
        Ears bobHears = new Ears();
        Ears aliceHears = new Ears();
        AtomicInteger logins = new AtomicInteger();
        try (ChatServer server = ChatServer.builder()
                .listen(network.transport(), SERVER)
                .scheduler(network.scheduler())
                .room("lobby")
                .start()) {
            ChatClient bob = get(
                    network,
                    ChatClient.builder()
                            .name("bob")
                            .scheduler(network.scheduler())
                            .connectAsync(network.transport(), SERVER));
            get(network, bob.enterAsync("lobby", 0, bobHears));
            ChatClient alice = get(
                    network,
                    ChatClient.builder()
                            .name("alice")
                            .scheduler(network.scheduler())
                            .longestRetry(Duration.ofMillis(400))
                            .listener(new ClientListener() {
                                @Override
                                public void onState(ClientState state) {
                                    if (state.phase() == ClientState.Phase.ONLINE) {
                                        logins.incrementAndGet();
                                    }
                                }
                            })
                            .connectAsync(network.transport(ALICE), SERVER));
            ChatRoom room = get(network, alice.enterAsync("lobby", 0, aliceHears));
            List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                receipts.add(room.say("no " + i));
                for (int steps = random.nextInt(12); steps > 0; steps--) {
                    network.step();
                }
                if (random.nextInt(15) == 0) {
                    network.cut(ALICE);
                    network.advance(Duration.ofMillis(random.nextInt(300)));
                }
            }
            for (CompletableFuture<Receipt> receipt : receipts) {
                get(network, receipt.handle((done, why) -> done));
            }
            network.advance(Duration.ofSeconds(5));
            assertThat(logins.get()).isGreaterThan(3);
            List<String> said = bobHears.texts();
            assertThat(new HashSet<>(said)).as("nothing twice").hasSameSizeAs(said);
            List<Integer> order = said.stream()
                    .map(text -> Integer.valueOf(text.substring(3)))
                    .toList();
            assertThat(order).isSorted();
            for (int i = 0; i < MESSAGES; i++) {
                CompletableFuture<Receipt> receipt = receipts.get(i);
                if (receipt.isCompletedExceptionally()) {
                    assertThat(Script.codeOf(receipt)).isIn(ErrorCode.UNKNOWN_OUTCOME, ErrorCode.NOT_SAID);
                } else {
                    assertThat(order).contains(i);
                }
            }
            assertThat(receipts.stream().filter(CompletableFuture::isCompletedExceptionally))
                    .as("the room keeps everything, so all of it can be known")
                    .isEmpty();
            assertThat(aliceHears.seqs()).isEqualTo(bobHears.seqs());
            assertThat(aliceHears.lines()).noneMatch(line -> line.startsWith("closed") || line.startsWith("lost"));
            alice.closeAsync();
            bob.closeAsync();
            network.advance(Duration.ofSeconds(6));
        }
    }
}
