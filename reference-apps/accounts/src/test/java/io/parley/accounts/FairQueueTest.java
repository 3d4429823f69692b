package io.parley.accounts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One worker, which a test holds until all that matters is in the queue. */
class FairQueueTest {
    private static final long LONGEST = Duration.ofSeconds(8).toNanos();

    private final AtomicLong clock = new AtomicLong();
    private final FairQueue queue = new FairQueue(1, LONGEST, clock::get);
    private final CountDownLatch held = new CountDownLatch(1);
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        held.countDown();
        queue.close();
    }

    /** Has the worker wait. */
    private void hold() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        assertThat(queue.offer("holder", 1, new FairQueue.Task(() -> await(begun), () -> {})))
                .isTrue();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void await(CountDownLatch begun) {
        begun.countDown();
        try {
            held.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean offer(String source, int places, String what) {
        return queue.offer(source, places, new FairQueue.Task(() -> done.add(what), () -> done.add("refused " + what)));
    }

    private List<String> take(int count) throws InterruptedException {
        held.countDown();
        List<String> taken = new CopyOnWriteArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(requireNonNull(done.poll(10, TimeUnit.SECONDS), "nothing more is done"));
        }
        return taken;
    }

    @Test
    void sourcesAreServedInTurns() throws Exception {
        hold();
        for (int i = 1; i <= 3; i++) {
            assertThat(offer("flood", 4, "flood " + i)).isTrue();
        }
        assertThat(offer("other", 4, "other 1")).isTrue();
        assertThat(offer("owner", 4, "owner 1")).isTrue();
        assertThat(offer("other", 4, "other 2")).isTrue();
        assertThat(take(6)).containsExactly("flood 1", "other 1", "owner 1", "flood 2", "other 2", "flood 3");
    }

    @Test
    void aSourceHasItsPlacesOnly() throws Exception {
        hold();
        assertThat(offer("flood", 2, "1")).isTrue();
        assertThat(offer("flood", 2, "2")).isTrue();
        assertThat(offer("flood", 2, "3")).isFalse();
        assertThat(offer("owner", 2, "4")).isTrue();
        assertThat(take(3)).containsExactly("1", "4", "2");
    }

    @Test
    void whatWaitedTooLongIsRefused() throws Exception {
        hold();
        assertThat(offer("early", 4, "early")).isTrue();
        clock.addAndGet(LONGEST);
        assertThat(offer("late", 4, "late")).isTrue();
        clock.addAndGet(1);
        assertThat(take(2)).containsExactly("refused early", "late");
    }

    @Test
    void thereIsABoundForSources() throws Exception {
        hold();
        int taken = 0;
        while (offer("source " + taken, 1, "x")) {
            taken++;
        }
        assertThat(taken).isEqualTo(2_000);
        assertThat(take(taken)).hasSize(taken);
    }

    @Test
    void theEndRefusesWhatWaits() throws Exception {
        hold();
        assertThat(offer("somebody", 4, "1")).isTrue();
        queue.close();
        assertThat(done.poll(10, TimeUnit.SECONDS)).isEqualTo("refused 1");
        assertThat(offer("somebody", 4, "2")).isFalse();
    }

    @Test
    void workGoesOnAfterAPause() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(offer("somebody", 1, "once")).isTrue();
            assertThat(take(1)).containsExactly("once");
        }
    }
}
