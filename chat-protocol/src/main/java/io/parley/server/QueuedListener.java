package io.parley.server;

import io.parley.room.Entry;
import io.parley.room.HubListener;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.transport.SerialExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Calls the embedding program's listener in order on its own executor, never on an I/O thread. A listener that falls
 * too far behind misses events, and the log says how many: the rooms do not wait for it.
 */
final class QueuedListener implements HubListener {
    private static final System.Logger LOG = System.getLogger(QueuedListener.class.getName());
    private static final int MAX_BACKLOG = 10_000;

    private final HubListener listener;
    private final SerialExecutor executor;
    private final AtomicLong missed = new AtomicLong();

    QueuedListener(HubListener listener, Executor threads) {
        this.listener = listener;
        this.executor = new SerialExecutor(threads);
    }

    private void call(Runnable event) {
        if (executor.backlog() >= MAX_BACKLOG) {
            missed.incrementAndGet();
            return;
        }
        long gone = missed.getAndSet(0);
        if (gone > 0) {
            LOG.log(System.Logger.Level.WARNING, "the listener was too slow and missed {0} events", gone);
        }
        executor.execute(event);
    }

    boolean isCurrent() {
        return executor.isCurrent();
    }

    @Override
    public void onEnter(User user) {
        call(() -> listener.onEnter(user));
    }

    @Override
    public void onExit(User user) {
        call(() -> listener.onExit(user));
    }

    @Override
    public void onJoin(Room room, User user) {
        call(() -> listener.onJoin(room, user));
    }

    @Override
    public void onLeave(Room room, User user) {
        call(() -> listener.onLeave(room, user));
    }

    @Override
    public void onEntry(Room room, Entry.Sequenced entry) {
        call(() -> listener.onEntry(room, entry));
    }
}
