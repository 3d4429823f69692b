package io.parley.apps.server;

/** What the system asks the program to do. Any thread may call it. */
final class Signals {
    private Signals() {}

    /** Runs something at each signal, on a thread of the system's; nothing where there is no such signal. */
    static void on(String name, Runnable action) {
        org.jline.utils.Signals.register(name, action);
    }

    /**
     * Lets nothing come of a signal, not even what the system would do. By reflection, since what stands for nothing is
     * in a class that javac warns of; a handler that does nothing would be called again and again.
     */
    static void ignore(String name) {
        try {
            Object nothing =
                    Class.forName("sun.misc.SignalHandler").getField("SIG_IGN").get(null);
            org.jline.utils.Signals.unregister(name, nothing);
        } catch (ReflectiveOperationException unknown) {
            // Then the signal does what it always does.
        }
    }
}
