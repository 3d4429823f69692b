package io.parley.apps.server.monitoring;

import io.parley.model.Entry;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ServerListener;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes each event to several listeners, in their order. The server calls it on one thread at a time. */
public final class CompositeListener implements ServerListener {
    private final List<ServerListener> all;

    public CompositeListener(ServerListener... all) {
        this.all = List.of(all);
    }

    private void tell(Consumer<ServerListener> event) {
        all.forEach(event);
    }

    @Override
    public void onConnect(SocketAddress from) {
        tell(listener -> listener.onConnect(from));
    }

    @Override
    public void onDisconnect(SocketAddress from, @Nullable User user, String why) {
        tell(listener -> listener.onDisconnect(from, user, why));
    }

    @Override
    public void onRefused(SocketAddress from, int code, String text) {
        tell(listener -> listener.onRefused(from, code, text));
    }

    @Override
    public void onGap(User user, Room room, long from, long to) {
        tell(listener -> listener.onGap(user, room, from, to));
    }

    @Override
    public void onSlow(SocketAddress from, @Nullable User user) {
        tell(listener -> listener.onSlow(from, user));
    }

    @Override
    public void onEnter(User user) {
        tell(listener -> listener.onEnter(user));
    }

    @Override
    public void onExit(User user) {
        tell(listener -> listener.onExit(user));
    }

    @Override
    public void onRename(User user, String from, String to) {
        tell(listener -> listener.onRename(user, from, to));
    }

    @Override
    public void onJoin(Room room, User user) {
        tell(listener -> listener.onJoin(room, user));
    }

    @Override
    public void onLeave(Room room, User user) {
        tell(listener -> listener.onLeave(room, user));
    }

    @Override
    public boolean wantsEntry(Room room, Entry.Sequenced entry) {
        for (ServerListener listener : all) {
            if (listener.wantsEntry(room, entry)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onEntry(Room room, Entry.Sequenced entry) {
        tell(listener -> {
            if (listener.wantsEntry(room, entry)) {
                listener.onEntry(room, entry);
            }
        });
    }
}
