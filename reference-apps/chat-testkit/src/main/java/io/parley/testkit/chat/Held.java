package io.parley.testkit.chat;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/** An executor whose tasks run only when told. Any thread adds, one runs. */
final class Held implements Executor {
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>(); // lock

    private boolean open; // lock

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (!open) {
                tasks.add(task);
                return;
            }
        } finally {
            lock.unlock();
        }
        task.run();
    }

    /** Holds nothing any more: what comes is run by whoever brings it. */
    void runForGood() {
        lock.lock();
        try {
            open = true;
        } finally {
            lock.unlock();
        }
        runAll();
    }

    private Runnable next() {
        lock.lock();
        try {
            return tasks.isEmpty() ? () -> {} : tasks.remove();
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return tasks.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    boolean runAll() {
        while (!isEmpty()) {
            next().run();
        }
        return true;
    }

    /** Runs so many tasks at most. */
    boolean runSome(int most) {
        for (int i = 0; i < most; i++) {
            next().run();
        }
        return true;
    }
}
