package io.parley.testkit.chat;

import java.util.concurrent.CountDownLatch;

/** Notes a line and then blocks its thread, until it may go on for good. */
final class Blocked extends Log {
    private final CountDownLatch free = new CountDownLatch(1);

    @Override
    void note(String line) {
        super.note(line);
        try {
            free.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void goOn() {
        free.countDown();
    }
}
