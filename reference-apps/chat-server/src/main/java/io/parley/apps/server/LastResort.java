package io.parley.apps.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Ends the process when nobody can rely on the JVM any more, or when a thread ends that the server needs: a process that is half
 * dead answers nobody and is not started again. Any thread. It needs no memory.
 */
final class LastResort implements Thread.UncaughtExceptionHandler {
    static final int EXIT_CODE = 70;

    private static final System.Logger LOG = System.getLogger(LastResort.class.getName());
    private static final String NO_THREAD = "native thread"; // a shortage that passes, and that the server bears
    private static final String BROKEN = "Could not initialize class io.parley.";
    private static final byte[] NO_MEMORY = bytes("there is no memory left (-Xmx gives more)");
    private static final byte[] FAULT = bytes("the JVM has a fault");
    private static final byte[] NO_LOOP = bytes("a thread that the server needs has ended");

    private final OutputStream err;
    private final Runnable end;

    /**
     * Makes a handler.
     *
     * @param err for the last message
     * @param end ends the process
     */
    LastResort(OutputStream err, Runnable end) {
        this.err = err;
        this.end = end;
    }

    /** Has all errors of this process come to a handler. */
    static void install() {
        Thread.setDefaultUncaughtExceptionHandler(new LastResort(
                new FileOutputStream(FileDescriptor.err),
                () -> Runtime.getRuntime().halt(EXIT_CODE)));
    }

    private static byte[] bytes(String why) {
        return ("chat-server: " + why + "; it ends with code " + EXIT_CODE + ", so that it can be started again"
                        + System.lineSeparator())
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            String message = thrown.getMessage();
            if (message == null || !message.contains(NO_THREAD)) {
                end(NO_MEMORY);
                return;
            }
        } else if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
            end(FAULT);
            return;
        } else if (isBroken(thrown)) {
            LOG.log(System.Logger.Level.ERROR, "in thread " + thread.getName(), thrown);
            end(FAULT);
            return;
        } else if (isNeeded(thread) && !(thrown instanceof StackOverflowError)) {
            LOG.log(System.Logger.Level.ERROR, "thread " + thread.getName() + " ended", thrown);
            end(NO_LOOP);
            return;
        }
        LOG.log(System.Logger.Level.ERROR, "in thread " + thread.getName(), thrown);
    }

    /** Whether a class of Parley can never be used, because there was no memory or another error when it was initialized. */
    private static boolean isBroken(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown instanceof NoClassDefFoundError && message != null && message.startsWith(BROKEN);
    }

    /** Whether more than one connection depends on a thread of Parley. */
    private static boolean isNeeded(Thread thread) {
        String name = thread.getName();
        return name.matches("parley-(nio-\\d+|acceptor-\\d+|timer|journal-writer)");
    }

    private void end(byte[] why) {
        try {
            err.write(why);
            err.flush();
        } catch (Throwable gone) {
            // nobody reads it
        } finally {
            end.run();
        }
    }
}
