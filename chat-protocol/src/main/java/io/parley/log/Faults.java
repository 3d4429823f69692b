package io.parley.log;

import io.parley.transport.FatalErrors;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Faults of what belongs to others: an encoding, a listener, a clock. They are logged, and Parley goes on. An error of the JVM is
 * handed to the program as well, wherever it was caught: {@link FatalErrors}. Throws nothing, not even when the program's logger
 * does. Any thread, under no lock.
 */
public final class Faults {
    private static final System.Logger LOG = System.getLogger(Faults.class.getName());
    private static final long SELDOM_NANOS = Duration.ofSeconds(10).toNanos();
    private static final ConcurrentHashMap<String, AtomicLong> LAST = new ConcurrentHashMap<>(); // by kind

    private Faults() {}

    /**
     * Runs a call out of Parley.
     *
     * @param call the call
     */
    public static void safely(Runnable call) {
        try {
            call.run();
        } catch (Throwable broken) {
            report(broken);
        }
    }

    /**
     * Logs a fault.
     *
     * @param broken what was thrown
     */
    public static void report(Throwable broken) {
        FatalErrors.handOver(broken);
        try {
            LOG.log(System.Logger.Level.ERROR, "a call out of a room threw", broken);
        } catch (Throwable mute) {
            // the program's logger, or no memory for the line: not worth a room
        }
    }

    /**
     * Logs a fault of which users can cause many: once in ten seconds for each kind.
     *
     * @param kind what fails, in words; one of few
     * @param broken what was thrown
     */
    public static void reportSeldom(String kind, Throwable broken) {
        FatalErrors.handOver(broken);
        try {
            long now = System.nanoTime(); // for the log only
            AtomicLong last = LAST.computeIfAbsent(kind, first -> new AtomicLong(now - SELDOM_NANOS));
            long before = last.get();
            if (now - before >= SELDOM_NANOS && last.compareAndSet(before, now)) {
                LOG.log(System.Logger.Level.ERROR, kind + "; of the next ten seconds nothing is told", broken);
            }
        } catch (Throwable mute) {
            // the program's logger, or no memory for the line: not worth a room
        }
    }

    /**
     * Has a future fail.
     *
     * @param done the future
     * @param broken what was thrown
     */
    public static void fail(CompletableFuture<?> done, Throwable broken) {
        FatalErrors.handOver(broken);
        done.completeExceptionally(broken);
    }

    /**
     * A future that has failed.
     *
     * @param broken what was thrown
     * @param <T> what it would have given
     * @return the future
     */
    public static <T> CompletableFuture<T> failed(Throwable broken) {
        CompletableFuture<T> done = new CompletableFuture<>();
        fail(done, broken);
        return done;
    }

    /**
     * Why a future has failed: what the stages that follow are told, without their wrapping.
     *
     * @param error what they are told
     * @return what was thrown first
     */
    public static Throwable cause(Throwable error) {
        FatalErrors.handOver(error);
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /**
     * Does something with the outcome of a stage. What is thrown there is reported; a stage would only note it.
     *
     * @param stage the stage
     * @param <T> what it gives
     * @param act takes the value, or what was thrown
     */
    public static <T> void whenDone(
            CompletionStage<T> stage, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> act) {
        stage.whenComplete((value, error) -> {
            try {
                act.accept(value, error);
            } catch (Throwable broken) {
                report(broken);
            }
        });
    }
}
