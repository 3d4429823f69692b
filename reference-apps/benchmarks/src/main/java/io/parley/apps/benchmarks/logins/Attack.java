package io.parley.apps.benchmarks.logins;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * Logins at a fixed rate, whatever the answers are, until it is closed. So many connections at most are under way; while they all wait, the rate is
 * lower, and the report says so. One thread starts and closes it.
 */
final class Attack implements AutoCloseable {
    private static final int UNDER_WAY = 64;

    private final String name;
    private final double nanosEach;
    private final LongFunction<Visit> login;
    private final long began = System.nanoTime();
    private final AtomicLong next = new AtomicLong();
    private final Answers answers = new Answers();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;
    private volatile double seconds;

    /**
     * Begins.
     *
     * @param name its name in the report
     * @param perSecond how many logins
     * @param login makes the login of a number
     */
    Attack(String name, int perSecond, LongFunction<Visit> login) {
        this.name = name;
        this.nanosEach = 1e9 / perSecond;
        this.login = login;
        for (int i = 0; i < UNDER_WAY; i++) {
            Thread thread = new Thread(this::run, "attack");
            threads.add(thread);
            thread.start();
        }
    }

    private void run() {
        try {
            while (!over) {
                long number = next.getAndIncrement();
                long due = began + (long) (number * nanosEach);
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                answers.add(login.apply(number).answer());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    Answers answers() {
        return answers;
    }

    /** Ends it, and waits for the last answers. */
    @Override
    public void close() {
        over = true;
        seconds = (System.nanoTime() - began) / 1e9;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The result in words, when it is closed. */
    @Override
    public String toString() {
        return String.format("%s: %,.0f a second; %s", name, answers.count() / seconds, answers);
    }
}
