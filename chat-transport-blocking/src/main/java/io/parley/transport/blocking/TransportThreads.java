package io.parley.transport.blocking;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes all threads of this module. Any thread may call it.
 *
 * <p>Connections get virtual threads where the JVM has them (21 and later), which is asked by the one
 * reflective look-up here, since the module is compiled for 17. Those are always daemons; so that a
 * program lives equally long on every JVM the platform threads made in their place are daemons as well.
 * A listener's thread is a platform thread and no daemon: it keeps the process alive.
 */
final class TransportThreads {
    private static final @Nullable MethodHandle OF_VIRTUAL = ofVirtual();

    private final @Nullable MethodHandle maker;
    private final AtomicLong number = new AtomicLong();
    private final Turns turns = new Turns(Runtime.getRuntime().availableProcessors());

    TransportThreads(boolean platform) {
        maker = platform ? null : OF_VIRTUAL;
    }

    /** A thread for an acceptor, not started. */
    Thread acceptor(Runnable task) {
        return new Thread(task, "parley-acceptor-" + number.incrementAndGet());
    }

    /** A thread for a connection's reader, not started. */
    Thread reader(Runnable task) {
        return connectionThread("parley-reader-", task);
    }

    /** A thread for a connection's writer, not started. */
    Thread writer(Runnable task) {
        return connectionThread("parley-writer-", task);
    }

    /** The turns that threads of connections take at what is long to compute. */
    Turns turns() {
        return turns;
    }

    private Thread connectionThread(String prefix, Runnable task) {
        Thread thread = maker == null ? new Thread(task) : virtual(maker, task);
        thread.setName(prefix + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static Thread virtual(MethodHandle maker, Runnable task) {
        try {
            return (Thread) maker.invoke(task);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make a virtual thread", e);
        }
    }

    /** {@code Thread.ofVirtual().unstarted(task)}, or null where there is no such thing. */
    private static @Nullable MethodHandle ofVirtual() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle start = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
            MethodHandle unstarted =
                    lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            // In 19 and 20 they are a preview: there, but calling them throws.
            start.invoke();
            return MethodHandles.foldArguments(unstarted, start.asType(MethodType.methodType(builder)));
        } catch (Throwable none) {
            // A JVM before 21.
            return null;
        }
    }
}
