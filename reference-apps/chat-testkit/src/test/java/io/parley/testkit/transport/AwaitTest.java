package io.parley.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration POLL = Duration.ofMillis(1);

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whatHoldsIsLookedAtOnce() {
        Await.until("true", Duration.ZERO, LONG, () -> looks.incrementAndGet() > 0);
        assertThat(looks).hasValue(1);
    }

    @Test
    void whatComesToHoldIsWaitedForByTheCallersThread() {
        Set<Thread> threads = new HashSet<>();
        Await.until("the third look", LONG, POLL, () -> {
            threads.add(Thread.currentThread());
            return looks.incrementAndGet() == 3;
        });
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void thereIsALastLookAfterTheLimit() {
        assertThat(Await.within(Duration.ZERO, POLL, () -> looks.incrementAndGet() == 2))
                .isTrue();
        assertThat(Await.within(Duration.ZERO, POLL, () -> false)).isFalse();
    }

    @Test
    void whatDoesNotHoldIsNamed() {
        assertThatThrownBy(() -> Await.until("the moon", SHORT, POLL, () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not true within PT0.02S: the moon");
    }

    @Test
    void whatAConditionThrowsReachesTheCaller() {
        RuntimeException thrown = new IllegalStateException("no look");
        assertThatThrownBy(() -> Await.until("a look", LONG, POLL, () -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    @Test
    void anInterruptDoesNotEndIt() {
        Thread.currentThread().interrupt();
        try {
            assertThat(Await.within(LONG, POLL, () -> looks.incrementAndGet() == 3))
                    .isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void steadyStartsAgainAfterAFailedLook() {
        long started = System.nanoTime();
        Await.steady("calm", SHORT, LONG, POLL, () -> looks.incrementAndGet() != 3);
        assertThat(looks).hasValueGreaterThan(3);
        assertThat(System.nanoTime() - started).isGreaterThanOrEqualTo(SHORT.toNanos());
    }

    @Test
    void whatNeverCalmsIsNamed() {
        assertThatThrownBy(() -> Await.steady("calm", LONG, SHORT, POLL, () -> true))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not true within PT0.02S: calm");
    }
}
