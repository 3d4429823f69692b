package io.parley.transport.nio;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One selector and the thread that turns it. A turn is: wait, read and accept all that is ready, then
 * attend to every connection that asked for it, which is where all writing is done. So the bytes of one
 * turn's input are all handled before any of the answers is written, and many small answers on one
 * connection leave in one system call.
 *
 * <p><b>Asking for attention</b> is how other threads, and handlers on this one, talk to the loop. A
 * connection notes its wish in its own flags and, if it had none, puts itself on a linked stack that the loop takes
 * whole. Nothing is allocated. The links are numbers of slots: a reference for each delivery, stored from one old object
 * in another, would be work for the garbage collector.
 *
 * <p><b>Waking.</b> A loop that is awake must not be woken (a system call), one that sleeps must be. The
 * loop says <em>asleep</em>, then looks at the stack, then sleeps; the asker pushes, then looks at
 * <em>asleep</em>. Both are volatile, so at least one sees the other.
 *
 * <p><b>Callbacks run outside of select.</b> The keys that are ready are only collected there. So the
 * selector's lock is free during callbacks, and {@link #close} may run a select of its own.
 */
final class Loop implements Runnable {
    static final Logger LOG = System.getLogger("io.parley.transport.nio");

    /** Both the most that is read in one call and the most that is written in one. */
    static final int BUFFER_BYTES = 64 * 1024;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoopGroup group;
    private final Selector selector;
    private final AtomicInteger attention = new AtomicInteger(); // the top of a stack of slots, or 0
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private volatile @Nullable NioConnection[] connections = new NioConnection[16]; // by slot; changed under the lock
    private int[] freeSlots = new int[16]; // guarded by lock
    private int freed; // how many of them are; guarded by lock
    private int slots; // given so far; guarded by lock
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final AtomicInteger closers = new AtomicInteger();
    private volatile boolean stopping;

    // Loop thread only.
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final LoopSink sink = new LoopSink();
    private final List<SelectionKey> ready = new ArrayList<>();
    private final Consumer<SelectionKey> collect = ready::add;
    private final List<NioListening> pausedListeners = new ArrayList<>();

    private Loop(LoopGroup group, Selector selector) {
        this.group = group;
        this.selector = selector;
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

    /** Closes a loop that no thread turns, or none any more. */
    void discard() {
        try {
            selector.close();
        } catch (IOException e) {
            report("closing a selector", e);
        }
    }

    LoopGroup group() {
        return group;
    }

    Selector selector() {
        return selector;
    }

    // Loop thread only.
    ByteBuffer readBuffer() {
        readBuffer.clear();
        return readBuffer;
    }

    // Loop thread only.
    LoopSink sink() {
        return sink;
    }

    // Loop thread only.
    void pause(NioListening listening) {
        pausedListeners.add(listening);
    }

    /** Puts a connection before the loop, at its next turn. Any thread; once until it is attended to. */
    void attend(NioConnection connection) {
        int top;
        do {
            top = attention.get();
            connection.nextInAttention = top;
        } while (!attention.compareAndSet(top, connection.slot));
        wake();
    }

    /** Gives a connection its slot. Any thread; before it first asks for attention. */
    void enlist(NioConnection connection) {
        lock.lock();
        try {
            int slot = freed > 0 ? freeSlots[freed - 1] : slots + 1;
            @Nullable NioConnection[] now = connections;
            if (slot >= now.length) {
                freeSlots = Arrays.copyOf(freeSlots, 2 * now.length);
                now = Arrays.copyOf(now, 2 * now.length);
            }
            if (freed > 0) {
                freed--;
            } else {
                slots++;
            }
            now[slot] = connection;
            connection.slot = slot;
            connections = now;
        } finally {
            lock.unlock();
        }
    }

    /** Frees the slot of a connection that will not ask for attention again. */
    void delist(NioConnection connection) {
        lock.lock();
        try {
            connections[connection.slot] = null;
            freeSlots[freed++] = connection.slot;
        } finally {
            lock.unlock();
        }
    }

    private NioConnection at(int slot) {
        return Objects.requireNonNull(connections[slot]);
    }

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
     * <p>A registered channel keeps its descriptor until its selector selects once more. Waiting for the
     * loop could be a deadlock, so the caller selects; while it tries, the loop does not go to sleep. That select may take
     * a wake-up that was the loop's, so the loop gets one more.
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
                // Not any one connection's fault; those are caught where they are served.
                report("selector loop", thrown);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        discard();
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
        for (int next = takeAttention(); next != 0; ) {
            NioConnection connection = at(next);
            next = connection.nextInAttention;
            try {
                connection.attend();
            } catch (Throwable thrown) {
                // It fails its own connection; when even that fails the others still get their turn.
                report("attending to a connection", thrown);
            }
        }
    }

    private void await() throws IOException {
        ready.clear();
        Thread.interrupted(); // a callback's, and no select would sleep any more
        long timeout = resumeListeners();
        asleep.set(true);
        boolean closing = closers.get() > 0;
        if (closing || stopping || attention.get() != 0) {
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

    /** Lets the listeners whose pause is over accept again; milliseconds to the next, 0 for none. */
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

    /** Takes all that asked for attention, first come first. */
    private int takeAttention() {
        int stack = attention.get() == 0 ? 0 : attention.getAndSet(0);
        int queue = 0;
        while (stack != 0) {
            NioConnection connection = at(stack);
            int below = connection.nextInAttention;
            connection.nextInAttention = queue;
            queue = stack;
            stack = below;
        }
        return queue;
    }

    /** Logs, and never throws: it is called where memory or stack may have run out. */
    static void report(String what, Throwable thrown) {
        try {
            LOG.log(Level.WARNING, what, thrown);
        } catch (Throwable notEvenThat) {
            // There is nobody left to tell.
        }
    }
}
