package io.parley.testkit.chat;

import io.parley.client.ChatException;
import io.parley.client.ClientListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what concerns the whole connection. */
final class Desk implements ClientListener {
    final List<String> notices = new CopyOnWriteArrayList<>();
    final CompletableFuture<ChatException> closed = new CompletableFuture<>();

    @Override
    public void onNotice(String sender, String text) {
        notices.add(sender + ": " + text);
    }

    @Override
    public void onClosed(ChatException why) {
        closed.complete(why);
    }
}
