package io.parley.apps.server.terminal;

import org.jline.utils.Signals;

/** The signals that the system sends to the program. Any thread may call it. */
public final class SystemSignals {
    private SystemSignals() {}

    /** Runs an action at each signal, on a system thread. Does nothing if the system has no such signal. */
    public static void on(String name, Runnable action) {
        Signals.register(name, action);
    }

    /**
     * Ignores a signal, as SIG_IGN does. A handler that does nothing is not enough: the system would send some signals
     * again and again. By reflection, because javac warns of the class.
     */
    public static void ignore(String name) {
        try {
            Object nothing =
                    Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null);
            Signals.unregister(name, nothing);
        } catch (ReflectiveOperationException unknown) {
            // The signal keeps its default action.
        }
    }
}
