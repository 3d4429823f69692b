package io.parley.server;

import io.parley.model.Entry;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.transport.FatalErrors;
import io.parley.transport.SerialExecutor;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls one listener of the embedding program in order on its own executor, never on an I/O thread. A listener that falls too far behind misses events, and the log says how many: the rooms do not wait for it. No call
 * throws: an event for which there is no thread is missed as well.
 */
final class QueuedListener implements ServerListener {
    private static final System.Logger LOG = System.getLogger(QueuedListener.class.getName());
    private static final long MAX_BACKLOG = 10_000; // events
    private static final long MAX_BACKLOG_CHARS = 8L << 20; // of what was said

    private final ServerListener listener;
    private final SerialExecutor executor;
    private final AtomicLong missed = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong(); // events
    private final AtomicLong waitingChars = new AtomicLong();

    QueuedListener(ServerListener listener, Executor threads) {
        this.listener = listener;
        this.executor = new SerialExecutor(threads);
    }

    private void call(Runnable event) {
        call(1, 0, event);
    }

    /** Queues something that tells of so many events, in which so much was said. */
    private void call(int events, long chars, Runnable telling) {
        if (waiting.get() >= MAX_BACKLOG || waitingChars.get() > MAX_BACKLOG_CHARS) {
            missed.addAndGet(events);
            return;
        }
        waiting.addAndGet(events);
        waitingChars.addAndGet(chars);
        try {
            executor.execute(() -> {
                waiting.addAndGet(-events);
                waitingChars.addAndGet(-chars);
                telling.run();
            });
        } catch (Throwable none) { // no thread for it, which is no fault of who tells of the event
            FatalErrors.handOver(none);
            waiting.addAndGet(-events);
            waitingChars.addAndGet(-chars);
            missed.addAndGet(events);
            return;
        }
        if (missed.get() > 0) {
            reportMissed();
        }
    }

    private void reportMissed() {
        warn("the listener was too slow, or had no thread, and missed " + missed.getAndSet(0) + " events", null);
    }

    private static void warn(String what, @Nullable Throwable why) {
        if (why != null) {
            FatalErrors.handOver(why);
        }
        try {
            LOG.log(System.Logger.Level.WARNING, what, why);
        } catch (Throwable mute) {
            // the program's logger: not the fault of who tells of the event either
        }
    }

    /** Does something when the listener has been told all that happened before, or all that it ever will be. */
    void last(Runnable then) {
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

    /** The entries of one batch are told by one task: that wakes a thread once at most. */
    @Override
    public void onEntries(Room room, List<Entry.Sequenced> entries) {
        long chars = 0;
        List<Entry.Sequenced> wanted = List.of();
        for (int i = 0; i < entries.size(); i++) {
            Entry.Sequenced entry = entries.get(i);
            if (isWanted(room, entry)) {
                if (wanted.isEmpty()) {
                    wanted = new ArrayList<>(entries.size() - i);
                }
                wanted.add(entry);
                chars += entry instanceof Entry.Message said ? said.body().length() : 0;
            }
        }
        if (!wanted.isEmpty()) {
            List<Entry.Sequenced> told = wanted;
            call(told.size(), chars, () -> listener.onEntries(room, told));
        }
    }

    private boolean isWanted(Room room, Entry.Sequenced entry) {
        try {
            return listener.wantsEntry(room, entry);
        } catch (Throwable broken) {
            warn("the listener's wantsEntry threw", broken);
            return true; // its own fault, which must not cost it an entry
        }
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
        call(() -> listener.onRefused(from, code, text));
    }

    @Override
    public void onGap(User user, Room room, long from, long to) {
        call(() -> listener.onGap(user, room, from, to));
    }

    @Override
    public void onSlow(SocketAddress from, @Nullable User user) {
        call(() -> listener.onSlow(from, user));
    }
}
