package io.parley.apps.server;

import static io.parley.apps.server.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ShutdownMessagesTest {
    private final List<String> out = new CopyOnWriteArrayList<>();

    @Test
    void areOutWhenTheyAreSaid() {
        ShutdownMessages messages = new ShutdownMessages(out::add, Patience.LIMIT);
        messages.log("draining");
        messages.log("ended");
        assertThat(out).containsExactly("draining", "ended");
    }

    @Test
    void thatWereNotWaitedForComeLaterAndInOrder() {
        CountDownLatch free = new CountDownLatch(1);
        ShutdownMessages messages = new ShutdownMessages(
                line -> {
                    awaitUninterruptibly(free);
                    out.add(line);
                },
                Duration.ofMillis(1));
        messages.log("draining");
        messages.log("ended");
        assertThat(out).isEmpty();
        free.countDown();
        await().until(() -> out.size() == 2);
        assertThat(out).containsExactly("draining", "ended");
    }

    @Test
    void oneThatFailsTakesNoOtherWithIt() {
        ShutdownMessages messages = new ShutdownMessages(
                line -> {
                    if (line.equals("draining")) {
                        throw new IllegalStateException("no such terminal");
                    }
                    out.add(line);
                },
                Patience.LIMIT);
        messages.log("draining");
        messages.log("ended");
        assertThat(out).containsExactly("ended");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
