package io.parley.apps.server.terminal;

/** What the standard streams are connected to. */
public enum Mode {
    /** A terminal that can move its cursor. */
    TERMINAL,
    /** A pipe, a file, or nothing. */
    PIPE
}
