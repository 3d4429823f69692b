package io.parley.transport;

/**
 * Errors of the JVM itself: no memory, no stack, no thread, a fault, a class of Parley that can never be used since one of these came
 * when it was initialized. Parley goes on as well as it can, and hands each to the
 * program's {@linkplain Thread#setDefaultUncaughtExceptionHandler default handler of uncaught exceptions}, which may end the
 * process. Any thread.
 */
public final class FatalErrors {
    private static final int MOST_CAUSES = 16;
    private static final String BROKEN = "Could not initialize class io.parley.";

    private FatalErrors() {}

    /**
     * Hands an error of the JVM to the program, if it has a handler. Throws nothing.
     *
     * @param thrown what was thrown; it, or a cause of it, may be such an error
     */
    public static void handOver(Throwable thrown) {
        try {
            Thread.UncaughtExceptionHandler program = Thread.getDefaultUncaughtExceptionHandler();
            Throwable cause = program == null ? null : thrown;
            for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
                if (cause instanceof VirtualMachineError || isBroken(cause)) {
                    program.uncaughtException(Thread.currentThread(), cause);
                    return;
                }
                cause = cause.getCause();
            }
        } catch (Throwable broken) {
            // the program's handler, or no memory for it: there is nobody else to tell
        }
    }

    /** Whether a class can never be used: it was to be initialized when such an error came. */
    private static boolean isBroken(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof NoClassDefFoundError && message != null && message.startsWith(BROKEN);
    }
}
