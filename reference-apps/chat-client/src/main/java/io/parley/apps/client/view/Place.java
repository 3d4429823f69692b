package io.parley.apps.client.view;

import io.parley.client.ChatRoom;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A room, or a conversation with one user. Two places are equal if their names differ only in case. Immutable, for any
 * thread.
 *
 * @param name the name of the room or of the other user
 * @param direct whether it is a conversation
 */
public record Place(String name, boolean direct) {
    public static Place of(ChatRoom room) {
        return new Place(room.name(), room.isDirect());
    }

    /** The key by which servers compare names: a final sigma is a sigma, and a sharp s is two s. */
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
