package io.parley.transport;

/**
 * Errors of the JVM itself: no memory, no stack, no thread, a fault. Parley goes on as well as it can, and hands each to the
 * program's {@linkplain Thread#setDefaultUncaughtExceptionHandler default handler of uncaught exceptions}, which may end the
 * process. Any thread.
 */
public final class FatalErrors {
    private static final int MOST_CAUSES = 16;

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
                if (cause instanceof VirtualMachineError) {
                    program.uncaughtException(Thread.currentThread(), cause);
                    return;
                }
                cause = cause.getCause();
            }
        } catch (Throwable broken) {
            // the program's handler, or no memory for it: there is nobody else to tell
        }
    }
}
