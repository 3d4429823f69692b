package io.parley.model;

import io.parley.codec.ValueText;

/**
 * A member who left a room. Immutable, for any thread.
 *
 * @param user who it was
 * @param text why; may be empty
 */
public record Departure(UserItem user, String text) {
    @Override
    public String toString() {
        return new ValueText("DEPARTURE")
                .nested("user", user)
                .text("text", text)
                .toString();
    }
}
