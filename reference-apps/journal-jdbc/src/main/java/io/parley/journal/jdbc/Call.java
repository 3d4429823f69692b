package io.parley.journal.jdbc;

import io.parley.journal.NotKeptException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A call that writes: what it asks for, and how it came out. Made by any thread, then used by the writer, then answered by the
 * thread of answers.
 */
abstract class Call<T> {
    /** Calls of one lane are carried out in their order. A room's key, or {@link #VALUES}. */
    private final String lane;

    private final int entries;
    private final long bytes;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    private boolean repeated; // caller, then writer
    private boolean frugal; // writer only
    private @Nullable T value; // writer, then answers
    private @Nullable Throwable failure; // writer, then answers

    /** The lane of calls that belong to no room; no key of a room is this. */
    static final String VALUES = "\0values";

    Call(String lane, int entries, long bytes) {
        this.lane = lane;
        this.entries = entries;
        this.bytes = bytes;
    }

    final String lane() {
        return lane;
    }

    /** How much of a group it takes. */
    final int entries() {
        return entries;
    }

    /** About how much memory it takes. */
    final long bytes() {
        return bytes;
    }

    /** What the caller waits for. */
    final CompletableFuture<T> result() {
        return result;
    }

    /** Completes when the call was carried out or has failed, whatever the caller does with the result. */
    final CompletableFuture<@Nullable Void> done() {
        return done;
    }

    /**
     * Carries the call out within a transaction and a savepoint.
     *
     * @throws NotKeptException if it is {@linkplain #isFrugal frugal} and would have to write
     */
    abstract @Nullable T perform(Store store, Link link) throws SQLException;

    /** After a commit whose outcome is not known: what the call was answered if it is kept, or null if that is not known. */
    @Nullable
    T settled(Store store, Link link) throws SQLException {
        return null;
    }

    /** Whether it is carried out with the last space of a full disk: what deletes or moderates. */
    abstract boolean isVital();

    /** Whether it puts values: such calls are carried out in the order in which they were made, whatever their lanes. */
    abstract boolean hasValues();

    /** Which request it is, where the same request may be made again; null where that does not matter. */
    @Nullable
    Object identity() {
        return null;
    }

    /** Whether the room had this very request before: then it may be kept, whatever becomes of this call. */
    final boolean isRepeated() {
        return repeated;
    }

    /** Said by the queue, before the writer has the call. */
    final void repeated(boolean again) {
        repeated = again;
    }

    /** Whether it may only look, since the disk is full. */
    final boolean isFrugal() {
        return frugal;
    }

    final void frugal(boolean onlyLook) {
        frugal = onlyLook;
    }

    /** It was carried out, and will be answered so if the transaction is committed. */
    final void run(Store store, Link link) throws SQLException {
        failure = null;
        value = perform(store, link);
    }

    final void settle(T known) {
        failure = null;
        value = known;
    }

    final void fail(Throwable why) {
        failure = why;
        value = null;
    }

    /** It was not carried out: nothing of it is kept, unless an earlier call with the same request has done it. */
    final void refuse(String why) {
        fail(
                repeated
                        ? new IllegalStateException(why + "; whether an earlier attempt was kept is not known")
                        : new NotKeptException(why));
    }

    final boolean isFailed() {
        return failure != null;
    }

    /** Tells the caller. */
    @SuppressWarnings("NullAway") // T may be Void
    void answer() {
        if (failure == null) {
            result.complete(value);
        } else {
            result.completeExceptionally(failure);
        }
        done.complete(null);
    }
}
