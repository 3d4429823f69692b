package io.parley.apps.client;

import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.wire.Tags;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * What is said and has no outcome yet: as much as the library takes without refusing any, so that input comes no faster
 * than the server takes it. The input's thread says; outcomes come on another.
 */
final class Outgoing {
    /** Below what the library keeps waiting at most, 1 MiB. */
    private static final int BUDGET_BYTES = 600_000;

    private static final int MOST_LINES = 200;

    private final Semaphore budget = new Semaphore(BUDGET_BYTES);
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.OK);
    private final BiConsumer<String, ChatException> refused;

    /**
     * Begins.
     *
     * @param refused told of each line that was not said, and why
     */
    Outgoing(BiConsumer<String, ChatException> refused) {
        this.refused = refused;
    }

    /** Says something; waits while too much is under way. */
    void say(ChatRoom room, String text, Tags tags) {
        int cost = Math.min(BUDGET_BYTES, Math.max(BUDGET_BYTES / MOST_LINES, 64 + 3 * text.length()));
        budget.acquireUninterruptibly(cost);
        room.say(text, tags).whenComplete((receipt, error) -> {
            if (error instanceof ChatException why) {
                note(why);
                refused.accept(text, why);
            }
            budget.release(cost);
        });
    }

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
