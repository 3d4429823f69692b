package io.parley.apps.client;

import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import io.parley.model.Verdict;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What is said and has no outcome yet: as much as the library takes without refusing any, so that input comes no faster
 * than the server takes it. The input's thread says, or while that waits the one that runs the program; outcomes come
 * on another.
 *
 * <p>What was surely not said because the connection ended can be kept, to be said over the next one. That is no more
 * than had no outcome, and hardly anything that is read behind it: the first that is kept closes the gate.
 */
final class Outgoing {
    /** Below what the library keeps waiting at most, 1 MiB. */
    private static final int BUDGET_BYTES = 600_000;

    private static final int MOST_LINES = 200;

    private final Semaphore budget = new Semaphore(BUDGET_BYTES);
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.OK);
    private final AtomicLong count = new AtomicLong();
    private final Gate gate;
    private final BiConsumer<String, ChatException> refused;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final TreeMap<Long, Unsaid> kept = new TreeMap<>(); // in the order of saying; lock
    private boolean keeping; // lock

    /** Something that was not said, and why not. */
    record Unsaid(Place place, String text, Tags tags, ChatException why) {}

    /**
     * Begins.
     *
     * @param keeping whether there may be another connection
     * @param gate closed when something is kept
     * @param refused told of each line that was not said, and why
     */
    Outgoing(boolean keeping, Gate gate, BiConsumer<String, ChatException> refused) {
        this.keeping = keeping;
        this.gate = gate;
        this.refused = refused;
    }

    /** Says something; waits while too much is under way. */
    void say(ChatRoom room, String text, Tags tags) {
        int cost = Math.min(BUDGET_BYTES, Math.max(BUDGET_BYTES / MOST_LINES, 64 + 3 * text.length()));
        budget.acquireUninterruptibly(cost);
        long number = count.incrementAndGet();
        room.say(text, tags).whenComplete((receipt, error) -> {
            if (error instanceof ChatException why) {
                fail(number, new Unsaid(Place.of(room), text, tags, why));
            }
            budget.release(cost);
        });
    }

    // ---- what was not said

    /** Whether the end of a connection, and nothing else, has kept something from being said or done. */
    static boolean isCutOff(ChatException why) {
        return why.code() == ErrorCode.GOING_AWAY || why.verdict() == Verdict.RECONNECT;
    }

    /** Something was not said, as there was nowhere to say it. */
    void fail(Unsaid unsaid) {
        fail(count.incrementAndGet(), unsaid);
    }

    private void fail(long number, Unsaid unsaid) {
        if (isCutOff(unsaid.why()) && keep(number, unsaid)) {
            gate.close();
        } else {
            giveUp(unsaid);
        }
    }

    private boolean keep(long number, Unsaid unsaid) {
        lock.lock();
        try {
            if (keeping) {
                kept.put(number, unsaid);
            }
            return keeping;
        } finally {
            lock.unlock();
        }
    }

    /** Something will not be said. */
    void giveUp(Unsaid unsaid) {
        note(unsaid.why());
        refused.accept(unsaid.text(), unsaid.why());
    }

    /** There will be no other connection. */
    void giveUp() {
        lock.lock();
        try {
            keeping = false;
        } finally {
            lock.unlock();
        }
        sayKept(this::giveUp);
    }

    boolean hasKept() {
        lock.lock();
        try {
            return !kept.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Has everything that is kept now said again, in its order: it is under way before it is not kept any more. */
    void sayKept(Consumer<Unsaid> again) {
        copyOfKept().forEach((number, unsaid) -> {
            again.accept(unsaid);
            drop(number);
        });
    }

    private SortedMap<Long, Unsaid> copyOfKept() {
        lock.lock();
        try {
            return new TreeMap<>(kept);
        } finally {
            lock.unlock();
        }
    }

    private void drop(long number) {
        lock.lock();
        try {
            kept.remove(number);
        } finally {
            lock.unlock();
        }
    }

    // ---- outcomes

    /** Waits until the outcome of everything is known. */
    void await() {
        budget.acquireUninterruptibly(BUDGET_BYTES);
        budget.release(BUDGET_BYTES);
    }

    /** Remembers the worst of what went wrong. */
    void note(ChatException why) {
        exitCode.accumulateAndGet(ExitCode.afterLogin(why), Math::max);
    }

    /** Remembers that a line was not understood. */
    void noteRefusal() {
        exitCode.accumulateAndGet(ExitCode.REFUSED, Math::max);
    }

    int exitCode() {
        return exitCode.get();
    }
}
