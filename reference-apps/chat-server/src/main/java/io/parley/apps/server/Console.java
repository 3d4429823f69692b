package io.parley.apps.server;

import java.io.InputStream;
import java.util.function.Consumer;

/** Where an operator types. */
interface Console {

    /** One that reads plain lines: a pipe, a file, or a terminal that can do nothing else. */
    static Console of(InputStream in) {
        return new PlainConsole(in);
    }

    /**
     * Begins to read, on a thread of its own that keeps no process alive. Any thread may call it, once.
     *
     * @param printer who prints, and is to leave alone what is being typed
     * @param answers where what commands answer goes
     */
    void open(Operator operator, Printer printer, Consumer<String> answers);

    /** Whether the operator sat at a terminal that is not there any more. Any thread may call it. */
    default boolean isGone() {
        return false;
    }

    /** Stops reading, and leaves the terminal as it was found. Any thread but the console's may call it. Idempotent. */
    void close();
}
