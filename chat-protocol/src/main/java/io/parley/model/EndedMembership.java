package io.parley.model;

import io.parley.codec.ValueText;
import java.util.Objects;

/**
 * A membership of a session that ended while the session had no connection. Immutable, for any thread.
 *
 * @param room the number of the room
 * @param code why, one of {@link ErrorCode}
 * @param text the same for a person
 */
public record EndedMembership(int room, int code, String text) {
    /**
     * Makes one.
     *
     * @param room the number of the room
     * @param code why, one of {@link ErrorCode}
     * @param text the same for a person
     */
    public EndedMembership {
        Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
        return new ValueText("ENDED")
                .number("room", room)
                .code("code", code, ErrorCode.name(code))
                .text("text", text)
                .toString();
    }
}
