package io.parley.apps.client;

import io.parley.client.ChatRoom;
import java.util.Locale;

/**
 * A room, or a conversation with one person. Immutable, for any thread. Equal whatever the case of the name.
 *
 * @param name the room's name, or the other's
 * @param direct whether it is a conversation
 */
record Place(String name, boolean direct) {
    static Place of(ChatRoom room) {
        return new Place(room.name(), room.isDirect());
    }

    private String key() {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place place && direct == place.direct && key().equals(place.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }
}
