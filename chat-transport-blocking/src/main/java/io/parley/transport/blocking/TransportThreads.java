package io.parley.transport.blocking;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes all threads of this module. Any thread may call it.
 *
 * <p>Connections get virtual threads where the JVM has them (21 and later), which is asked by the one
 * reflective look-up here, since the module is compiled for 17. Those are always daemons; so that a
 * program lives equally long on every JVM the platform threads made in their place are daemons as well.
 * A listener's thread is a platform thread and no daemon: it keeps the process alive. What computes for handshakes are
 * platform threads and daemons.
 */
final class TransportThreads {
    private static final int IDLE_SECONDS = 5;
    private static final @Nullable MethodHandle OF_VIRTUAL = ofVirtual();

    private final Function<Runnable, Thread> maker; // of a connection's threads
    private final AtomicLong number = new AtomicLong();
    private final AtomicLong helpers = new AtomicLong();
    private final ThreadPoolExecutor handshakes = helpers();

    TransportThreads(boolean platform) {
        this(platform || OF_VIRTUAL == null ? Thread::new : virtual(OF_VIRTUAL));
    }

    /** With these threads for connections. */
    TransportThreads(Function<Runnable, Thread> maker) {
        this.maker = maker;
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

    /**
     * Runs what a handshake computes, first come first, on one of a few platform threads, which end when there is nothing
     * more. Virtual threads give way to nobody while they compute: a crowd of them would keep all the others waiting.
     */
    void compute(Runnable task) {
        handshakes.execute(task);
    }

    private ThreadPoolExecutor helpers() {
        int most = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::helper);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private Thread helper(Runnable work) {
        Thread thread = new Thread(work, "parley-handshake-" + helpers.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private Thread connectionThread(String prefix, Runnable task) {
        Thread thread = maker.apply(task);
        thread.setName(prefix + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static Function<Runnable, Thread> virtual(MethodHandle maker) {
        return task -> {
            try {
                return (Thread) maker.invoke(task);
            } catch (Error | RuntimeException e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("cannot make a virtual thread", e);
            }
        };
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
