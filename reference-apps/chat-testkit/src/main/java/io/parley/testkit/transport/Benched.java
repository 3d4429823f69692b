package io.parley.testkit.transport;

import org.junit.jupiter.api.AfterEach;

/**
 * Tests on a {@link Bench}. Each ends with {@link Bench#finish()}, which checks that each connection was closed once and
 * last, that no two calls of a callback overlapped, that no callback ran inside a call, and that no thread was left behind.
 */
public interface Benched {
    /**
     * The bench of the test that runs.
     *
     * @return the same bench during one test, and a new one for each test
     */
    Bench bench();

    /** Calls {@link Bench#finish()} after each test. */
    @AfterEach
    default void clearUp() {
        bench().finish();
    }
}
