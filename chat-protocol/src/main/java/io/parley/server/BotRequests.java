package io.parley.server;

import io.parley.log.Faults;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.room.Outcome;
import io.parley.room.Session;
import io.parley.transport.FatalErrors;
import io.parley.transport.Scheduler;
import io.parley.transport.SerialExecutor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a bot asks for. Any thread may ask; the session is used by one thread at a time, in the order of the calls, and stands
 * still while the policy thinks. Answers are given one after another, on another thread: neither a room nor the bot's listener
 * waits for what depends on them.
 */
final class BotRequests {
    private static final int MOST = 10_000; // requests without an answer
    private static final Duration RETRY = Duration.ofMillis(250); // when there was no thread

    /**
     * What waits for its turn.
     *
     * @param run does it
     * @param fail called instead when it cannot be done any more
     */
    private record Request(Runnable run, Runnable fail) {}

    private final Session session; // of the thread whose turn it is
    private final Scheduler scheduler;
    private final SerialExecutor answering = new SerialExecutor(this::execute);
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Request> waiting = new ArrayDeque<>(); // lock
    private boolean running; // a thread has its turn, or the policy thinks; lock
    private boolean closing; // nothing more is asked for; lock
    private final Set<Runnable> open = ConcurrentHashMap.newKeySet(); // requests without an answer: each fails one
    private long cid; // of the thread whose turn it is

    BotRequests(Session session, Scheduler scheduler) {
        this.session = session;
        this.scheduler = scheduler;
    }

    // ---- asking

    /** Asks for something. */
    <T> CompletableFuture<T> ask(Function<Session, CompletableFuture<T>> request) {
        if (open.size() >= MOST) {
            return CompletableFuture.failedFuture(new RoomException(
                    Reason.RATE_LIMITED, "the bot has " + MOST + " requests without an answer; wait for some"));
        }
        return askAlways(request);
    }

    /** Asks for something, however much has been asked for. */
    <T> CompletableFuture<T> askAlways(Function<Session, CompletableFuture<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable fail = () -> answer(answer, null, gone());
        open.add(fail);
        answer.whenComplete((value, error) -> open.remove(fail));
        Request queued = new Request(() -> begin(request, answer), fail);
        if (!add(queued)) {
            answer.completeExceptionally(gone());
        }
        return answer;
    }

    /** Asks for something that becomes an entry; its number is the answer. */
    CompletableFuture<Long> order(BiConsumer<Session, Outcome> request) {
        return ask(mine -> {
            CompletableFuture<Long> done = new CompletableFuture<>();
            request.accept(mine, new Outcome() {
                @Override
                public void kept(long seq) {
                    done.complete(seq);
                }

                @Override
                public void refused(RoomException why) {
                    done.completeExceptionally(why);
                }
            });
            return done;
        });
    }

    /** The number for the next message. The thread whose turn it is. */
    long nextCid() {
        return ++cid;
    }

    private <T> void begin(Function<Session, CompletableFuture<T>> request, CompletableFuture<T> answer) {
        try {
            Faults.whenDone(request.apply(session), (value, error) -> answer(answer, value, error));
        } catch (Throwable no) {
            FatalErrors.handOver(no);
            answer(answer, null, no);
        }
    }

    private <T> void answer(CompletableFuture<T> answer, @Nullable T value, @Nullable Throwable error) {
        answering.execute(() -> {
            if (error == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(Faults.cause(error));
            }
        });
    }

    static RoomException gone() {
        return new RoomException(Reason.UNAVAILABLE, "the bot is not here any more");
    }

    // ---- taking turns

    /** Runs a task on a thread of the executor; later, if it has none now. */
    void execute(Runnable task) {
        try {
            scheduler.executor().execute(task);
        } catch (Throwable none) {
            Faults.report(none);
            scheduler.schedule(RETRY, () -> execute(task));
        }
    }

    private boolean add(Request request) {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            waiting.add(request);
            if (running) {
                return true;
            }
            running = true;
        } finally {
            lock.unlock();
        }
        execute(this::run);
        return true;
    }

    /** Does what waits, until nothing does or the policy has to think: then {@link #goesOn} follows. */
    private void run() {
        for (Request next = next(); next != null; next = next()) {
            Faults.safely(next.run());
            if (session.isHeld() && !session.settle()) {
                return;
            }
        }
    }

    /** The next request; null if there is none, or the policy has to think about what was asked before. */
    private @Nullable Request next() {
        Request next = poll(false);
        if (next != null) {
            return next;
        }
        return session.settle() ? poll(true) : null;
    }

    private @Nullable Request poll(boolean last) {
        lock.lock();
        try {
            Request next = waiting.poll();
            if (next == null && last) {
                running = false;
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** The policy has answered. A thread of the executor. */
    void goesOn() {
        run();
    }

    // ---- the end

    /** Does one last thing behind all that was asked for. False if the end has come already. */
    boolean close(Runnable last) {
        boolean first = add(new Request(() -> session.inOrder(last), last));
        lock.lock();
        try {
            closing = true;
        } finally {
            lock.unlock();
        }
        return first;
    }

    /** Fails what waits for its turn, and whatever is asked for from now on. What was ordered still gets its answer. */
    void stop() {
        List<Request> late;
        lock.lock();
        try {
            closing = true;
            late = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        late.forEach(request -> request.fail().run());
    }

    /** Fails all that has no answer: none will come. */
    void abandon() {
        open.forEach(Runnable::run);
    }
}
