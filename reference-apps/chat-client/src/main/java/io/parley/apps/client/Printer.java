package io.parley.apps.client;

import io.parley.apps.terminal.Printable;
import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/** Prints whole lines, made harmless, at once: chat to one stream, complaints to the other. Any thread may call it. */
final class Printer {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final PrintStream out; // lock
    private final PrintStream err; // lock

    Printer(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void line(String text) {
        print(out, text);
    }

    void complaint(String text) {
        print(err, text);
    }

    private void print(PrintStream stream, String text) {
        String line = Printable.of(text);
        lock.lock();
        try {
            stream.println(line);
            stream.flush();
        } finally {
            lock.unlock();
        }
    }
}
