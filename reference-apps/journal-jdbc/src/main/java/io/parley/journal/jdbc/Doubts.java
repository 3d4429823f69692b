package io.parley.journal.jdbc;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The requests whose outcome nobody knows. Of these nobody may be told that nothing was kept until the database itself has answered
 * them. A request leaves when it is answered. Any thread.
 */
final class Doubts {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Set<Object> identities = new HashSet<>(); // lock

    boolean has(@Nullable Object identity) {
        lock.lock();
        try {
            return identities.contains(identity);
        } finally {
            lock.unlock();
        }
    }

    /** A call is going to be answered. */
    void note(Call<?> call) {
        Object identity = call.identity();
        if (identity != null) {
            lock.lock();
            try {
                if (call.isUnknown()) {
                    identities.add(identity);
                } else if (!identities.isEmpty()) {
                    identities.remove(identity);
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
