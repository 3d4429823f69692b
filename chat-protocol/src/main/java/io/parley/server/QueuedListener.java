package io.parley.server;

import io.parley.room.Entry;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.transport.SerialExecutor;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens and calls the embedding program's listener in order on its own executor, never on an I/O thread.
 * A listener that falls too far behind misses events, and the log says how many: the rooms do not wait for it. No call
 * throws: an event for which there is no thread is missed as well.
 */
final class QueuedListener implements ServerListener {
    private static final System.Logger LOG = System.getLogger(QueuedListener.class.getName());
    private static final int MAX_BACKLOG = 10_000; // events
    private static final long MAX_BACKLOG_CHARS = 8L << 20; // of what was said

    /** For a program that does not listen: nothing is queued for it, and no thread woken. */
    static final ServerListener NOBODY = new ServerListener() {};

    private final ServerListener listener;
    private final Counters counters;
    private final SerialExecutor executor;
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong waitingChars = new AtomicLong();

    QueuedListener(ServerListener listener, Counters counters, Executor threads) {
        this.listener = listener;
        this.counters = counters;
        this.executor = new SerialExecutor(threads);
    }

    private void call(Runnable event) {
        call(0, event);
    }

    private void call(int chars, Runnable event) {
        if (listener == NOBODY) {
            return;
        }
        if (executor.backlog() >= MAX_BACKLOG || waitingChars.get() > MAX_BACKLOG_CHARS) {
            missed.incrementAndGet();
            return;
        }
        waitingChars.addAndGet(chars);
        try {
            executor.execute(() -> {
                waitingChars.addAndGet(-chars);
                event.run();
            });
        } catch (Throwable none) { // no thread for it, which is no fault of who tells of the event
            waitingChars.addAndGet(-chars);
            missed.incrementAndGet();
            return;
        }
        if (missed.get() > 0) {
            reportMissed();
        }
    }

    private void reportMissed() {
        try {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the listener was too slow, or had no thread, and missed {0} events",
                    missed.getAndSet(0));
        } catch (Throwable mute) {
            // the program's logger: not the fault of who tells of the event either
        }
    }

    /** Does something when the listener has been told all that happened before, or all that it ever will be. */
    void last(Runnable then) {
        if (listener == NOBODY) {
            then.run();
            return;
        }
        try {
            executor.execute(then);
        } catch (Throwable none) {
            then.run(); // no thread, so nobody is being told anything
        }
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
    public void onRename(User user, String from, String to) {
        call(() -> listener.onRename(user, from, to));
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
        int chars = 0;
        if (entry instanceof Entry.Message message) {
            counters.messages.increment();
            chars = message.body().length();
        }
        call(chars, () -> listener.onEntry(room, entry));
    }

    @Override
    public void onConnect(SocketAddress from) {
        call(() -> listener.onConnect(from));
    }

    @Override
    public void onDisconnect(SocketAddress from, @Nullable User user, String why) {
        call(() -> listener.onDisconnect(from, user, why));
    }

    @Override
    public void onRefused(SocketAddress from, int code, String text) {
        counters.refused.increment();
        call(() -> listener.onRefused(from, code, text));
    }

    @Override
    public void onGap(User user, Room room, long from, long to) {
        counters.gaps.increment();
        call(() -> listener.onGap(user, room, from, to));
    }

    @Override
    public void onSlow(SocketAddress from, @Nullable User user) {
        counters.slow.increment();
        call(() -> listener.onSlow(from, user));
    }
}
