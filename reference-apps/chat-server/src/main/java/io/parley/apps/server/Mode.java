package io.parley.apps.server;

/** Who is at the other end of the streams. */
enum Mode {
    /** A person at a terminal that can move its cursor, who types and reads. */
    TERMINAL,
    /** A program, a file, or nobody. */
    PIPE
}
