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
     * Logs a fault. An error of the JVM goes to the program's default handler of uncaught exceptions as well.
     *
     * @param broken what was thrown
     */
    public static void report(Throwable broken) {
        try {
            Thread.UncaughtExceptionHandler program = Thread.getDefaultUncaughtExceptionHandler();
            if (program != null && broken instanceof VirtualMachineError) {
                program.uncaughtException(Thread.currentThread(), broken);
            }
            LOG.log(System.Logger.Level.ERROR, "a call out of a room threw", broken);
        } catch (Throwable mute) {
            // the program's logger, or no memory for the line: not worth a room
        }
    }
}
