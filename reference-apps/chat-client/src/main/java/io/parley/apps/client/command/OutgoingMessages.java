package io.parley.apps.client.command;

import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.view.EventText;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.ClientState;
import io.parley.model.ErrorCode;
import io.parley.model.Tags;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The messages that have no outcome yet. The library sends them, over the next connection if one is lost. Their size is
 * bounded, so that input is read no faster than the server accepts it. The input thread sends; outcomes come on the callback
 * thread.
 */
public final class OutgoingMessages {
    /** Less than the limit of the library, 1 MiB. */
    private static final int BUDGET_BYTES = 600_000;

    private static final int MAX_LINES = 200;

    private final ChatClient client;
    private final ViewQueue view;
    private final Semaphore budget = new Semaphore(BUDGET_BYTES);
    private final AtomicInteger exitCode = new AtomicInteger(ExitCode.OK);
    private long count; // the input thread

    OutgoingMessages(ChatClient client, ViewQueue view) {
        this.client = client;
        this.view = view;
    }

    /** Sends a message; waits while too much is waiting for an outcome. */
    void send(ChatRoom room, String text, Tags tags) {
        int cost = Math.min(BUDGET_BYTES, Math.max(BUDGET_BYTES / MAX_LINES, 64 + 3 * text.length()));
        budget.acquireUninterruptibly(cost);
        long number = ++count;
        view.show(to -> to.pending(room, number, text, EventText.isAction(tags)));
        room.say(text, tags).whenComplete((receipt, error) -> {
            view.show(to -> to.settled(number, receipt == null ? 0 : receipt.seq()));
            if (error instanceof ChatException why) {
                giveUp(Place.of(room), text, why);
            }
            budget.release(cost);
        });
    }

    /**
     * Reports a message that will not be sent.
     *
     * @param place where it was to be said; null if that is not open
     */
    void giveUp(@Nullable Place place, String text, ChatException why) {
        note(why);
        boolean over = client.state().phase() == ClientState.Phase.ENDED;
        String outcome = why.code() == ErrorCode.UNKNOWN_OUTCOME ? "perhaps not said" : "not said";
        String reason = EventText.because(EventText.refusal(why));
        view.show(to -> to.unsaid(place, outcome + ": " + EventText.excerpt(text) + reason, over));
    }

    /** Waits until all messages have an outcome. */
    public void await() {
        budget.acquireUninterruptibly(BUDGET_BYTES);
        budget.release(BUDGET_BYTES);
    }

    /** Waits a while for that; returns whether all have one. */
    boolean isSettled(Duration patience) {
        try {
            boolean all = budget.tryAcquire(BUDGET_BYTES, patience.toMillis(), TimeUnit.MILLISECONDS);
            if (all) {
                budget.release(BUDGET_BYTES);
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
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
