package io.parley.transport.nio;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One selector and the thread that runs it. A turn of the loop does this: it waits, it reads and accepts all that is
 * ready, then it serves every connection in the request queue, and there all writing is done. So the bytes of one
 * turn's input are all handled before any of the answers is written, and many small answers on one connection leave in
 * one system call.
 *
 * <p><b>Requests</b> are how other threads, and handlers on this one, talk to the loop. A connection notes the request
 * in its own flags. If it was not in the {@link RequestQueue}, it is put there.
 *
 * <p><b>Waking.</b> A loop that is awake must not be woken up (a system call); one that sleeps must be. The loop sets
 * <em>asleep</em>, then looks at the queue, then sleeps. The requester adds to the queue, then looks at
 * <em>asleep</em>. Both are volatile, so at least one sees the other.
 *
 * <p><b>Callbacks run outside of select.</b> In select the ready keys are only collected. So the selector's lock is
 * free during callbacks, and {@link #close} may run a select of its own.
 */
final class Loop implements Runnable {
    /** Both the most that is read in one call and the most that is written in one. */
    static final int BUFFER_BYTES = 64 * 1024;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoopGroup group;
    private final Selector selector;
    private final RequestQueue requestQueue = new RequestQueue();
    private final AtomicBoolean asleep = new AtomicBoolean(); // set by the loop thread, cleared by any
    private final AtomicInteger closers = new AtomicInteger(); // threads that close a listening channel now
    private volatile boolean stopping; // set once, by any thread

    // Loop thread only.
    private final LoopConnector connector;
    private final LoopReader reader = new LoopReader();
    private final LoopWriter writer = new LoopWriter();
    private final List<SelectionKey> ready = new ArrayList<>();
    private final Consumer<SelectionKey> collect = ready::add;
    private final List<NioListening> pausedListeners = new ArrayList<>();

    private Loop(LoopGroup group, Selector selector) {
        this.group = group;
        this.selector = selector;
        this.connector = new LoopConnector(this, group.sockets());
    }

    static Loop open(LoopGroup group) throws IOException {
        Selector selector = Selector.open();
        try {
            return new Loop(group, selector);
        } catch (Throwable noMemory) {
            selector.close();
            throw noMemory;
        }
    }

    /** Closes a loop whose thread did not start. Logs nothing, because the group's lock is held. */
    void discard(Throwable why) {
        try {
            selector.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    LoopGroup group() {
        return group;
    }

    Selector selector() {
        return selector;
    }

    /** The connections of this loop. Any thread. */
    RequestQueue requestQueue() {
        return requestQueue;
    }

    // Loop thread only.
    LoopConnector connector() {
        return connector;
    }

    // Loop thread only.
    LoopReader reader() {
        return reader;
    }

    // Loop thread only.
    LoopWriter writer() {
        return writer;
    }

    // Loop thread only.
    void pause(NioListening listening) {
        pausedListeners.add(listening);
    }

    /** Puts a connection into the request queue and wakes the loop. Any thread; once until it is served. */
    void enqueue(LoopEntry entry) {
        requestQueue.add(entry);
        wake();
    }

    /** Wakes the loop if it sleeps. Any thread. */
    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    /** Ends the thread after its turn. Any thread. */
    void stop() {
        stopping = true;
        wake();
    }

    /**
     * Closes a listening channel so that its address is free on return. Any thread, callbacks included.
     *
     * <p>A registered channel keeps its descriptor until its selector selects once more. Waiting for the loop could be
     * a deadlock, so the caller selects; while it tries, the loop does not sleep. The caller's select may consume a
     * wake-up that was meant for the loop, so the loop gets one more.
     */
    void close(ServerSocketChannel channel) throws IOException {
        closers.incrementAndGet();
        try {
            channel.close();
            selector.wakeup();
            selector.selectNow(key -> {});
        } finally {
            closers.decrementAndGet();
            selector.wakeup();
        }
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                turn();
            } catch (Throwable thrown) {
                // Not the fault of one connection: those are caught where the connection is served.
                TransportLog.warn("selector loop", thrown);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        try {
            selector.close();
        } catch (IOException e) {
            TransportLog.warn("closing a selector", e);
        }
    }

    private void turn() throws IOException {
        await();
        for (int i = 0; i < ready.size(); i++) {
            SelectionKey key = ready.get(i);
            if (key.attachment() instanceof NioConnection connection) {
                connection.ready(key);
            } else if (key.attachment() instanceof NioListening listening) {
                listening.ready();
            }
        }
        for (int next = requestQueue.takeAll(); next != 0; ) {
            LoopEntry entry = requestQueue.get(next);
            next = entry.nextInQueue;
            try {
                entry.serve();
            } catch (Throwable thrown) {
                // A fault ends its own connection. If even that fails, the others still get their turn.
                TransportLog.warn("serving a connection", thrown);
            }
        }
    }

    private void await() throws IOException {
        ready.clear();
        Thread.interrupted(); // left behind by a callback; a select would not sleep any more
        long timeout = resumeListeners();
        asleep.set(true);
        boolean closing = closers.get() > 0;
        if (closing || stopping || !requestQueue.isEmpty()) {
            asleep.set(false);
            if (closing) {
                Thread.onSpinWait();
            }
            selector.selectNow(collect);
        } else {
            selector.select(collect, timeout);
            asleep.set(false);
        }
    }

    /**
     * Lets the listeners whose pause is over accept again.
     *
     * @return milliseconds until the next pause is over; 0 if no listener is paused
     */
    private long resumeListeners() {
        if (pausedListeners.isEmpty()) {
            return 0;
        }
        long now = System.nanoTime();
        pausedListeners.removeIf(listening -> listening.resumes(now));
        long nearest = Long.MAX_VALUE;
        for (NioListening listening : pausedListeners) {
            nearest = Math.min(nearest, listening.nanosToResume(now));
        }
        return nearest == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(nearest) + 1;
    }
}
