package io.parley.journal.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait to be written, in lanes: one for each room, and one for values. Any thread.
 *
 * <p>A group is what one transaction keeps. Lanes take turns: each gives one call to a group, so that a busy room does not hold up the
 * others. A lane stays as long as one of its calls is not answered, so the queue bounds the answers that wait, too.
 */
final class WriteQueue {
    /** A group is full with so many entries, or so many bytes; one call may have more. */
    private static final int GROUP_ENTRIES = 256;

    private static final long GROUP_BYTES = 256 << 10;

    private static final int MOST_ROOMS = 20_000; // whose last request is remembered

    /** What became of an attempt to add a call. */
    enum Added {
        YES,
        FULL,
        CLOSED
    }

    /** The calls of a room. */
    private static final class Lane {
        final ArrayDeque<Call<?>> waiting = new ArrayDeque<>();
        int unanswered;

        @Nullable
        Call<?> last;
    }

    private final int mostCalls;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Condition changed = lock.newCondition();
    private final Map<String, Lane> lanes = new HashMap<>(); // lock
    private final ArrayDeque<Lane> ready = new ArrayDeque<>(); // those with waiting calls, the next one first; lock
    private final Map<String, Object> last = new LinkedHashMap<>(16, 0.75f, true) { // request of each room; lock
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
                    return size() > MOST_ROOMS;
                }
            };
    private final ArrayDeque<Call<?>> withValues = new ArrayDeque<>(); // that wait, in their order; lock
    private int calls; // that are not answered; lock
    private long bytes; // of them; lock
    private boolean closed; // lock
    private boolean woken; // lock

    WriteQueue(int mostCalls, long mostBytes) {
        this.mostCalls = mostCalls;
        this.mostBytes = mostBytes;
    }

    Added add(Call<?> call) {
        lock.lock();
        try {
            Object identity = call.identity();
            if (identity != null) {
                call.repeated(identity.equals(last.get(call.lane())));
            }
            if (closed) {
                return Added.CLOSED;
            }
            if (calls >= mostCalls || (bytes + call.bytes() > mostBytes && calls > 0)) {
                return Added.FULL;
            }
            Lane lane = lanes.computeIfAbsent(call.lane(), key -> new Lane());
            if (lane.waiting.isEmpty()) {
                ready.add(lane);
                changed.signal();
            }
            lane.waiting.add(call);
            lane.unanswered++;
            lane.last = call;
            if (call.hasValues()) {
                withValues.add(call);
            }
            if (identity != null) {
                last.put(call.lane(), identity);
            }
            calls++;
            bytes += call.bytes();
            return Added.YES;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a group of calls.
     *
     * @param waitNanos how long to wait for a call
     * @return the group; empty if there is none, or if the wait was {@linkplain #wake ended}; null if there will be none
     */
    @Nullable
    List<Call<?>> take(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = waitNanos;
            while (ready.isEmpty() && !closed && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return ready.isEmpty() && closed ? null : group();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("ReferenceEquality") // a call is itself
    private List<Call<?>> group() {
        List<Call<?>> group = new ArrayList<>();
        List<Lane> more = new ArrayList<>();
        ArrayDeque<Lane> later = new ArrayDeque<>(); // the last one first
        int entries = 0;
        long size = 0;
        while (!ready.isEmpty()) {
            Lane lane = ready.element();
            Call<?> call = lane.waiting.element();
            if (call.hasValues() && withValues.peek() != call) {
                later.addFirst(ready.remove()); // another call puts values before
                continue;
            }
            entries += call.entries();
            size += call.bytes();
            if (!group.isEmpty() && (entries > GROUP_ENTRIES || size > GROUP_BYTES)) {
                break;
            }
            group.add(call);
            if (call.hasValues()) {
                withValues.remove();
            }
            lane.waiting.remove();
            ready.remove();
            if (!lane.waiting.isEmpty()) {
                if (call.lane().equals(Call.VALUES)) {
                    ready.add(lane); // these may be many in a group: they belong to many users
                } else {
                    more.add(lane);
                }
            }
        }
        ready.addAll(more);
        later.forEach(ready::addFirst);
        return group;
    }

    /** Calls were answered. */
    void answered(List<Call<?>> group) {
        lock.lock();
        try {
            for (Call<?> call : group) {
                Lane lane = lanes.get(call.lane());
                if (lane != null && --lane.unanswered == 0) {
                    lanes.remove(call.lane());
                }
                calls--;
                bytes -= call.bytes();
            }
            if (calls == 0) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes when all calls of a lane that were added before are carried out; null if they are. */
    @Nullable
    CompletableFuture<?> after(String key) {
        lock.lock();
        try {
            Lane lane = lanes.get(key);
            return lane == null || lane.last == null ? null : lane.last.done();
        } finally {
            lock.unlock();
        }
    }

    /** Completes when all calls that were added before are carried out; null if they are. */
    @Nullable
    CompletableFuture<?> afterAll() {
        lock.lock();
        try {
            List<CompletableFuture<?>> open = new ArrayList<>();
            for (Lane lane : lanes.values()) {
                if (lane.last != null && !lane.last.done().isDone()) {
                    open.add(lane.last.done());
                }
            }
            return open.isEmpty() ? null : CompletableFuture.allOf(open.toArray(CompletableFuture[]::new));
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait of the writer: there is other work. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more calls; those that wait are still carried out. */
    boolean close() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            changed.signalAll();
            return first;
        } finally {
            lock.unlock();
        }
    }
}
