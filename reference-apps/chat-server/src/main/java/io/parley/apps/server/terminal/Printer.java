package io.parley.apps.server.terminal;

import io.parley.apps.terminal.Printable;
import java.io.PrintStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints whole lines, which it makes harmless for a terminal. Any thread may call it, but none that holds the lock of a
 * line reader.
 */
public final class Printer {
    private final ReentrantLock lock = new ReentrantLock(); // taken before the lock of a line reader
    private final PrintStream out; // lock
    private @Nullable Consumer<String> redirect; // lock

    public Printer(PrintStream out) {
        this.out = out;
    }

    /** Redirects the lines, for example above a line that is being typed; null ends that. */
    public void through(@Nullable Consumer<String> other) {
        lock.lock();
        try {
            redirect = other;
        } finally {
            lock.unlock();
        }
    }

    public void line(String text) {
        String line = Printable.of(text);
        lock.lock();
        try {
            if (redirect != null) {
                redirect.accept(line);
            } else {
                out.println(line);
                out.flush();
            }
        } finally {
            lock.unlock();
        }
    }
}
