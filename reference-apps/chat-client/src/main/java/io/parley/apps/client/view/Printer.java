package io.parley.apps.client.view;

import io.parley.apps.terminal.Printable;
import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Prints whole lines, which it makes harmless for a terminal: chat to one stream, errors to the other. Any thread may
 * call it.
 */
public final class Printer {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final PrintStream out; // lock
    private final PrintStream err; // lock

    public Printer(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void line(String text) {
        print(out, text);
    }

    public void error(String text) {
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
