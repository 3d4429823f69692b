package io.parley.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final AtomicLong clock = new AtomicLong(5);
    private final Attempts attempts = new Attempts(clock::get);

    private void wrong(int times) {
        for (int i = 0; i < times; i++) {
            attempts.wrong("anna", "there");
        }
    }

    private long seconds(String account, String source) {
        return TimeUnit.NANOSECONDS.toSeconds(attempts.waitNanos(account, source));
    }

    @Test
    void theWaitGrowsAndEnds() {
        wrong(4);
        assertThat(seconds("anna", "there")).isZero();
        for (long expected : new long[] {1, 2, 4, 8, 16, 32, 64, 64}) {
            wrong(1);
            assertThat(seconds("anna", "there")).isEqualTo(expected);
            clock.addAndGet(TimeUnit.SECONDS.toNanos(expected));
            assertThat(attempts.waitNanos("anna", "there")).isZero();
        }
    }

    @Test
    void othersDoNotWait() {
        wrong(20);
        assertThat(seconds("anna", "there")).isPositive();
        assertThat(seconds("anna", "elsewhere")).isZero();
        assertThat(seconds("bob", "there")).isZero();
    }

    @Test
    void theRightOneMakesGood() {
        wrong(5);
        attempts.right("anna", "there");
        assertThat(seconds("anna", "there")).isZero();
        wrong(4);
        assertThat(seconds("anna", "there")).isZero();
    }

    @Test
    void isForgottenAfterAWhile() {
        wrong(11);
        clock.addAndGet(Duration.ofMinutes(16).toNanos());
        wrong(1);
        assertThat(seconds("anna", "there")).isZero();
    }

    @Test
    void thereIsABound() {
        wrong(10);
        for (int i = 0; i < 10_000; i++) {
            attempts.wrong("guess " + i, "there");
        }
        assertThat(seconds("anna", "there")).isZero(); // the oldest is forgotten
    }

    @Test
    void aSourceMakesSoManyAccountsInAnHour() {
        RegistrationLimit limit = new RegistrationLimit(clock::get);
        assertThat(limit.take("there", 2)).isZero();
        clock.addAndGet(Duration.ofMinutes(20).toNanos());
        assertThat(limit.take("there", 2)).isZero();
        assertThat(limit.take("there", 2)).isEqualTo(Duration.ofMinutes(40).toNanos());
        assertThat(limit.take("elsewhere", 2)).isZero();
        limit.giveBack("there");
        assertThat(limit.take("there", 2)).isZero();
        clock.addAndGet(Duration.ofMinutes(40).toNanos());
        assertThat(limit.take("there", 2)).isZero();
        assertThat(limit.take("there", 2)).isPositive();
    }
}
