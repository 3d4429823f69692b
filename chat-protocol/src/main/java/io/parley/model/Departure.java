package io.parley.model;

import io.parley.codec.ValueText;

/**
 * Somebody who left a room, or a member who went away. Immutable, for any thread.
 *
 * @param user who it was
 * @param text why; may be empty
 * @param stays whether it still is a member, and only away
 */
public record Departure(UserItem user, String text, boolean stays) {

    /**
     * Somebody who is no member any more.
     *
     * @param user who it was
     * @param text why; may be empty
     */
    public Departure(UserItem user, String text) {
        this(user, text, false);
    }

    @Override
    public String toString() {
        return new ValueText("DEPARTURE")
                .nested("user", user)
                .text("text", text)
                .flag("stays", stays)
                .toString();
    }
}
