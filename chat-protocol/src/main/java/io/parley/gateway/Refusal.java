package io.parley.gateway;

import io.parley.model.RoomException;

/**
 * Why something is refused. Immutable, for any thread.
 *
 * @param code one of {@link io.parley.model.ErrorCode}
 * @param text the same for a person
 */
public record Refusal(int code, String text) {

    /**
     * What the domain says.
     *
     * @param why the exception
     * @return its code and text
     */
    public static Refusal of(RoomException why) {
        return new Refusal(why.reason().code(), why.text());
    }
}
