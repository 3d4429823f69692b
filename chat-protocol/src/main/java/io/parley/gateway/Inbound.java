package io.parley.gateway;

import io.parley.transport.Connection;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Hands a connection's bytes to its protocol: one thread at a time and in order, and holds back what came while the
 * connection was not read. While anything is held the transport is paused, so that this is at most what was in its read
 * buffer when reading stopped, and as much again if another thread than the transport's stopped it.
 */
final class Inbound {
    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int ONCE_MORE = 2;

    private static final AtomicIntegerFieldUpdater<Inbound> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Inbound.class, "state");

    private static final AtomicReferenceFieldUpdater<Inbound, Queue<Runnable>> TASKS = newTasksUpdater();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AtomicReferenceFieldUpdater<Inbound, Queue<Runnable>> newTasksUpdater() {
        return (AtomicReferenceFieldUpdater)
                AtomicReferenceFieldUpdater.newUpdater(Inbound.class, Queue.class, "tasks");
    }

    /** Takes what came. */
    interface Reader {
        /** Handles requests for as long as any are wanted, and leaves the rest of the bytes. Throws nothing. */
        void consume(ByteBuffer bytes);
    }

    private final Reader reader;
    private final ReadGate gate;
    private volatile int state = IDLE; // changed through STATE, but by who has it RUNNING
    private volatile @Nullable Queue<ByteBuffer> held; // made when first needed, by the transport's thread
    private volatile @Nullable Runnable last; // when the connection is over
    private volatile @Nullable Queue<Runnable> tasks; // made when first needed, through TASKS

    Inbound(Reader reader, Connection connection) {
        this.reader = reader;
        this.gate = new ReadGate(connection, this);
    }

    ReadGate gate() {
        return gate;
    }

    /** Bytes came. The transport's thread; the buffer is consumed whole. */
    void onBytes(ByteBuffer bytes) {
        if (state != IDLE || !STATE.compareAndSet(this, IDLE, RUNNING)) {
            hold(bytes);
            goOn();
            return;
        }
        if (!isHolding()) {
            reader.consume(bytes);
        }
        if (bytes.hasRemaining()) {
            hold(bytes);
        }
        // What was held before this call may be taken now only if something asked for it meanwhile.
        if (!STATE.compareAndSet(this, RUNNING, IDLE)) {
            run();
        }
    }

    /** The connection is read again. Any thread; requests may be handled on it. */
    void goOn() {
        if (STATE.getAndUpdate(this, now -> now == IDLE ? RUNNING : ONCE_MORE) == IDLE) {
            run();
        }
    }

    private void run() {
        do {
            state = RUNNING;
            runTasks();
            Queue<ByteBuffer> waiting = held; // read anew each time: who made it asks for one more
            ByteBuffer next = waiting == null ? null : waiting.peek();
            while (waiting != null && next != null) {
                reader.consume(next);
                if (next.hasRemaining()) {
                    break;
                }
                waiting.remove();
                next = waiting.peek();
            }
            gate.resume();
        } while (!STATE.compareAndSet(this, RUNNING, IDLE));
    }

    /**
     * Runs the last task: now, or behind what is handled now, and whatever the policy does. Any thread.
     *
     * @param task throws nothing
     */
    void finish(Runnable task) {
        last = task;
        goOn();
    }

    /**
     * Runs a task by one thread at a time with what handles requests, be the gate open or not: now, or behind what is handled
     * now, but not while the policy decides. Any thread.
     *
     * @param task throws nothing
     */
    void execute(Runnable task) {
        Queue<Runnable> queue = tasks;
        if (queue == null) {
            queue = makeTasks();
        }
        queue.add(task);
        goOn();
    }

    private Queue<Runnable> makeTasks() {
        Queue<Runnable> made = new ConcurrentLinkedQueue<>();
        return TASKS.updateAndGet(this, other -> other == null ? made : other);
    }

    private void runTasks() {
        Queue<Runnable> queue = tasks;
        while (queue != null && !gate.isDeciding()) {
            Runnable task = queue.poll();
            if (task == null) {
                break;
            }
            task.run();
        }
        Runnable end = last;
        if (end != null) {
            last = null;
            end.run();
        }
    }

    /** Whether anything waits to be handled. Any thread. */
    boolean isHolding() {
        Queue<ByteBuffer> queue = held;
        return queue != null && !queue.isEmpty();
    }

    /** Keeps bytes for a later {@link #run}. */
    private void hold(ByteBuffer bytes) {
        Queue<ByteBuffer> queue = held;
        if (queue == null) {
            queue = new ConcurrentLinkedQueue<>();
            held = queue;
        }
        queue.add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
        gate.pause();
    }
}
