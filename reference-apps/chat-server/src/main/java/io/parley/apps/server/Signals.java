package io.parley.apps.server;

/** What the system asks the program to do. Any thread may call it. */
final class Signals {
    private Signals() {}

    /** Runs something at each signal, on a thread of the system's; nothing where there is no such signal. */
    static void on(String name, Runnable action) {
        org.jline.utils.Signals.register(name, action);
    }
}
