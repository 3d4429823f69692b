package io.parley.testkit.chat;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import io.parley.journal.MemoryJournal;
import io.parley.model.EntryPage;
import io.parley.testkit.journal.WrappedJournal;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** A journal in memory whose appends wait between {@link #hold()} and {@link #release()}. Any thread. */
public final class HeldJournal extends WrappedJournal {
    private final MemoryJournal memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(); // lock
    private final AtomicInteger reads = new AtomicInteger();
    private final ArrayDeque<Runnable> reading = new ArrayDeque<>(); // lock
    private boolean held; // lock
    private boolean readsHeld; // lock

    /** A journal in memory with default bounds, that holds nothing yet. */
    public HeldJournal() {
        this(MemoryJournal.withDefaults());
    }

    /**
     * A journal that holds nothing yet.
     *
     * @param memory keeps the entries
     */
    public HeldJournal(MemoryJournal memory) {
        super(memory);
        this.memory = memory;
    }

    /** Makes appends wait until {@link #release()}. */
    public void hold() {
        lock.lock();
        try {
            held = true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes reads wait. {@link #releaseNewestRead()} lets one of them continue; the others wait for ever. */
    public void holdReads() {
        lock.lock();
        try {
            readsHeld = true;
        } finally {
            lock.unlock();
        }
    }

    /** Completes, on this thread, the read that began last. */
    public void releaseNewestRead() {
        Runnable newest;
        lock.lock();
        try {
            newest = reading.removeLast();
        } finally {
            lock.unlock();
        }
        newest.run();
    }

    /**
     * How often history was read.
     *
     * @return the number of reads
     */
    public int reads() {
        return reads.get();
    }

    /**
     * Whether an append waits.
     *
     * @return true if at least one waits
     */
    public boolean isAwaited() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Completes the waiting appends on this thread, and holds no further ones. */
    public void release() {
        while (true) {
            Runnable next;
            lock.lock();
            try {
                held = false;
                next = waiting.poll();
            } finally {
                lock.unlock();
            }
            if (next == null) {
                return;
            }
            next.run();
        }
    }

    @Override
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        CompletableFuture<AppendResult> kept = new CompletableFuture<>();
        lock.lock();
        try {
            if (held) {
                waiting.add(() -> memory.append(request).thenAccept(kept::complete));
                return kept;
            }
        } finally {
            lock.unlock();
        }
        return memory.append(request);
    }

    @Override
    public CompletableFuture<EntryPage> read(String room, long after, long before, int limit, int maxBytes) {
        reads.incrementAndGet();
        lock.lock();
        try {
            if (readsHeld) {
                CompletableFuture<EntryPage> page = new CompletableFuture<>();
                reading.add(
                        () -> memory.read(room, after, before, limit, maxBytes).thenAccept(page::complete));
                return page;
            }
        } finally {
            lock.unlock();
        }
        return memory.read(room, after, before, limit, maxBytes);
    }
}
