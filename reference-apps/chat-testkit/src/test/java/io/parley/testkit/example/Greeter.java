package io.parley.testkit.example;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.RoomListener;
import io.parley.model.Member;
import java.util.concurrent.CompletableFuture;

/** A program of a user: it greets each member who joins. */
final class Greeter implements RoomListener {
    private final CompletableFuture<ChatRoom> room = new CompletableFuture<>();

    /** Enters a room and greets from then on. */
    static void start(ChatClient client, String room) {
        Greeter greeter = new Greeter();
        greeter.room.complete(client.enter(room, greeter));
    }

    @Override
    public void onMessage(Message message) {}

    @Override
    public void onJoined(Member member) {
        room.thenCompose(entered -> entered.say("Hello, " + member.name() + "!"));
    }
}
