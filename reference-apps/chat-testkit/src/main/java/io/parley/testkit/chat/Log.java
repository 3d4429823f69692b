package io.parley.testkit.chat;

import io.parley.model.Entry;
import io.parley.room.Room;
import io.parley.room.User;
import io.parley.server.ServerListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes everything; a test may have it do something more. */
class Log implements ServerListener {
    final List<String> lines = new CopyOnWriteArrayList<>();

    void note(String line) {
        lines.add(line);
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
    public void onJoin(Room room, User user) {
        note("join " + room + " " + user);
    }

    @Override
    public void onLeave(Room room, User user) {
        note("leave " + room + " " + user);
    }

    @Override
    public void onEntry(Room room, Entry.Sequenced entry) {
        note("entry " + room + " " + entry.seq());
    }
}
