package io.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bots on real threads. */
@Timeout(60)
class BotThreadsTest {
    private final ChatServer server;

    BotThreadsTest() throws IOException {
        server = ChatServer.builder().room("lobby").start();
    }

    private BotRoom joined(String name, BotListener listener) {
        return server.bot(name, listener).join().join("lobby").join();
    }

    @Test
    void aCallbackWaitsForItsOwnBot() throws Exception {
        try (server) {
            CompletableFuture<Bot> self = server.bot("waiter", (room, message) -> {
                long number = room.say("you said " + message.body()).join();
                int members = room.members("", 10).join().size();
                room.say(number + " " + members).join();
                room.leave().join();
            });
            self.join().join("lobby").join();
            CountDownLatch heard = new CountDownLatch(2);
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            BotRoom room = joined("other", (in, message) -> {
                lines.add(message.body());
                heard.countDown();
            });
            room.say("hello").join();
            assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(lines).containsExactly("you said hello", "2 2");
        }
        assertThat(server.hub().users()).isEmpty();
    }

    @Test
    void manyThreadsSpeakAndEachKeepsItsOrder() throws Exception {
        int threads = 4;
        int each = 1_000;
        try (server) {
            CountDownLatch all = new CountDownLatch(threads * each);
            List<Entry.Message> heard = new ArrayList<>(); // the listener's, read behind the latch
            joined("ear", (in, message) -> {
                heard.add(message);
                all.countDown();
            });
            BotRoom mouth = joined("mouth", (in, message) -> {});
            List<CompletableFuture<?>> speakers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int mine = t;
                speakers.add(CompletableFuture.runAsync(() -> IntStream.range(0, each)
                        .mapToObj(i -> mouth.say(mine + " " + i))
                        .toList()
                        .forEach(CompletableFuture::join)));
            }
            speakers.forEach(CompletableFuture::join);
            assertThat(all.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(heard).hasSize(threads * each);
            for (int i = 0; i < heard.size(); i++) {
                assertThat(heard.get(i).seq()).isEqualTo(i + 1);
                assertThat(heard.get(i).cid()).isEqualTo(i + 1);
            }
            for (int t = 0; t < threads; t++) {
                String mine = t + " ";
                assertThat(heard.stream().map(Entry.Message::body).filter(body -> body.startsWith(mine)))
                        .isEqualTo(
                                IntStream.range(0, each).mapToObj(i -> mine + i).toList());
            }
        }
    }

    @Test
    void aListenerThatBlocksHarmsNobody() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch heard = new CountDownLatch(100);
        joined("stuck", (in, message) -> {
            entered.countDown();
            try {
                release.await();
            } catch (InterruptedException no) {
                Thread.currentThread().interrupt();
            }
        });
        joined("ear", (in, message) -> heard.countDown());
        BotRoom mouth = joined("mouth", (in, message) -> {});
        IntStream.range(0, 100).mapToObj(i -> mouth.say("m" + i)).toList().forEach(CompletableFuture::join);
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
        server.shutdown(Duration.ofSeconds(1)).get(30, TimeUnit.SECONDS);
        assertThat(server.hub().users()).isEmpty();
        release.countDown();
    }

    @Test
    void callbackClosesTheServer() throws Exception {
        joined("switch", (in, message) -> server.close());
        joined("mouth", (in, message) -> {}).say("off").join();
        server.awaitClosed();
        assertThat(server.hub().users()).isEmpty();
    }
}
