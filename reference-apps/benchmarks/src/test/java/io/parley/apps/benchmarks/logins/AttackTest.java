package io.parley.apps.benchmarks.logins;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.apps.benchmarks.Frames;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AttackTest {
    private static final int ENOUGH = 100;

    @Test
    void eachNumberIsLoggedInOnceAndCounted() throws InterruptedException {
        Set<Long> numbers = ConcurrentHashMap.newKeySet();
        CountDownLatch enough = new CountDownLatch(ENOUGH);
        Attack attack = new Attack("flood", 1_000, number -> {
            numbers.add(number);
            enough.countDown();
            return new Visit(Frames.welcome(1, "a"), 0);
        });
        try (attack) {
            enough.await();
        }
        assertThat(attack.answers().count()).isEqualTo(numbers.size());
        assertThat(attack.toString()).startsWith("flood: ").contains(" a second; accepted ");
    }
}
