package io.parley.sequencer;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something that a room has asked the journal, and that its batch waits for. It is asked again until there is an answer. Under the
 * room's lock, except where a method says otherwise.
 */
abstract class JournalCall {
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1); // between two tries
    private static final long REFUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long UNANSWERED_NANOS = TimeUnit.SECONDS.toNanos(10); // then an answer comes too late

    private final Batch batch;
    private final long since;
    private long asked;
    private boolean failed; // the mover's
    private boolean seenLate; // who looks after the room
    private @Nullable CompletableFuture<?> answer; // null while nothing is to be expected

    JournalCall(Batch batch, long now) {
        this.batch = batch;
        this.since = now;
        this.asked = now;
    }

    /** What waits. Any thread. */
    Batch batch() {
        return batch;
    }

    /** Whether it fails for the first time. The mover. */
    boolean isFirst() {
        boolean first = !failed;
        failed = true;
        return first;
    }

    /** Asks the journal. Under no lock. */
    abstract CompletableFuture<?> ask();

    /**
     * Does what follows from an answer. The mover, under no lock.
     *
     * @return whether the mover goes on; false if the journal has been asked again
     */
    abstract boolean settle(CompletableFuture<?> arrived);

    /**
     * Whether commands have waited behind it for too long. Not at the first look: after a process was stopped for a while, the answer is
     * about to come. By one thread at a time, under no lock.
     */
    boolean holdsTooLong(long now) {
        boolean before = seenLate;
        seenLate = ageNanos(now) >= REFUSE_NANOS;
        return before && seenLate;
    }

    /** For how long the batch has waited. Any thread. */
    long ageNanos(long now) {
        return now - since;
    }

    /** An answer is to be expected, or none. */
    void expect(@Nullable CompletableFuture<?> question, long now) {
        answer = question;
        asked = now;
    }

    /** Whether an answer is the one that is expected. */
    @SuppressWarnings("ReferenceEquality") // there is one for each time it was asked
    boolean expects(CompletableFuture<?> arrived) {
        return answer == arrived;
    }

    /** The answer, if it has come. */
    @Nullable
    CompletableFuture<?> arrived() {
        return answer != null && answer.isDone() ? answer : null;
    }

    /** Whether it is to be asked again: it failed, or the answer has not come for long. */
    boolean isDue(long now) {
        return now - asked >= (answer == null ? AGAIN_NANOS : UNANSWERED_NANOS);
    }
}
