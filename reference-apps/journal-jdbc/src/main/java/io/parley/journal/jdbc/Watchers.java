package io.parley.journal.jdbc;

import io.parley.journal.Journal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Who is told when somebody else appends to a room. Any thread. */
final class Watchers {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, List<Runnable>> byRoom = new HashMap<>(); // lock

    Journal.Watch add(String room, Runnable hint) {
        lock.lock();
        try {
            byRoom.computeIfAbsent(room, key -> new ArrayList<>(1)).add(hint);
        } finally {
            lock.unlock();
        }
        return () -> remove(room, hint);
    }

    private void remove(String room, Runnable hint) {
        lock.lock();
        try {
            List<Runnable> hints = byRoom.get(room);
            if (hints != null && hints.remove(hint) && hints.isEmpty()) {
                byRoom.remove(room);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Who is to be told of an append by another process. */
    List<Runnable> of(String room) {
        lock.lock();
        try {
            return List.copyOf(byRoom.getOrDefault(room, List.of()));
        } finally {
            lock.unlock();
        }
    }

    /** Everybody. */
    List<Runnable> all() {
        lock.lock();
        try {
            return byRoom.values().stream().flatMap(List::stream).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Who is to be told of an append by somebody of this process: nobody if one watches, since that is the writer. */
    List<Runnable> hints(String room) {
        lock.lock();
        try {
            List<Runnable> hints = byRoom.get(room);
            return hints == null || hints.size() < 2 ? List.of() : List.copyOf(hints);
        } finally {
            lock.unlock();
        }
    }
}
