package io.parley.apps.client.command;

import static io.parley.apps.client.command.Results.await;

import io.parley.apps.client.follow.Ignored;
import io.parley.apps.client.follow.OpenRooms;
import io.parley.apps.client.view.Place;
import io.parley.apps.client.view.ViewQueue;
import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.model.MyRoom;
import io.parley.model.RoomKind;
import io.parley.model.UserItem;
import java.util.List;

/** Opens the rooms in which the user was before: of its account, or of another login. The input thread only. */
final class Returning {
    private final ChatClient client;
    private final RoomEntry rooms;
    private final OpenRooms open;
    private final Ignored ignored;
    private final ViewQueue view;

    Returning(ChatClient client, RoomEntry rooms, OpenRooms open, Ignored ignored, ViewQueue view) {
        this.client = client;
        this.rooms = rooms;
        this.open = open;
        this.ignored = ignored;
        this.view = view;
    }

    /**
     * Opens a room, which becomes the current one, and the other rooms and conversations of the user's account.
     *
     * @throws ChatException if the first cannot be entered
     */
    void comeBack(Place first) {
        List<MyRoom> mine = List.of();
        String failed = "";
        try {
            mine = await(client.mine());
        } catch (ChatException why) {
            failed = "your other rooms are not open: " + why.getMessage();
        }
        List<MyRoom> known =
                mine.stream().filter(room -> place(room).equals(first)).toList();
        if (known.isEmpty()) {
            rooms.join(first);
        } else {
            rooms.back(first, known.get(0)); // with all that was not read
        }
        ChatRoom current = open.find(first);
        mine.stream()
                .filter(room -> !place(room).equals(first))
                .forEach(room -> tryTo("enter " + room.name(), () -> rooms.back(place(room), room)));
        if (current != null) {
            open.add(first, current);
        }
        if (!failed.isEmpty()) {
            error(failed);
        }
    }

    private static Place place(MyRoom room) {
        return new Place(room.name(), room.kind() == RoomKind.DIRECT);
    }

    /** Enters the rooms of another login, whose place this one takes, and ignores whom it ignored. */
    void goOn(List<OpenRooms.Position> positions, List<UserItem> ignoredUsers) {
        for (UserItem user : ignoredUsers) {
            ignored.add(user); // what it says in rooms
            tryTo("ignore " + user.name(), () -> await(client.ignore(user.id(), true)));
        }
        positions.forEach(position -> tryTo("enter " + position.name(), () -> rooms.goOn(position)));
    }

    private void tryTo(String what, Runnable action) {
        try {
            action.run();
        } catch (ChatException why) {
            error("cannot " + what + ": " + why.getMessage());
        }
    }

    private void error(String text) {
        view.show(to -> to.error("! " + text));
    }
}
