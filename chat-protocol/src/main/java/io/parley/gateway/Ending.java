package io.parley.gateway;

import io.parley.model.RoomException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection's membership of a room has ended. Immutable, for any thread.
 *
 * @param request the number of the request to leave, or {@link Membership#UNASKED}
 * @param cause why the membership was ended by somebody else, or null
 */
public record Ending(long request, @Nullable RoomException cause) {

    /**
     * Whether the connection has asked for it.
     *
     * @return true if there is a request to answer
     */
    public boolean isAsked() {
        return request != Membership.UNASKED;
    }
}
