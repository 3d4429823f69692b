package io.parley.apps.client.command;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Makes the input wait while the client is not connected. Any thread may call it; one at a time enters. */
final class InputGate {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private boolean open = true; // lock
    private boolean inside; // lock

    /** Waits until it is open, and enters. */
    void enter() {
        lock.lock();
        try {
            while (!open) {
                changed.awaitUninterruptibly();
            }
            inside = true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            open = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next thread wait; a thread that has entered goes on. */
    void close() {
        lock.lock();
        try {
            open = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no thread is inside. */
    void awaitEmpty() {
        lock.lock();
        try {
            while (inside) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
