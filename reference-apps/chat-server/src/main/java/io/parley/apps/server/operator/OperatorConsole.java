package io.parley.apps.server.operator;

import io.parley.apps.server.terminal.Printer;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads the lines of an operator. */
public interface OperatorConsole {

    /** A console that reads plain lines: from a pipe, a file, or a terminal without cursor movement. */
    static OperatorConsole of(InputStream in) {
        return new PlainConsole(in);
    }

    /**
     * Begins to read, on a daemon thread of its own. Any thread may call it, once.
     *
     * @param printer prints the output of the server; a console may redirect it above the line that is typed
     * @param answers receives the answers to commands
     */
    void open(Operator operator, Printer printer, Consumer<String> answers);

    /** Whether there was a terminal and it is gone. Any thread may call it. */
    default boolean isGone() {
        return false;
    }

    /** Stops reading and restores the terminal. Any thread but the console's may call it. Idempotent. */
    void close();
}
