package io.parley.apps.client.command;

import io.parley.apps.client.follow.OpenRooms;
import io.parley.apps.client.follow.RoomFollower;
import io.parley.apps.client.follow.ServerFollower;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.View;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.MyRoom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Joins rooms and opens conversations. The input thread only. */
final class RoomEntry {
    private static final int MOST_MISSED = 1_000; // messages that are shown of what was not read
    private static final int MOST_AT_ONCE = 100; // servers give few more at once

    private final ChatClient client;
    private final int backlog;
    private final ServerFollower server;
    private final OpenRooms open;
    private final Executor callbacks;

    /**
     * Makes it.
     *
     * @param backlog how many entries of a room to show after joining it, at most
     */
    RoomEntry(ChatClient client, int backlog, ServerFollower server, Executor callbacks) {
        this.client = client;
        this.backlog = backlog;
        this.server = server;
        this.open = server.rooms();
        this.callbacks = callbacks;
    }

    void join(Place place) {
        open(place, backlog, (follower, last) -> client.enterAsync(place.name(), last, follower));
    }

    /** Enters a room from where another login has followed it. */
    void goOn(OpenRooms.Position position) {
        open(
                new Place(position.name(), false),
                0,
                (follower, none) -> client.resumeAsync(position.name(), position.epoch(), position.seq(), follower));
    }

    /** Opens a room of the user's account again, with what was not read. */
    void back(Place place, MyRoom room) {
        int wanted = Math.max(backlog, (int) Math.min(MOST_MISSED, room.unread()));
        open(
                place,
                wanted,
                (follower, last) -> place.direct()
                        ? client.directAsync(room.peer(), last, follower)
                        : client.enterAsync(room.name(), last, follower));
    }

    /** The conversation with whoever has a name now; opens it if it is not open. */
    ChatRoom conversationWith(String name) {
        Place place = new Place(name, true);
        long user = People.find(client, open.current(), name).id();
        ChatRoom shown = open.find(place);
        return shown != null && shown.peer() == user ? shown : converse(place, user);
    }

    /**
     * A conversation; opens it again, with the same user, if it is not open.
     *
     * @param typedIn what was open when the line was typed, or null
     */
    ChatRoom conversation(Place place, @Nullable ChatRoom typedIn) {
        ChatRoom shown = typedIn != null && open.isOpen(typedIn) ? typedIn : open.find(place);
        if (shown != null && (typedIn == null || shown.peer() == typedIn.peer())) {
            return shown;
        }
        long user = typedIn != null ? typedIn.peer() : open.formerPeer(place);
        return user == 0 ? conversationWith(place.name()) : converse(place, user);
    }

    private ChatRoom converse(Place place, long user) {
        return open(place, 0, (follower, last) -> client.directAsync(user, last, follower));
    }

    /** A request to open a room. */
    @FunctionalInterface
    private interface Request {
        /**
         * Sends it.
         *
         * @param last how many of the last entries to give
         */
        CompletableFuture<ChatRoom> send(RoomFollower follower, int last);
    }

    /**
     * Opens a room on the callback thread, so that it is known before its first event.
     *
     * @param last how many of the last entries to show; many are asked for by the page
     */
    private ChatRoom open(Place place, int last, Request request) {
        RoomFollower follower = server.follow(place);
        boolean pages = last > MOST_AT_ONCE;
        return Results.await(CompletableFuture.supplyAsync(
                        () -> {
                            if (pages) {
                                follower.hold();
                            }
                            return request.send(follower, pages ? 0 : last).thenCompose(room -> {
                                follower.entered(room, View.Arrival.REQUESTED);
                                return pages ? history(room, last, follower) : CompletableFuture.completedFuture(room);
                            });
                        },
                        callbacks)
                .thenCompose(room -> room));
    }

    private CompletableFuture<ChatRoom> history(ChatRoom room, int last, RoomFollower follower) {
        return PastPages.last(room, room.head() + 1, last)
                .handleAsync(
                        (messages, failed) -> {
                            follower.release(messages == null ? List.of() : messages);
                            return room;
                        },
                        callbacks);
    }
}
