package io.parley.testkit.gateway;

import io.parley.model.Entry;
import io.parley.model.ErrorCode;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ServerListener;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a server tells its listener, a line for each event. Any thread. */
final class Minutes implements ServerListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> lines = new ArrayList<>(); // lock

    private void note(String line) {
        lock.lock();
        try {
            lines.add(line);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a line was told since the last {@link #take}. */
    boolean heard(String line) {
        lock.lock();
        try {
            return lines.contains(line);
        } finally {
            lock.unlock();
        }
    }

    /** What was told since the last call. */
    List<String> take() {
        lock.lock();
        try {
            List<String> taken = List.copyOf(lines);
            lines.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onConnect(SocketAddress from) {
        note("connect");
    }

    @Override
    public void onDisconnect(SocketAddress from, @Nullable User user, String why) {
        note("disconnect " + user + (why.isEmpty() ? "" : ": " + why));
    }

    @Override
    public void onRefused(SocketAddress from, int code, String text) {
        note("refused " + ErrorCode.name(code));
    }

    @Override
    public void onEnter(User user) {
        note("enter " + user);
    }

    @Override
    public void onExit(User user) {
        note("exit " + user);
    }

    @Override
    public void onRename(User user, String from, String to) {
        note("rename " + from + " " + to);
    }

    @Override
    public void onJoin(Room room, User user) {
        note("join " + room + " " + user);
    }

    @Override
    public void onLeave(Room room, User user) {
        note("leave " + room + " " + user);
    }

    @Override
    public void onEntry(Room room, Entry.Sequenced entry) {
        note("entry " + room + " "
                + (entry instanceof Entry.Message message
                        ? message.author().name() + ": " + message.body()
                        : entry.getClass().getSimpleName()));
    }
}
