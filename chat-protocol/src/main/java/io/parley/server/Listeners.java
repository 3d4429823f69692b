package io.parley.server;

import io.parley.model.Entry;
import io.parley.room.Room;
import io.parley.room.User;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens, and tells each listener of the embedding program in a queue of its own: what one of them does or
 * misses is nothing to the others. Without a listener nothing is queued, and no thread woken. Any thread; no call throws.
 */
final class Listeners implements ServerListener {
    private final Counters counters;
    private final QueuedListener[] each;

    Listeners(List<ServerListener> listeners, Counters counters, Executor threads) {
        this.counters = counters;
        this.each = listeners.stream()
                .map(listener -> new QueuedListener(listener, threads))
                .toArray(QueuedListener[]::new);
    }

    private void tell(Consumer<ServerListener> event) {
        for (QueuedListener one : each) {
            event.accept(one);
        }
    }

    /** Does something when every listener has been told all that happened before, or all that it ever will be. */
    void last(Runnable then) {
        if (each.length == 0) {
            then.run();
            return;
        }
        AtomicInteger missing = new AtomicInteger(each.length);
        for (QueuedListener one : each) {
            one.last(() -> {
                if (missing.decrementAndGet() == 0) {
                    then.run();
                }
            });
        }
    }

    /** Whether this thread is telling one of the listeners something. */
    boolean isCurrent() {
        for (QueuedListener one : each) {
            if (one.isCurrent()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onEnter(User user) {
        tell(one -> one.onEnter(user));
    }

    @Override
    public void onExit(User user) {
        tell(one -> one.onExit(user));
    }

    @Override
    public void onRename(User user, String from, String to) {
        tell(one -> one.onRename(user, from, to));
    }

    @Override
    public void onJoin(Room room, User user) {
        tell(one -> one.onJoin(room, user));
    }

    @Override
    public void onLeave(Room room, User user) {
        tell(one -> one.onLeave(room, user));
    }

    @Override
    public void onEntries(Room room, List<Entry.Sequenced> entries) {
        int messages = 0;
        for (int i = 0; i < entries.size(); i++) {
            messages += entries.get(i) instanceof Entry.Message ? 1 : 0;
        }
        counters.messages.add(messages);
        for (QueuedListener one : each) {
            one.onEntries(room, entries);
        }
    }

    @Override
    public void onConnect(SocketAddress from) {
        tell(one -> one.onConnect(from));
    }

    @Override
    public void onDisconnect(SocketAddress from, @Nullable User user, String why) {
        tell(one -> one.onDisconnect(from, user, why));
    }

    @Override
    public void onRefused(SocketAddress from, int code, String text) {
        counters.refused.increment();
        tell(one -> one.onRefused(from, code, text));
    }

    @Override
    public void onGap(User user, Room room, long from, long to) {
        counters.gaps.increment();
        tell(one -> one.onGap(user, room, from, to));
    }

    @Override
    public void onSlow(SocketAddress from, @Nullable User user) {
        counters.slow.increment();
        tell(one -> one.onSlow(from, user));
    }
}
