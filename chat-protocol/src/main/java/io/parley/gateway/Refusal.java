package io.parley.gateway;

import io.parley.log.Faults;
import io.parley.model.ErrorCode;
import io.parley.model.RoomException;

/**
 * Why something is refused. Immutable, for any thread.
 *
 * @param code one of {@link io.parley.model.ErrorCode}
 * @param text the same for a person
 * @param retryAfterMillis when to try again, in milliseconds; 0 says nothing
 */
public record Refusal(int code, String text, long retryAfterMillis) {

    /**
     * Makes one that says nothing of trying again.
     *
     * @param code one of {@link io.parley.model.ErrorCode}
     * @param text the same for a person
     */
    public Refusal(int code, String text) {
        this(code, text, 0);
    }

    /**
     * What the domain says.
     *
     * @param why the exception
     * @return its code, its text, and when to try again
     */
    public static Refusal of(RoomException why) {
        return new Refusal(why.reason().code(), why.text(), why.retryAfterMillis());
    }

    /** What to tell of a failure, whatever it is. */
    static Refusal of(Throwable error) {
        Throwable cause = Faults.cause(error);
        return cause instanceof RoomException why
                ? of(why)
                : new Refusal(ErrorCode.UNAVAILABLE, "that does not work at the moment");
    }
}
