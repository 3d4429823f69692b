package io.parley.model;

/** A request that the domain refuses, with a reason a program can act on. It carries no stack trace. */
public final class RoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a request is refused. */
    public enum Reason {
        /** The request makes no sense as it is. */
        BAD_REQUEST(ErrorCode.BAD_REQUEST),
        /** There is no such room. */
        UNKNOWN_ROOM(ErrorCode.UNKNOWN_ROOM),
        /** The login failed: the policy does not let this user in. */
        AUTH_FAILED(ErrorCode.AUTH_FAILED),
        /** Too much at once; the same request may succeed later. */
        RATE_LIMITED(ErrorCode.RATE_LIMITED),
        /** Only a member may do this. */
        NOT_A_MEMBER(ErrorCode.NOT_A_MEMBER),
        /** The user's role does not allow it, or a policy forbids it. */
        FORBIDDEN(ErrorCode.FORBIDDEN),
        /** Somebody else has the name. */
        NAME_TAKEN(ErrorCode.NAME_TAKEN),
        /** The name policy does not allow the name. */
        BAD_NAME(ErrorCode.BAD_NAME),
        /** A text is longer than it may be. */
        TOO_LARGE(ErrorCode.TOO_LARGE),
        /** Nobody of that name is here. */
        NO_SUCH_USER(ErrorCode.NO_SUCH_USER),
        /** The user is muted in the room. */
        MUTED(ErrorCode.MUTED),
        /** The room is at its member limit. */
        ROOM_FULL(ErrorCode.ROOM_FULL),
        /** Only the invited may join. */
        INVITE_ONLY(ErrorCode.INVITE_ONLY),
        /** The user is banned from the room. */
        BANNED(ErrorCode.BANNED_FROM_ROOM),
        /** The user is banned from the server. */
        BANNED_FROM_SERVER(ErrorCode.BANNED),
        /** The user was kicked from the room. */
        KICKED(ErrorCode.KICKED),
        /** The user is in as many rooms as allowed, or the hub is full. */
        TOO_MANY_ROOMS(ErrorCode.TOO_MANY_ROOMS),
        /** The room was closed. */
        ROOM_GONE(ErrorCode.ROOM_GONE),
        /** The room is in use, or has a history. */
        ROOM_EXISTS(ErrorCode.ROOM_EXISTS),
        /** A command that was repeated too late: a later one of its session is in the room already. */
        NOT_SAID(ErrorCode.NOT_SAID),
        /** A command so old that its outcome is forgotten. */
        UNKNOWN_OUTCOME(ErrorCode.UNKNOWN_OUTCOME),
        /** The session that a token is for is over, or the token is not good. */
        SESSION_GONE(ErrorCode.SESSION_GONE),
        /** Another connection goes on with the session. */
        REPLACED(ErrorCode.REPLACED),
        /** The journal cannot keep it now; nothing was ordered. */
        UNAVAILABLE(ErrorCode.UNAVAILABLE);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        /**
         * The number that tells a peer of it.
         *
         * @return one of {@link ErrorCode}
         */
        public int code() {
            return code;
        }
    }

    /** Why. */
    private final Reason reason;

    /** When to try again, in milliseconds; 0 says nothing. */
    private final long retryAfterMillis;

    /**
     * Makes an exception.
     *
     * @param reason why
     * @param text the same for a person to read
     */
    public RoomException(Reason reason, String text) {
        this(reason, text, 0);
    }

    /**
     * Makes an exception for something that may succeed later.
     *
     * @param reason why
     * @param text the same for a person to read
     * @param retryAfterMillis when to try again, in milliseconds; 0 says nothing
     */
    public RoomException(Reason reason, String text, long retryAfterMillis) {
        super(text, null, false, false);
        this.reason = reason;
        this.retryAfterMillis = retryAfterMillis;
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
     * When to try again.
     *
     * @return milliseconds; 0 says nothing
     */
    public long retryAfterMillis() {
        return retryAfterMillis;
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
