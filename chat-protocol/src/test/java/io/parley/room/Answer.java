package io.parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

/** An outcome that remembers what it was told; told twice, it is neither kept nor refused. */
final class Answer implements Outcome {
    private final AtomicReference<Object> told = new AtomicReference<>();

    @Override
    public void kept(long seq) {
        tell(seq);
    }

    @Override
    public void refused(RoomException why) {
        tell(why.reason());
    }

    private void tell(Object what) {
        told.updateAndGet(before -> before == null ? what : before + ", then " + what);
    }

    boolean isOpen() {
        return told.get() == null;
    }

    /** A number, a reason, or null while it is open. */
    Object value() {
        return told.get();
    }

    long seq() {
        assertThat(told.get()).isInstanceOf(Long.class);
        return (Long) told.get();
    }

    Reason reason() {
        assertThat(told.get()).isInstanceOf(Reason.class);
        return (Reason) told.get();
    }

    /** The reason for which a future was refused. */
    static Reason reasonOf(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        Throwable error = future.handle((value, thrown) -> thrown).join();
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        assertThat(cause).isInstanceOf(RoomException.class);
        return ((RoomException) cause).reason();
    }
}
