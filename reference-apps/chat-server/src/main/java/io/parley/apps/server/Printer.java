package io.parley.apps.server;

import io.parley.apps.terminal.Printable;
import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints whole lines, made harmless, at once. Any thread may call it, but none that holds the lock of a line reader. */
final class Printer {
    private final ReentrantLock lock = new ReentrantLock(); // before that of a line reader, if there is one
    private final PrintStream out; // lock
    private @Nullable Consumer<String> instead; // lock

    Printer(PrintStream out) {
        this.out = out;
    }

    /** Prints through something else from now on, as above a line that is being typed; null: to the stream again. */
    void through(@Nullable Consumer<String> other) {
        lock.lock();
        try {
            instead = other;
        } finally {
            lock.unlock();
        }
    }

    void line(String text) {
        String line = Printable.of(text);
        lock.lock();
        try {
            if (instead != null) {
                instead.accept(line);
            } else {
                out.println(line);
                out.flush();
            }
        } finally {
            lock.unlock();
        }
    }
}
