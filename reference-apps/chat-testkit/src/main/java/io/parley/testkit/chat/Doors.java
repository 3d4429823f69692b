package io.parley.testkit.chat;

import io.parley.model.ErrorCode;
import io.parley.room.User;
import io.parley.server.ServerListener;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What happens at the doors. */
final class Doors implements ServerListener {
    final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void onConnect(SocketAddress from) {
        lines.add("connect");
    }

    @Override
    public void onDisconnect(SocketAddress from, @Nullable User user, String why) {
        lines.add("disconnect " + user + (why.isEmpty() ? "" : ": " + why));
    }

    @Override
    public void onRefused(SocketAddress from, int code, String text) {
        lines.add("refused " + ErrorCode.name(code));
    }

    @Override
    public void onRename(User user, String from, String to) {
        lines.add(from + " is " + to);
    }
}
