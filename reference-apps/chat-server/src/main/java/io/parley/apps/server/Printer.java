package io.parley.apps.server;

import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/** Prints whole lines, made harmless, at once. Any thread may call it. */
final class Printer {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final PrintStream out; // lock

    Printer(PrintStream out) {
        this.out = out;
    }

    void line(String text) {
        String line = Printable.of(text);
        lock.lock();
        try {
            out.println(line);
            out.flush();
        } finally {
            lock.unlock();
        }
    }
}
