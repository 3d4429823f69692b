package io.parley.apps.benchmarks.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Says when one call is at a point, and stops it there: the process is to be killed then. Any thread. */
final class StopAt implements Faults {
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Point point;
    private final AtomicInteger left;
    private final Consumer<String> told;

    /**
     * Makes it.
     *
     * @param point where the call is stopped; during an append it goes on, and what came of it is said
     * @param call which one, from 1
     * @param told gets {@code AT} and the point's name, or {@code DONE}, whether the append was kept, and whether that took long
     */
    StopAt(Point point, int call, Consumer<String> told) {
        this.point = point;
        this.left = new AtomicInteger(call);
        this.told = told;
    }

    @Override
    public <T> CompletableFuture<T> call(Kind kind, Supplier<CompletableFuture<T>> real) {
        if (!isMeant(kind) || left.decrementAndGet() != 0) {
            return real.get();
        }
        switch (point) {
            case DURING_APPEND -> {
                CompletableFuture<T> answer = real.get();
                long began = System.nanoTime();
                at();
                answer.whenComplete((value, error) -> told.accept(
                        (error == null ? "DONE kept" : "DONE failed") + (isLong(began) ? " after long" : "")));
                return answer;
            }
            case AFTER_COMMIT_BEFORE_ACK, AFTER_SESSION_PUT -> real.get().whenComplete((value, error) -> at());
            default -> at();
        }
        return new CompletableFuture<>(); // never complete
    }

    private boolean isMeant(Kind kind) {
        return switch (point) {
            case BEFORE_APPEND, DURING_APPEND, AFTER_COMMIT_BEFORE_ACK -> kind == Kind.APPEND;
            case BEFORE_SESSION_PUT, AFTER_SESSION_PUT -> kind == Kind.PUT;
            case DURING_RESTART -> kind == Kind.OPEN;
            case DURING_PUBLICATION, AFTER_ACK, IDLE -> false;
        };
    }

    /** Whether it took longer than appends take that nothing disturbs. */
    private static boolean isLong(long began) {
        return System.nanoTime() - began > LONG_NANOS;
    }

    private void at() {
        told.accept("AT " + point.words());
    }
}
