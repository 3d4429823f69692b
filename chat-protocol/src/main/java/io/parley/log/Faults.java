package io.parley.log;

/**
 * Faults of what belongs to others: an encoding, a listener, a clock. They are logged, and Parley goes on. Throws nothing, not
 * even when the program's logger does. Any thread, under no lock.
 */
public final class Faults {
    private static final System.Logger LOG = System.getLogger(Faults.class.getName());

    private Faults() {}

    /**
     * Runs a call out of Parley.
     *
     * @param call the call
     */
    public static void safely(Runnable call) {
        try {
            call.run();
        } catch (Throwable broken) {
            report(broken);
        }
    }

    /**
     * Logs a fault.
     *
     * @param broken what was thrown
     */
    public static void report(Throwable broken) {
        try {
            LOG.log(System.Logger.Level.ERROR, "a call out of a room threw", broken);
        } catch (Throwable mute) {
            // the program's logger, or no memory for the line: not worth a room
        }
    }
}
