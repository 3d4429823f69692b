package io.parley.transport.nio;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, and the queue of those with requests. Any thread may call it, except {@link
 * #takeAll} and {@link #get}.
 *
 * <p>The queue is a linked stack without a lock, which the loop takes whole and turns round. Nothing is allocated. The
 * links are slots, which are numbers: references from one old object to another, stored once per delivery, would be
 * work for the garbage collector.
 */
final class RequestQueue {
    private static final int FIRST_SIZE = 16;

    private final AtomicInteger top = new AtomicInteger(); // the slot on top of the stack, or 0; any thread

    /** Guards the table of slots. A leaf: no other lock is taken and nothing foreign is called under it. */
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable LoopEntry[] entries = new LoopEntry[FIRST_SIZE]; // by slot; written under lock
    private int[] freeSlots = new int[FIRST_SIZE]; // guarded by lock
    private int freeCount; // how many of freeSlots there are; guarded by lock
    private int lastSlot; // the highest one given so far; guarded by lock

    /** Gives an entry its slot. Called once, before its first request. */
    void register(LoopEntry entry) {
        lock.lock();
        try {
            int slot = freeCount > 0 ? freeSlots[freeCount - 1] : lastSlot + 1;
            @Nullable LoopEntry[] table = entries;
            if (slot >= table.length) {
                freeSlots = Arrays.copyOf(freeSlots, 2 * table.length);
                table = Arrays.copyOf(table, 2 * table.length);
            }
            if (freeCount > 0) {
                freeCount--;
            } else {
                lastSlot++;
            }
            table[slot] = entry;
            entry.slot = slot;
            entries = table;
        } finally {
            lock.unlock();
        }
    }

    /** Frees the slot of an entry that is not in the queue and will not be put there again. */
    void unregister(LoopEntry entry) {
        lock.lock();
        try {
            entries[entry.slot] = null;
            freeSlots[freeCount++] = entry.slot;
        } finally {
            lock.unlock();
        }
    }

    /** Puts an entry into the queue. Called when {@link LoopEntry#note} says so. */
    void add(LoopEntry entry) {
        int below;
        do {
            below = top.get();
            entry.nextInQueue = below;
        } while (!top.compareAndSet(below, entry.slot));
    }

    boolean isEmpty() {
        return top.get() == 0;
    }

    /**
     * Empties the queue. Loop thread only.
     *
     * @return the slot of the first entry, or 0; the others follow by {@link LoopEntry#nextInQueue}, in the order in
     *     which they were added
     */
    int takeAll() {
        int stack = isEmpty() ? 0 : top.getAndSet(0);
        int queue = 0;
        while (stack != 0) {
            LoopEntry entry = get(stack);
            int below = entry.nextInQueue;
            entry.nextInQueue = queue;
            queue = stack;
            stack = below;
        }
        return queue;
    }

    /** The entry in a slot that is in use. Loop thread only. */
    LoopEntry get(int slot) {
        return Objects.requireNonNull(entries[slot]);
    }
}
