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
 * <p>Connections get virtual threads where the JVM has them (21 and later). The module is compiled for 17, so they are
 * found by reflection, and only here. Virtual threads are always daemons. The platform threads in their place are
 * daemons as well, so that a program lives equally long on every JVM. The thread of a listener is a platform thread and
 * no daemon: it keeps the process alive. The threads for handshakes are platform threads and daemons.
 */
final class TransportThreads {
    private static final int IDLE_SECONDS = 5;
    private static final @Nullable MethodHandle OF_VIRTUAL = ofVirtual();

    private final Function<Runnable, Thread> maker; // makes the threads of connections
    private final AtomicLong number = new AtomicLong(); // of threads made, but for handshakes
    private final AtomicLong handshakeNumber = new AtomicLong(); // of threads made for handshakes
    private final ThreadPoolExecutor handshakes = handshakePool();

    TransportThreads(boolean platform) {
        this(platform || OF_VIRTUAL == null ? Thread::new : virtual(OF_VIRTUAL));
    }

    /** Makes the threads of connections with this function. */
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
     * Runs a task of a handshake on one of a few platform threads, in the order given. Idle threads end. Virtual threads
     * would not do: they keep their processor while they compute, and many of them would delay all others.
     */
    void runHandshakeTask(Runnable task) {
        handshakes.execute(task);
    }

    private ThreadPoolExecutor handshakePool() {
        int most = Runtime.getRuntime().availableProcessors();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::handshakeThread);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private Thread handshakeThread(Runnable work) {
        Thread thread = new Thread(work, "parley-handshake-" + handshakeNumber.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private Thread connectionThread(String prefix, Runnable task) {
        Thread thread = maker.apply(task);
        thread.setName(prefix + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Lets other threads run. Nothing but speed and fairness depends on it. */
    @SuppressWarnings("ThreadPriorityCheck")
    static void letOthersRun() {
        Thread.yield();
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

    /** {@code Thread.ofVirtual().unstarted(task)}, or null if the JVM has no virtual threads. */
    private static @Nullable MethodHandle ofVirtual() {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            Class<?> virtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle start = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(virtual));
            MethodHandle unstarted =
                    lookup.findVirtual(builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            // In 19 and 20 they are a preview: the methods exist, but throw.
            start.invoke();
            return MethodHandles.foldArguments(unstarted, start.asType(MethodType.methodType(builder)));
        } catch (Throwable none) {
            // A JVM before 21.
            return null;
        }
    }
}
