package io.parley.room;

import io.parley.model.Entry;
import io.parley.model.RoomException;
import io.parley.model.RoomState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one way into a room: everything that happens in it takes a place here and happens in that order.
 *
 * <p>Whoever finds the lane at rest moves it, on its own thread, until it is empty or has to wait for the journal;
 * then the journal's thread goes on. Commands that stand next to each other go to the journal as one batch. Each
 * is judged by the state after all before it, so what a ban or a mute forbids is forbidden from its place on;
 * and if the journal fails, the whole batch has not happened.
 *
 * <p>Whatever a journal, a door, a clock or a listener throws, the lane goes on, and every order is told how it came
 * out, once. What was kept has happened, even if something else broke on the way.
 *
 * <p>What a step has to say to the outside is collected under the lock and said after it.
 */
final class Lane {
    private static final System.Logger LOG = System.getLogger(Lane.class.getName());
    private static final int MAX_BATCH = 128;

    /** What happens at one place of the lane; filled under the lock, finished outside. */
    static final class Step {
        private final List<Ticket.Order> orders;
        private final List<Entry.Sequenced> entries;
        private final List<Runnable> effects = new ArrayList<>(0);
        private @Nullable RoomState stateAfter;
        private int told; // how many of the orders know how they came out
        private boolean published;

        Step(int most) {
            orders = new ArrayList<>(most);
            entries = new ArrayList<>(most);
        }

        /** Has something done when the lock is free again. */
        void then(Runnable effect) {
            effects.add(effect);
        }

        private void refuse(Ticket.Order order, RoomException why) {
            then(() -> order.outcome().refused(why));
        }

        /** Tells the orders that know nothing yet that they were kept, or why they are refused. Under no lock. */
        private void tell(@Nullable RoomException no) {
            while (told < orders.size()) {
                long seq = entries.get(told).seq();
                Outcome outcome = orders.get(told++).outcome();
                safely(no == null ? () -> outcome.kept(seq) : () -> outcome.refused(no));
            }
        }

        private void run() {
            for (Runnable effect : effects) {
                safely(effect);
            }
        }
    }

    private final Room room;
    private final RoomCore core;
    private final ReentrantLock lock;
    private final ArrayDeque<Ticket> queue = new ArrayDeque<>(2); // lock
    private boolean moving; // lock

    Lane(Room room, RoomCore core, ReentrantLock lock) {
        this.room = room;
        this.core = core;
        this.lock = lock;
    }

    /** Takes a place, and has it come to its turn. Called under no lock. */
    void submit(Ticket ticket) {
        take(ticket);
        proceed();
    }

    /** Takes a place and leaves it to {@link #proceed}, or to whoever moves the lane before that. Called under no lock. */
    void take(Ticket ticket) {
        lock.lock();
        try {
            queue.add(ticket);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the lane, unless somebody does. Called under no lock. */
    void proceed() {
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

    /** Takes a place from within the lane; under the lock. */
    void enqueue(Ticket ticket) {
        queue.add(ticket);
    }

    private void move() {
        for (Step step = next(); step != null; step = next()) {
            try {
                if (!step.entries.isEmpty()) {
                    CompletableFuture<Long> kept = append(step);
                    if (!kept.isDone() && goesOnLater(kept, step)) {
                        return;
                    }
                    finish(step, kept);
                }
            } catch (Throwable broken) {
                report(broken);
                step.tell(unavailable());
            }
            after(step);
        }
    }

    private @Nullable Step next() {
        Step step = null;
        Throwable fault = null;
        lock.lock();
        try {
            step = new Step(Math.min(queue.size(), MAX_BATCH));
            Ticket ticket = queue.poll();
            if (ticket == null) {
                moving = false;
                core.closeIfDeserted(step);
            } else if (ticket instanceof Ticket.Order order) {
                fill(step, order);
            } else {
                apply(step, ticket);
            }
            if (ticket != null) {
                return step;
            }
        } catch (Throwable broken) {
            fault = broken; // no memory for a step: what waits is taken up by whoever comes next
            moving = false;
        } finally {
            lock.unlock();
        }
        if (fault != null) {
            report(fault);
        }
        if (step != null) {
            if (fault != null) {
                step.tell(unavailable());
            }
            step.run();
        }
        return null;
    }

    private void apply(Step step, Ticket ticket) {
        try {
            core.apply(ticket, step);
        } catch (Throwable broken) {
            step.then(() -> report(broken));
        }
    }

    private void fill(Step step, Ticket.Order first) {
        RoomState before = core.state();
        RoomState state = before;
        long seq = core.head();
        for (Ticket.Order order = first; order != null; order = poll(step)) {
            try {
                Entry.Sequenced entry = core.order(order, state, seq + 1);
                state = state.after(entry);
                step.orders.add(order);
                step.entries.add(entry);
                seq++;
            } catch (RoomException no) {
                step.refuse(order, no);
            } catch (Throwable broken) {
                step.then(() -> report(broken));
                step.refuse(order, unavailable());
            }
        }
        step.stateAfter = state.equals(before) ? null : state;
    }

    private Ticket.@Nullable Order poll(Step step) {
        int size = step.entries.size();
        // What removes somebody ends its batch: the next command is judged when the member is out.
        boolean closed = size == MAX_BATCH
                || (size > 0
                        && step.entries.get(size - 1) instanceof Entry.Moderated act
                        && act.action().removes());
        return !closed && queue.peek() instanceof Ticket.Order ? (Ticket.Order) queue.poll() : null;
    }

    private CompletableFuture<Long> append(Step step) {
        try {
            return Objects.requireNonNull(room.append(step.entries, step.stateAfter));
        } catch (Throwable broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    /** True if the journal's thread will move the lane on; false if it is done after all. */
    private boolean goesOnLater(CompletableFuture<Long> kept, Step step) {
        AtomicBoolean decided = new AtomicBoolean();
        kept.whenComplete((floor, error) -> {
            if (!decided.compareAndSet(false, true)) {
                try {
                    finish(step, kept);
                } catch (Throwable broken) {
                    report(broken);
                    step.tell(unavailable());
                }
                after(step);
                move();
            }
        });
        return decided.compareAndSet(false, true);
    }

    private void finish(Step step, CompletableFuture<Long> kept) {
        Long floor = kept.isCompletedExceptionally() ? null : kept.join();
        if (floor == null) {
            step.tell(unavailable());
            return;
        }
        step.tell(null);
        Throwable fault = null;
        lock.lock();
        try {
            for (int i = 0; i < step.orders.size(); i++) {
                try {
                    core.publish(step.entries.get(i), step.orders.get(i).command(), step);
                } catch (Throwable broken) {
                    fault = broken; // those behind it were kept as well
                }
            }
            core.kept(floor);
            step.published = true;
        } finally {
            lock.unlock();
        }
        if (fault != null) {
            report(fault);
        }
    }

    private static RoomException unavailable() {
        return new RoomException(RoomException.Reason.UNAVAILABLE, "this cannot be kept at the moment");
    }

    /** Runs what belongs to others: if it throws, the lane goes on all the same. */
    static void safely(Runnable call) {
        try {
            call.run();
        } catch (Throwable broken) {
            report(broken);
        }
    }

    static void report(Throwable broken) {
        try {
            LOG.log(System.Logger.Level.ERROR, "a call out of a room threw", broken);
        } catch (Throwable mute) {
            // the program's logger, or no memory for the line: not worth a room
        }
    }

    private void after(Step step) {
        try {
            room.wake();
        } catch (Throwable broken) {
            report(broken);
        }
        if (step.published) {
            core.tell(step.entries);
        }
        step.run();
    }
}
