package io.parley.apps.client.command;

import static io.parley.apps.client.command.Results.await;

import io.parley.apps.client.view.Place;
import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.model.Member;
import io.parley.model.UserItem;
import org.jspecify.annotations.Nullable;

/** Finds who is meant by a name. The input thread only. */
final class People {
    private People() {}

    /**
     * Finds somebody: a member of the room that the user sees under this name, or whom the server knows by it.
     *
     * @param room the room that the user looks at; null if there is none
     * @throws io.parley.client.ChatException if there is nobody of this name
     */
    static UserItem find(ChatClient client, @Nullable ChatRoom room, String name) {
        UserItem seen = room == null ? null : member(room, name);
        return seen == null ? await(client.find(name)) : seen;
    }

    private static @Nullable UserItem member(ChatRoom room, String name) {
        return room.members().stream()
                .map(Member::user)
                .filter(user -> isSame(user.name(), name))
                .findFirst()
                .orElse(null);
    }

    /** Whether two names are the same to servers. */
    static boolean isSame(String one, String other) {
        return new Place(one, true).equals(new Place(other, true));
    }
}
