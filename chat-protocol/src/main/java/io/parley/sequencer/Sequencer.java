package io.parley.sequencer;

import io.parley.log.Faults;
import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomState;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives a room its total order: every task takes a place in its queue, and happens in that order. Any thread.
 *
 * <p>Whoever finds the sequencer at rest becomes its <em>mover</em>: it runs the tasks on its own thread, until the queue is
 * empty or it has to wait for the journal; then the journal's thread goes on. There is one mover at a time. Commands that
 * stand next to each other go to the journal as one batch. Each is judged by the state after all before it, so what a ban or
 * a mute forbids is forbidden from its place on. If the journal fails, the whole batch has not happened.
 *
 * <p>Whatever a journal, a gateway, a clock or a listener throws, the sequencer goes on, and every command is told how it
 * came out, once. What was kept has happened, even if something else broke on the way.
 *
 * <p>The room's lock is held to take tasks from the queue and to show readers what has happened, and for nothing else:
 * judging, encoding and telling are done under no lock.
 */
public final class Sequencer {
    private static final CompletableFuture<Long> DONE = CompletableFuture.completedFuture(0L);

    private final RoomCore core;
    private final Outside room;
    private final ReentrantLock lock; // the room's
    private final RoomException unavailable = // made now: later there may be no memory for it
            new RoomException(Reason.UNAVAILABLE, "this cannot be kept at the moment");
    private final ArrayDeque<Task> queue = new ArrayDeque<>(2); // lock
    private boolean moving; // lock

    /**
     * Makes the sequencer of a room.
     *
     * @param core what the tasks happen to
     * @param room the outside of the room
     * @param lock the room's lock
     */
    public Sequencer(RoomCore core, Outside room, ReentrantLock lock) {
        this.core = core;
        this.room = room;
        this.lock = lock;
    }

    /**
     * Queues a task and runs the queue. Called under no lock.
     *
     * @param task the task
     */
    public void submit(Task task) {
        take(task);
        proceed();
    }

    /**
     * Queues a task, for {@link #proceed} or for whoever is the mover before that. Called under no lock.
     *
     * @param task the task
     */
    public void take(Task task) {
        lock.lock();
        try {
            queue.add(task);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Queues tasks next to each other and runs the queue. Called under no lock.
     *
     * @param tasks the tasks
     */
    public void submit(List<Task> tasks) {
        enqueue(tasks);
        proceed();
    }

    /** Runs the queue, unless somebody does. Called under no lock. */
    public void proceed() {
        lock.lock();
        try {
            if (moving || queue.isEmpty()) {
                return;
            }
            moving = true;
        } finally {
            lock.unlock();
        }
        move();
    }

    private void move() {
        move(null, DONE);
    }

    /** Publishes a batch that the journal has kept, if there is one, and runs the queue. */
    private void move(@Nullable Batch waiting, CompletableFuture<Long> kept) {
        boolean atRest = false;
        try {
            if (waiting != null) {
                finish(waiting, publish(waiting, kept));
            }
            moveOn();
            atRest = true;
        } finally {
            if (!atRest) {
                stop();
            }
        }
    }

    /** Something was thrown that is caught nowhere: the next caller becomes the mover. */
    private void stop() {
        lock.lock();
        try {
            moving = false;
        } finally {
            lock.unlock();
        }
    }

    private void moveOn() {
        for (Batch batch = next(); batch != null; batch = next()) {
            boolean published = false;
            try {
                carryOut(batch);
                if (!batch.entries().isEmpty()) {
                    CompletableFuture<Long> kept = append(batch);
                    if (!kept.isDone() && goesOnLater(kept, batch)) {
                        return;
                    }
                    published = publish(batch, kept);
                }
            } catch (Throwable broken) {
                Faults.report(broken);
                batch.fail(unavailable);
            }
            finish(batch, published);
        }
    }

    /** The next batch; null if there is no task, or no memory for a batch: then the next caller goes on. */
    private @Nullable Batch next() {
        Batch batch = null;
        Throwable fault = null;
        boolean closed = false;
        lock.lock();
        try {
            if (queue.isEmpty()) {
                moving = false;
                closed = core.closeIfDeserted();
            } else {
                batch = new Batch(queue.peek() instanceof Task.Order ? Math.min(queue.size(), Batch.MOST) : 0);
                do {
                    batch.add(queue.element());
                    queue.remove();
                } while (!batch.isFull() && queue.peek() instanceof Task.Order);
            }
        } catch (Throwable broken) {
            fault = broken;
            moving = false;
        } finally {
            lock.unlock();
        }
        if (fault != null) {
            Faults.report(fault);
            if (batch != null) {
                batch.fail(unavailable);
            }
            return null;
        }
        if (closed) {
            Faults.safely(() -> room.closed(core.isEnded()));
        }
        return batch;
    }

    /** Does what needs no journal, or judges the commands. */
    private void carryOut(Batch batch) {
        Task other = batch.other();
        if (other != null) {
            core.apply(other, batch);
            return;
        }
        RoomState before = core.state();
        RoomState state = before;
        long seq = core.head();
        for (Task.Order order = batch.next(); order != null; order = batch.next()) {
            try {
                if (order.known(core.number()) > 0) {
                    batch.repeat();
                    continue;
                }
                Entry.Sequenced entry = core.order(order, state, seq + 1);
                RoomState after = state.after(entry);
                batch.accept(entry, core.number());
                state = after;
                seq++;
            } catch (RoomException no) {
                batch.refuse(no);
            } catch (Throwable broken) {
                Faults.report(broken);
                batch.refuse(unavailable);
            }
        }
        batch.stateAfter(state.equals(before) ? null : state);
        batch.removal(core.removal(batch));
    }

    private CompletableFuture<Long> append(Batch batch) {
        try {
            return Objects.requireNonNull(room.append(batch.entries(), batch.stateAfter()));
        } catch (Throwable broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    /** True if the journal's thread will go on; false if the journal is done after all. */
    private boolean goesOnLater(CompletableFuture<Long> kept, Batch batch) {
        AtomicBoolean decided = new AtomicBoolean();
        kept.whenComplete((floor, error) -> {
            if (!decided.compareAndSet(false, true)) {
                move(batch, kept);
            }
        });
        return decided.compareAndSet(false, true);
    }

    /** Makes what was kept part of the room; false if it was not kept. Throws nothing. */
    private boolean publish(Batch batch, CompletableFuture<Long> kept) {
        try {
            Long floor = kept.isCompletedExceptionally() ? null : kept.join();
            if (floor == null) {
                batch.fail(unavailable);
                return false;
            }
            batch.tellKept();
            core.publish(batch, floor);
            return true;
        } catch (Throwable broken) {
            Faults.report(broken);
            batch.fail(unavailable);
            return false;
        }
    }

    /** Does what follows a batch: each part whatever the others do. */
    private void finish(Batch batch, boolean published) {
        try {
            goFirst(batch.following());
        } catch (Throwable broken) {
            Faults.report(broken);
        }
        try {
            core.wake();
        } catch (Throwable broken) {
            Faults.report(broken);
        }
        if (published) {
            tell(batch.entries());
        }
        batch.runEffects();
    }

    private void tell(List<Entry.Sequenced> entries) {
        try {
            room.published(entries);
        } catch (Throwable broken) {
            Faults.report(broken);
        }
    }

    /** What follows from something comes before all that waits: nobody acts with a role that is being taken. */
    private void goFirst(List<Task> tasks) {
        if (!tasks.isEmpty()) {
            lock.lock();
            try {
                for (int i = tasks.size() - 1; i >= 0; i--) {
                    queue.addFirst(tasks.get(i));
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void enqueue(List<Task> tasks) {
        if (!tasks.isEmpty()) {
            lock.lock();
            try {
                queue.addAll(tasks);
            } finally {
                lock.unlock();
            }
        }
    }
}
