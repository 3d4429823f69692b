package io.parley.apps.benchmarks.storage;

import io.parley.journal.AppendRequest;
import io.parley.journal.AppendResult;
import java.io.IOException;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Loses, delays and invents answers of the journal, now and then. Any thread. */
final class BadAnswers implements Faults {
    /** Runs something later. */
    interface Later {
        void run(int millis, Runnable task);
    }

    private static final int LATE_COMMIT_MILLIS = 4_000;
    private static final int PUTS = 5; // the answer to every fifth is lost

    private final SplittableRandom random; // guarded by this
    private final long meanNanos;
    private final Later later;
    private final Consumer<String> told;
    private final Set<UUID> keptLater = ConcurrentHashMap.newKeySet(); // what is repeated fails until then
    private final AtomicInteger puts = new AtomicInteger();
    private long next; // when the next fault is due; guarded by this

    /**
     * Makes it.
     *
     * @param seed of the faults
     * @param meanMillis between two faults
     * @param later runs what is done later
     * @param told gets {@code FAULT} and its name
     */
    BadAnswers(long seed, int meanMillis, Later later, Consumer<String> told) {
        this.random = new SplittableRandom(seed);
        this.meanNanos = TimeUnit.MILLISECONDS.toNanos(meanMillis);
        this.later = later;
        this.told = told;
        this.next = System.nanoTime();
    }

    @Override
    public <T> CompletableFuture<T> call(Kind kind, Supplier<CompletableFuture<T>> real) {
        if (kind != Kind.PUT || puts.incrementAndGet() % PUTS != 0) {
            return real.get();
        }
        told.accept("FAULT put-answer-lost");
        return lost(real);
    }

    @Override
    public CompletableFuture<AppendResult> append(
            AppendRequest request, Supplier<CompletableFuture<AppendResult>> real) {
        if (keptLater.contains(request.id())) {
            return unknown();
        }
        AnswerFault fault = draw(System.nanoTime());
        if (fault == null) {
            return real.get();
        }
        told.accept("FAULT " + fault.words());
        return meet(fault, request.id(), real);
    }

    CompletableFuture<AppendResult> meet(AnswerFault fault, UUID id, Supplier<CompletableFuture<AppendResult>> real) {
        return switch (fault) {
            case LOST -> lost(real);
            case LATE_3S -> late(real, 3_000);
            case LATE_12S -> late(real, 12_000);
            case NOT_DONE -> unknown();
            case NEVER -> {
                CompletableFuture<AppendResult> never = new CompletableFuture<>();
                real.get().whenComplete((value, error) -> told.accept("DONE without an answer"));
                yield never;
            }
            case LATE_COMMIT -> {
                keptLater.add(id);
                run(LATE_COMMIT_MILLIS, () -> real.get().whenComplete((value, error) -> keptLater.remove(id)));
                yield unknown();
            }
            case LATE_COMMIT_AFTER_ANOTHER -> {
                run(LATE_COMMIT_MILLIS, () -> real.get().whenComplete((value, error) -> told.accept(late(value))));
                yield unknown();
            }
        };
    }

    private static <T> CompletableFuture<T> lost(Supplier<CompletableFuture<T>> real) {
        return real.get().thenCompose(value -> unknown());
    }

    private static <T> CompletableFuture<T> unknown() {
        return CompletableFuture.failedFuture(new IOException("the answer is lost (a fault of the harness)"));
    }

    private CompletableFuture<AppendResult> late(Supplier<CompletableFuture<AppendResult>> real, int millis) {
        CompletableFuture<AppendResult> late = new CompletableFuture<>();
        real.get()
                .whenComplete((value, error) -> run(millis, () -> {
                    if (error == null) {
                        late.complete(value);
                    } else {
                        late.completeExceptionally(error);
                    }
                }));
        return late;
    }

    private static String late(@Nullable AppendResult found) {
        return "DONE late, found "
                + (found == null ? "a failure" : found.getClass().getSimpleName());
    }

    private void run(int millis, Runnable task) {
        later.run(millis, task);
    }

    private synchronized @Nullable AnswerFault draw(long now) {
        if (now - next < 0) {
            return null;
        }
        next = now + (long) (random.nextDouble() * 2 * meanNanos);
        int all = 0;
        for (AnswerFault fault : AnswerFault.values()) {
            all += fault.weight();
        }
        int chosen = random.nextInt(all);
        for (AnswerFault fault : AnswerFault.values()) {
            chosen -= fault.weight();
            if (chosen < 0) {
                return fault;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }
}
