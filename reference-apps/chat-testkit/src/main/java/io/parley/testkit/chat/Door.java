package io.parley.testkit.chat;

import io.parley.client.ChatRoom;
import io.parley.client.ClientListener;
import io.parley.client.RoomListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes the conversations that others begin. */
final class Door implements ClientListener {
    final Ears ears = new Ears();
    final List<ChatRoom> opened = new CopyOnWriteArrayList<>();
    final CompletableFuture<ChatRoom> first = new CompletableFuture<>();

    @Override
    public RoomListener onDirect(ChatRoom conversation) {
        opened.add(conversation);
        first.complete(conversation);
        return ears;
    }
}
