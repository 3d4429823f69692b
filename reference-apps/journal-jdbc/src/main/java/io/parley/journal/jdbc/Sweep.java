package io.parley.journal.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the entries of forgotten rooms, some at a time. Which rooms these are is in a table: a forgotten room stays forgotten if the
 * process ends meanwhile.
 */
final class Sweep {
    private final Executor answers;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Set<Integer> pending = new HashSet<>(); // rooms of this process; lock
    private final Map<Integer, List<Runnable>> awaited = new HashMap<>(); // lock
    private boolean due = true; // there may be rooms in the table; writer only
    private int swept; // the room that the current transaction has done with, 0 for none; writer only
    private boolean empty; // the current transaction found the table empty; writer only

    Sweep(Executor answers) {
        this.answers = answers;
    }

    /** Notes a room in the transaction that forgets it. Writer only. */
    void note(Link link, int room) throws SQLException {
        link.update("insert into forgotten (room) values (?)", room);
        due = true;
        lock.lock();
        try {
            pending.add(room);
        } finally {
            lock.unlock();
        }
    }

    /** Runs a task when a room is swept, or at once if it is. */
    void await(int room, Runnable task) {
        lock.lock();
        try {
            if (pending.contains(room)) {
                awaited.computeIfAbsent(room, key -> new ArrayList<>(1)).add(task);
                return;
            }
        } finally {
            lock.unlock();
        }
        task.run();
    }

    /** Writer only. */
    boolean isDue() {
        return due;
    }

    /** Deletes some entries in a transaction. Writer only. */
    void slice(Store store, Link link) throws SQLException {
        swept = 0;
        Integer room = link.one("select room from forgotten order by room limit 1", row -> row.getInt(1));
        empty = room == null;
        if (room != null && !store.entries().deleteSome(link, room)) {
            link.update("delete from forgotten where room = ?", room);
            store.positions().remove(link, room);
            swept = room;
        }
    }

    /** The transaction of a slice was committed. Writer only. */
    void committed() {
        due = !empty;
        List<Runnable> tasks = new ArrayList<>();
        lock.lock();
        try {
            if (empty) {
                pending.clear();
                awaited.values().forEach(tasks::addAll);
                awaited.clear();
            } else {
                pending.remove(swept);
                @Nullable List<Runnable> waiting = awaited.remove(swept);
                tasks.addAll(waiting == null ? List.of() : waiting);
            }
        } finally {
            lock.unlock();
        }
        tasks.forEach(answers::execute);
    }
}
