package io.parley.sequencer;

import io.parley.log.Faults;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.RoomException;
import io.parley.model.RoomState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gives a room its total order: every task takes a place in its queue, and happens in that order. Any thread.
 *
 * <p>Whoever finds the sequencer at rest becomes its <em>mover</em>: it runs the tasks on its own thread, until the queue is
 * empty or it has to wait for the journal; then a worker goes on. There is one mover at a time. Commands that stand next to each
 * other go to the journal as one batch. Each is judged by the state after all before it, so what a ban or a mute forbids is
 * forbidden from its place on. A batch that the journal has not kept has not happened.
 *
 * <p>Whatever a journal, a gateway, a clock or a listener throws, the sequencer goes on, and every command is told how it
 * came out, once. What was kept has happened, even if something else broke on the way.
 *
 * <p><b>In doubt.</b> While the journal does not answer, nobody knows what has happened, and only the journal can tell. But the
 * room holds nobody: after a second people come and go at the point that was published last, ahead of commands of others that
 * wait; after five seconds those commands are refused, and of more than 1 MiB of them at once.
 *
 * <p>The room's lock is held to take tasks from the queue and to show readers what has happened, and for nothing else:
 * judging, encoding and telling are done under no lock.
 */
public final class Sequencer implements Keeping.Mover {
    private static final long AHEAD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_WAITING = 2 << 20; // bytes of commands, about

    private final RoomCore core;
    private final Outside room;
    private final ReentrantLock lock; // the room's
    private final Keeping keeping;
    private final ArrayDeque<Task> queue = new ArrayDeque<>(2); // lock
    private int weight; // of the commands in the queue; lock
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
        this.keeping = new Keeping(core, room, lock, this);
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
        Task.Order tooMuch = null;
        lock.lock();
        try {
            if (task instanceof Task.Order order && weight + order.weight() > MOST_WAITING && keeping.isWaiting()) {
                tooMuch = order;
            } else if (!task.isOnce() || !keeping.isWaiting() || !queue.contains(task)) {
                queue.add(task);
                weight += weight(task);
            }
        } finally {
            lock.unlock();
        }
        if (tooMuch != null) {
            Batch.refused(tooMuch.outcome(), core.unavailable());
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
        boolean atRest = false;
        try {
            moveOn();
            atRest = true;
        } finally {
            if (!atRest) {
                stop();
            }
        }
    }

    @Override
    public void resume(JournalCall call, CompletableFuture<?> answer) {
        boolean atRest = false;
        try {
            if (goesOn(call, answer)) {
                moveOn();
            }
            atRest = true;
        } finally {
            if (!atRest) {
                stop();
            }
        }
    }

    private boolean goesOn(JournalCall call, CompletableFuture<?> answer) {
        try {
            return call.settle(answer);
        } catch (Throwable broken) {
            Faults.report(broken);
            failed(call.batch());
            return true;
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
        Batch batch = next();
        while (batch != null && turn(batch)) {
            batch = next();
        }
    }

    @Override
    public boolean turn(Batch batch) {
        try {
            carryOut(batch);
            if (batch.other() instanceof Task.CatchUp) {
                return keeping.catchUp(batch, List.of());
            }
            if (!batch.entries().isEmpty()) {
                return keeping.keep(batch);
            }
        } catch (Throwable broken) {
            Faults.report(broken);
            batch.fail(core.unavailable());
        }
        over(batch);
        return true;
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
                    drop();
                } while (batch.takes(queue.peek()));
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
                batch.fail(core.unavailable());
            }
            return null;
        }
        if (closed) {
            Faults.safely(() -> room.closed(core.isEnded()));
        }
        return batch;
    }

    /** Takes the first task out. Under the lock. */
    private void drop() {
        if (queue.remove() instanceof Task.Order order) {
            weight -= order.weight();
        }
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
                batch.refuse(core.unavailable());
            }
        }
        batch.stateAfter(state.equals(before) ? null : state);
    }

    // ---- what becomes of a batch; nothing is thrown

    @Override
    public void kept(Batch batch, long floor) {
        boolean published = false;
        try {
            batch.tellKept();
            core.publish(batch, floor);
            published = true;
        } catch (Throwable broken) {
            Faults.report(broken);
            batch.fail(core.unavailable());
        }
        finish(batch, published ? batch.entries() : List.of());
    }

    @Override
    public void failed(Batch batch) {
        batch.fail(core.unavailable());
        over(batch);
    }

    @Override
    public void over(Batch batch) {
        finish(batch, List.of());
    }

    @Override
    public void adopt(EntryPage page) {
        for (Entry.Sequenced entry : page.entries()) {
            Batch effects = new Batch(0);
            core.adopt(entry, page.floor(), effects);
            finish(effects, List.of(entry));
        }
    }

    /** Does what follows a batch: each part whatever the others do. */
    private void finish(Batch batch, List<Entry.Sequenced> published) {
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
        if (!published.isEmpty()) {
            tell(published);
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
                    weight += weight(tasks.get(i));
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
                tasks.forEach(task -> weight += weight(task));
            } finally {
                lock.unlock();
            }
        }
    }

    private static int weight(Task task) {
        return task instanceof Task.Order order ? order.weight() : 0;
    }

    // ---- in doubt

    /** Looks after a room that waits for the journal. Called now and then, under no lock, by one thread at a time. */
    public void tick() {
        JournalCall call = keeping.beginCare();
        if (call == null) {
            return;
        }
        try {
            long age = call.ageNanos(core.context().nanos());
            keeping.askAgain(call);
            if (age >= AHEAD_NANOS) {
                comingAndGoing(call.batch()).forEach(this::goAhead);
            }
            if (call.holdsTooLong(core.context().nanos())) {
                commands().forEach(order -> Batch.refused(order.outcome(), core.unavailable()));
            }
        } catch (Throwable broken) {
            Faults.report(broken);
        } finally {
            keeping.endCare(call);
        }
    }

    private void goAhead(Task task) {
        Batch batch = new Batch(0);
        batch.add(task);
        try {
            core.apply(task, batch);
        } catch (Throwable broken) {
            Faults.report(broken);
        }
        over(batch);
    }

    /** Takes those who come and go out of the queue, unless something of the same user, or done to it, is in front. */
    private List<Task> comingAndGoing(Batch doubtful) {
        List<Task> ahead = new ArrayList<>();
        Set<RoomUser> waiting = new HashSet<>();
        lock.lock();
        try {
            for (Iterator<Task> all = queue.iterator(); all.hasNext(); ) {
                Task task = all.next();
                RoomUser one = task.goesAhead();
                if (one != null && !waiting.contains(one) && !doubtful.concerns(one)) {
                    ahead.add(task);
                    all.remove();
                } else if (task instanceof Task.Order order) {
                    waiting.add(order.actor());
                } else if (one != null) {
                    waiting.add(one);
                }
            }
        } finally {
            lock.unlock();
        }
        return ahead;
    }

    /** Takes the commands out of the queue that were not handed to the journal; not what the room owes itself. */
    private List<Task.Order> commands() {
        List<Task.Order> refused = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<Task> all = queue.iterator(); all.hasNext(); ) {
                if (all.next() instanceof Task.Order order && !order.actor().isServer()) {
                    refused.add(order);
                    weight -= order.weight();
                    all.remove();
                }
            }
        } finally {
            lock.unlock();
        }
        return refused;
    }
}
