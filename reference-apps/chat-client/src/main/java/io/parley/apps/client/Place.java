package io.parley.apps.client;

import io.parley.client.ChatRoom;
import java.text.Normalizer;
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

    /** As servers compare names: there, too, a final sigma is a sigma and a sharp s two. */
    private String key() {
        String folded = name.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
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
