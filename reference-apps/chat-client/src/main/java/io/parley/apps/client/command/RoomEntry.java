package io.parley.apps.client.command;

import io.parley.apps.client.connection.ExitCode;
import io.parley.apps.client.follow.OpenRooms;
import io.parley.apps.client.follow.RoomFollower;
import io.parley.apps.client.follow.ServerFollower;
import io.parley.apps.client.options.ClientSettings;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.View;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Joins rooms and opens conversations, and opens them again after a reconnect. The input thread only; after a reconnect
 * the thread that runs the program, while the input waits.
 */
final class RoomEntry {
    private final ClientSettings settings;
    private final ViewQueue view;
    private final ServerFollower server;
    private final OpenRooms open;
    private final Executor callbacks;
    private final List<RoomFollower> joined = new CopyOnWriteArrayList<>();
    private volatile ChatClient client; // set by the thread that runs the program

    RoomEntry(ClientSettings settings, ViewQueue view, ServerFollower server, Executor callbacks, ChatClient client) {
        this.settings = settings;
        this.view = view;
        this.server = server;
        this.open = server.rooms();
        this.callbacks = callbacks;
        this.client = client;
    }

    /** The client that is connected now. */
    ChatClient client() {
        return client;
    }

    void join(Place place) {
        RoomFollower follower = server.follow(place);
        open(() -> client.enterAsync(place.name(), settings.backlog(), follower), room -> {
            joined.removeIf(RoomFollower::isOver);
            joined.add(follower);
            follower.entered(room, View.Arrival.REQUESTED);
        });
    }

    /** The conversation with whoever has a name now; opens it if it is not open. */
    ChatRoom conversationWith(String name) {
        long user = People.find(client, open.current(), name).id();
        RoomFollower known = server.conversation(new Place(name, true));
        ChatRoom shown = open.find(new Place(name, true));
        return shown != null && known != null && known.peer() == user ? shown : converse(new Place(name, true), user);
    }

    /** A conversation; opens it again, with the same user, if it is not open. */
    ChatRoom conversation(Place place) {
        ChatRoom shown = open.find(place);
        if (shown != null) {
            return shown;
        }
        RoomFollower known = server.conversation(place);
        return known != null && known.peer() != 0 ? converse(place, known.peer()) : conversationWith(place.name());
    }

    private ChatRoom converse(Place place, long user) {
        RoomFollower follower = server.converse(place, user);
        return open(
                () -> client.directAsync(user, 0, follower), room -> follower.entered(room, View.Arrival.REQUESTED));
    }

    // ---- after a reconnect

    /** Opens the rooms again, and those conversations that ended with the connection. */
    void resume(ChatClient next) {
        client = next;
        joined.removeIf(RoomFollower::isOver);
        for (RoomFollower room : joined) {
            resume(room);
        }
        if (settings.password() != null) {
            server.cut().forEach(this::openAgain); // a guest is a new user to the others
        }
    }

    private void resume(RoomFollower room) {
        try {
            open(() -> room.resume(client, settings.backlog()), room::resumed);
        } catch (ChatException why) {
            // If the connection is lost again, the next reconnect resumes this room as well.
            if (ExitCode.afterLogin(why) == ExitCode.REFUSED) {
                room.end();
                view.show(to -> to.left(room.place(), "cannot go back: " + why.getMessage()));
            }
        }
    }

    private void openAgain(RoomFollower conversation) {
        try {
            String name = conversation.place().name();
            long user =
                    conversation.peer() == 0 ? Results.await(client.find(name)).id() : conversation.peer();
            open(
                    () -> client.directAsync(user, 0, conversation),
                    room -> conversation.entered(room, View.Arrival.RESUMED));
        } catch (ChatException away) {
            // The next message of either user opens the conversation.
        }
    }

    /** Opens a room on the callback thread, so that {@code opened} runs before the first event of the room. */
    private ChatRoom open(Supplier<CompletableFuture<ChatRoom>> request, Consumer<ChatRoom> opened) {
        return Results.await(CompletableFuture.supplyAsync(
                        () -> request.get().thenApply(room -> {
                            opened.accept(room);
                            return room;
                        }),
                        callbacks)
                .thenCompose(room -> room));
    }
}
