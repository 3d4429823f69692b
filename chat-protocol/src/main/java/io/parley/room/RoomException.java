package io.parley.room;

/** A request that the domain refuses, with a reason a program can act on. It carries no stack trace. */
public final class RoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request is refused. */
    public enum Reason {
        /** The request makes no sense as it is. */
        BAD_REQUEST,
        /** There is no such room. */
        UNKNOWN_ROOM,
        /** Only a member may do this. */
        NOT_A_MEMBER,
        /** The user's role does not allow it, or a policy forbids it. */
        FORBIDDEN,
        /** Somebody else has the name. */
        NAME_TAKEN,
        /** The name policy does not allow the name. */
        BAD_NAME,
        /** A text is longer than it may be. */
        TOO_LARGE,
        /** Nobody of that name is here. */
        NO_SUCH_USER,
        /** The user is muted in the room. */
        MUTED,
        /** The room is at its member limit. */
        ROOM_FULL,
        /** Only the invited may join. */
        INVITE_ONLY,
        /** The user is banned from the room. */
        BANNED,
        /** The user was kicked from the room. */
        KICKED,
        /** The user is in as many rooms as allowed, or the hub is full. */
        TOO_MANY_ROOMS,
        /** The room was closed. */
        ROOM_GONE,
        /** The journal cannot keep it now; nothing was ordered. */
        UNAVAILABLE
    }

    /** Why. */
    private final Reason reason;

    /**
     * Makes an exception.
     *
     * @param reason why
     * @param text the same for a person to read
     */
    public RoomException(Reason reason, String text) {
        super(text, null, false, false);
        this.reason = reason;
    }

    /**
     * Why.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * The text for a person.
     *
     * @return the message, never null
     */
    public String text() {
        return String.valueOf(getMessage());
    }
}
