package io.parley.journal.jdbc;

import io.parley.transport.FatalErrors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that writes. It takes a group of calls, carries them out in one transaction, and has them answered. One that is refused
 * is undone alone. Between groups it does a slice of maintenance.
 *
 * <p><b>After an error</b> the connection is closed and opened again. What to tell then:
 *
 * <ul>
 *   <li>The disk is full: nothing of the transaction is kept, since a commit is the last thing that is written.
 *   <li>Before the commit: nothing is kept. The calls are tried one by one, so that a broken one fails alone.
 *   <li>In the commit: what is there is kept. Of what is not there that is not sure; the caller appends it again.
 * </ul>
 */
final class Writer implements Runnable {
    /** Undoes a call, within its transaction. */
    static final String UNDO = "rollback to savepoint call";

    private static final System.Logger LOG = System.getLogger(Writer.class.getName());
    private static final long IDLE_NANOS = 1_000_000_000L; // how often it looks for maintenance
    private static final long LONG_NANOS = 5_000_000L; // how often it looks while a long log is being moved

    private volatile boolean crashed; // ends without a word, for tests
    private final Store store;
    private final Dialect dialect;
    private final WriteQueue queue;
    private final Executor answers;
    private final Maintenance maintenance;
    private final Space space;
    private final WriterLink link;
    private final Watchers watchers;
    private final LongSupplier nanoTime;
    private final Runnable whenTakenOver;
    private @Nullable TakenOverException takenOver; // this thread only
    private boolean quiet; // an error was logged, and nothing was committed since; this thread only

    Writer(Store store, Link link, Parts parts) {
        this.store = store;
        this.dialect = store.dialect();
        this.link = new WriterLink(store, link, parts.space());
        this.queue = parts.queue();
        this.answers = parts.answers();
        this.maintenance = parts.maintenance();
        this.space = parts.space();
        this.watchers = parts.watchers();
        this.nanoTime = parts.nanoTime();
        this.whenTakenOver = parts.takenOver();
    }

    /** What the writer works with. */
    record Parts(
            WriteQueue queue,
            Executor answers,
            Maintenance maintenance,
            Space space,
            Watchers watchers,
            LongSupplier nanoTime,
            Runnable takenOver) {}

    @Override
    public void run() {
        while (!crashed) {
            try {
                List<Call<?>> group =
                        queue.take(isMaintenanceDue() ? 0 : dialect.isLogLong() ? LONG_NANOS : IDLE_NANOS);
                if (group == null) {
                    break;
                }
                if (!group.isEmpty()) {
                    keep(group);
                }
                if (isMaintenanceDue()) {
                    maintain();
                }
            } catch (InterruptedException nobodysBusiness) {
                LOG.log(System.Logger.Level.DEBUG, "the writer was interrupted");
            } catch (RuntimeException | Error broken) { // without a writer the journal would be half alive
                Threads.report(broken);
            }
        }
        while (!crashed && maintenance.isNeededBeforeTheEnd() && maintain()) {
            if (dialect.isLogLong()) {
                link.moveLog();
            }
        }
        if (crashed) {
            link.discard();
        } else {
            end();
        }
    }

    private boolean isMaintenanceDue() {
        return takenOver == null && !dialect.isLogLong() && maintenance.isDue(nanoTime.getAsLong());
    }

    /** Has the thread end as if the process was killed. */
    void crash() {
        crashed = true;
        queue.wake();
    }

    private void keep(List<Call<?>> group) {
        List<Runnable> hints = new ArrayList<>(0);
        try {
            attempt(admitted(group), true);
            List<String> appended = new ArrayList<>(group.size());
            for (Call<?> call : group) {
                if (!call.isFailed()) {
                    carriedOut(call, hints, appended);
                }
            }
            if (!appended.isEmpty()) {
                dialect.appended(appended);
            }
        } catch (RuntimeException | Error broken) {
            FatalErrors.handOver(broken);
            link.discard();
            group.forEach(call -> call.fail(broken)); // nobody knows what is kept
        }
        Runnable telling = () -> tell(group, hints);
        try {
            answers.execute(telling);
        } catch (RuntimeException | Error noThread) {
            FatalErrors.handOver(noThread);
            telling.run();
        }
    }

    private void tell(List<Call<?>> group, List<Runnable> hints) {
        group.forEach(call -> Threads.safely(call::answer));
        queue.answered(group);
        hints.forEach(Threads::safely);
    }

    private void carriedOut(Call<?> call, List<Runnable> hints, List<String> appended) {
        if (call instanceof AppendCall append) {
            RoomRow after = append.after();
            if (after != null) {
                store.heads().saw(after);
                maintenance.appended(after, append.rowBytes());
                hints.addAll(watchers.hints(append.lane()));
                appended.add(append.lane());
            }
        } else if (call instanceof OpenCall open) {
            RoomRow found = open.after();
            if (found != null) {
                store.heads().saw(found);
            }
        } else if (call instanceof ForgetCall forget) {
            RoomRow gone = forget.room();
            if (gone != null) {
                maintenance.forgotten(gone);
            }
        }
    }

    /** Those that may be carried out; the others fail. */
    private List<Call<?>> admitted(List<Call<?>> group) {
        TakenOverException lost = takenOver;
        if (lost != null) {
            group.forEach(call -> call.refuse(lost.words()));
            return List.of();
        }
        group.forEach(call -> call.frugal(!space.admits(call, link::freeBytes)));
        return group;
    }

    /**
     * Carries calls out in one transaction.
     *
     * @param first whether it was not tried before: then space is made on a full disk, and it is tried once more
     */
    private void attempt(List<Call<?>> calls, boolean first) {
        if (calls.isEmpty()) {
            return;
        }
        Stage stage = Stage.BEGIN;
        try {
            Link current = link.begin();
            stage = Stage.CALLS;
            long bytes = 0;
            List<Call<?>> left = ordered(calls);
            left.removeAll(dialect.together(current, store, appends(left)));
            for (Call<?> call : left) {
                perform(call, current);
            }
            for (Call<?> call : calls) {
                bytes += call.bytes();
            }
            stage = Stage.COMMIT;
            dialect.commit(current);
            quiet = false;
            link.committed(bytes);
        } catch (TakenOverException lost) {
            lose(lost);
            calls.forEach(call -> call.refuse(lost.words()));
        } catch (SQLException error) {
            link.discard();
            failed(calls, stage, error, first);
        }
    }

    /** From now on all calls are refused. */
    private void lose(TakenOverException lost) {
        link.discard();
        takenOver = lost;
        LOG.log(System.Logger.Level.ERROR, lost.words());
        Threads.safely(whenTakenOver);
    }

    /**
     * In the order of their lanes: two processes that lock the same rooms do it in the same order. Those that put values come last, in
     * the order in which they were made.
     */
    private static List<Call<?>> ordered(List<Call<?>> calls) {
        List<Call<?>> ordered = new ArrayList<>(calls);
        ordered.sort(Comparator.comparing((Call<?> call) -> call.hasValues())
                .thenComparing(call -> call.hasValues() ? "" : call.lane()));
        return ordered;
    }

    private static List<AppendCall> appends(List<Call<?>> calls) {
        List<AppendCall> appends = new ArrayList<>(calls.size());
        for (Call<?> call : calls) {
            if (call instanceof AppendCall append) {
                appends.add(append);
            }
        }
        return appends;
    }

    private enum Stage {
        BEGIN,
        CALLS,
        COMMIT
    }

    private <T> void perform(Call<T> call, Link current) throws SQLException {
        current.execute("savepoint call");
        try {
            call.run(store, current);
        } catch (RuntimeException refused) {
            current.execute(UNDO);
            call.fail(refused);
        }
        current.execute("release savepoint call");
    }

    private void failed(List<Call<?>> calls, Stage stage, SQLException error, boolean first) {
        if (!quiet) {
            quiet = true;
            LOG.log(System.Logger.Level.ERROR, "the journal " + dialect.place() + " could not write", error);
        }
        boolean full = dialect.fault(error) == Fault.FULL;
        if (!full && space.isTight()) {
            link.relieve(); // the outcome is as unknown as ever
        }
        if (full) {
            if (first && (link.relieve() || calls.size() > 1)) {
                admitted(calls).forEach(call -> attempt(List.of(call), false)); // some only look, now
            } else {
                calls.forEach(call -> call.refuse(Space.FULL));
            }
        } else if (stage == Stage.CALLS && calls.size() > 1) {
            calls.forEach(call -> attempt(List.of(call), first));
        } else {
            calls.forEach(call -> call.fail(error));
            if (stage == Stage.COMMIT) {
                settle(calls);
            }
        }
    }

    /** Finds out which calls of a failed commit are kept all the same. */
    private void settle(List<Call<?>> calls) {
        try {
            Link current = link.begin();
            for (Call<?> call : calls) {
                settle(call, current);
            }
            dialect.commit(current);
        } catch (TakenOverException lost) {
            lose(lost);
        } catch (SQLException again) {
            link.discard();
        }
    }

    private <T> void settle(Call<T> call, Link current) throws SQLException {
        T known = call.settled(store, current);
        if (known != null) {
            call.settle(known);
        }
    }

    /** Does a slice; false if that fails. */
    private boolean maintain() {
        try {
            if (takenOver != null) {
                return false;
            }
            Link current = link.begin();
            maintenance.slice(store, current, nanoTime.getAsLong());
            dialect.commit(current);
            maintenance.committed();
            link.committed(Maintenance.SLICE_BYTES);
            return true;
        } catch (TakenOverException lost) {
            lose(lost);
            return false;
        } catch (SQLException | RuntimeException | Error error) {
            FatalErrors.handOver(error);
            link.discard();
            Fault fault = error instanceof SQLException known ? dialect.fault(known) : Fault.OTHER;
            if (fault == Fault.FULL && !maintenance.canWait()) {
                link.relieve();
            } else if (fault == Fault.DAMAGED) {
                maintenance.damaged();
            }
            maintenance.failed(nanoTime.getAsLong());
            if (!quiet || !maintenance.canWait()) {
                quiet = true;
                LOG.log(System.Logger.Level.WARNING, "the maintenance of " + dialect.place() + " failed", error);
            }
            return false;
        }
    }

    /** Says in the database that it was closed. */
    private void end() {
        try {
            if (takenOver == null) {
                Link current = link.begin();
                store.meta().remove(current, MetaTable.RUNNING);
                dialect.commit(current);
            }
        } catch (SQLException | RuntimeException error) {
            LOG.log(System.Logger.Level.WARNING, "the journal " + dialect.place() + " was not closed cleanly", error);
        } finally {
            link.discard();
        }
    }
}
