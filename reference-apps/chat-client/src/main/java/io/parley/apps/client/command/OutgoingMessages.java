package io.parley.apps.client.command;

import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.view.Place;
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
 * The messages that are sent and have no outcome yet. Their size is bounded, so that input is read no faster than the
 * server accepts it. The input thread sends; while that waits after a reconnect, the thread that runs the program does.
 * Outcomes come on the callback thread.
 *
 * <p>A message that was surely not sent because the connection was lost can be kept for the next connection. There are
 * few of these: the first one closes the gate.
 */
public final class OutgoingMessages {
    /** Less than the limit of the library, 1 MiB. */
    private static final int BUDGET_BYTES = 600_000;

    private static final int MAX_LINES = 200;

    private final Semaphore budget = new Semaphore(BUDGET_BYTES);
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.OK);
    private final AtomicLong count = new AtomicLong();
    private final InputGate gate;
    private final BiConsumer<String, ChatException> refused;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final TreeMap<Long, Unsent> unsent = new TreeMap<>(); // in the order of sending; lock
    private boolean keeps; // lock

    /** A message that was not sent, and why. */
    record Unsent(Place place, String text, Tags tags, ChatException why) {}

    /**
     * Makes an empty queue.
     *
     * @param keeps whether unsent messages wait for the next connection
     * @param gate closed when a message is unsent
     * @param refused receives each message that is not sent, and why
     */
    OutgoingMessages(boolean keeps, InputGate gate, BiConsumer<String, ChatException> refused) {
        this.keeps = keeps;
        this.gate = gate;
        this.refused = refused;
    }

    /** Sends a message; waits while too much is waiting for an outcome. */
    void send(ChatRoom room, String text, Tags tags) {
        int cost = Math.min(BUDGET_BYTES, Math.max(BUDGET_BYTES / MAX_LINES, 64 + 3 * text.length()));
        budget.acquireUninterruptibly(cost);
        long number = count.incrementAndGet();
        room.say(text, tags).whenComplete((receipt, error) -> {
            if (error instanceof ChatException why) {
                fail(number, new Unsent(Place.of(room), text, tags, why));
            }
            budget.release(cost);
        });
    }

    // ---- unsent messages

    /** Whether a request failed only because the connection was lost. */
    static boolean isConnectionLost(ChatException why) {
        return why.code() == ErrorCode.GOING_AWAY || why.verdict() == Verdict.RECONNECT;
    }

    /** A message could not be sent, because there is no conversation to send it to. */
    void fail(Unsent message) {
        fail(count.incrementAndGet(), message);
    }

    private void fail(long number, Unsent message) {
        if (isConnectionLost(message.why()) && keep(number, message)) {
            gate.close();
        } else {
            giveUp(message);
        }
    }

    private boolean keep(long number, Unsent message) {
        lock.lock();
        try {
            if (keeps) {
                unsent.put(number, message);
            }
            return keeps;
        } finally {
            lock.unlock();
        }
    }

    /** Reports a message that will not be sent. */
    void giveUp(Unsent message) {
        note(message.why());
        refused.accept(message.text(), message.why());
    }

    /** There is no next connection: reports all unsent messages. */
    public void giveUp() {
        lock.lock();
        try {
            keeps = false;
        } finally {
            lock.unlock();
        }
        resend(this::giveUp);
    }

    boolean hasUnsent() {
        lock.lock();
        try {
            return !unsent.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Sends the unsent messages again, in their order. Each is removed only after it was sent. */
    void resend(Consumer<Unsent> again) {
        copyOfUnsent().forEach((number, message) -> {
            again.accept(message);
            drop(number);
        });
    }

    private SortedMap<Long, Unsent> copyOfUnsent() {
        lock.lock();
        try {
            return new TreeMap<>(unsent);
        } finally {
            lock.unlock();
        }
    }

    private void drop(long number) {
        lock.lock();
        try {
            unsent.remove(number);
        } finally {
            lock.unlock();
        }
    }

    // ---- outcomes

    /** Waits until all messages have an outcome. */
    public void await() {
        budget.acquireUninterruptibly(BUDGET_BYTES);
        budget.release(BUDGET_BYTES);
    }

    /** Notes an error for the exit code. */
    void note(ChatException why) {
        exitCode.accumulateAndGet(ExitCode.afterLogin(why), Math::max);
    }

    /** Notes an invalid line for the exit code. */
    void noteRefusal() {
        exitCode.accumulateAndGet(ExitCode.REFUSED, Math::max);
    }

    public int exitCode() {
        return exitCode.get();
    }
}
