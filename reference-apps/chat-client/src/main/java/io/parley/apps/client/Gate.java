package io.parley.apps.client;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the input through while the client is connected. Any thread, but one at a time goes in. */
final class Gate {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private boolean open = true; // lock
    private boolean inside; // lock

    /** Waits until it is open, and goes in. */
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

    /** Lets nobody in any more; whoever is inside stays. */
    void close() {
        lock.lock();
        try {
            open = false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody is inside. */
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
