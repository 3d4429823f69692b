package io.parley.apps.server;

import java.io.InputStream;

/** Where an operator types. */
interface Console {

    /** One that reads plain lines: a pipe, a file, or a terminal that can do nothing else. */
    static Console of(InputStream in) {
        return new PlainConsole(in);
    }

    /** Begins to read, on a thread of its own that keeps no process alive. Any thread may call it, once. */
    void open(Operator operator, Printer printer);

    /** Stops reading, and leaves the terminal as it was found. Any thread but the console's may call it. Idempotent. */
    void close();
}
