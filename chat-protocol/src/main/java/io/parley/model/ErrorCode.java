package io.parley.model;

/**
 * What went wrong, as a number. Constants and lookups, for any thread.
 *
 * <p>The set is open: a code that is not listed still has a {@link Verdict}, from its range.
 */
public final class ErrorCode {
    /** Too much at once; the retry-after says when. */
    public static final int RATE_LIMITED = 100;

    /** The server has too much to do. */
    public static final int OVERLOADED = 101;

    /** The journal cannot keep it now. */
    public static final int UNAVAILABLE = 102;

    /** It took too long. */
    public static final int TIMEOUT = 103;

    /** The server is being stopped. */
    public static final int GOING_AWAY = 104;

    /** A request that makes no sense. */
    public static final int BAD_REQUEST = 200;

    /** A frame type that the receiver does not know. */
    public static final int UNKNOWN_TYPE = 201;

    /** There is no such room, or it may not be seen. */
    public static final int UNKNOWN_ROOM = 202;

    /** Only members may do this. */
    public static final int NOT_A_MEMBER = 203;

    /** The role does not suffice. */
    public static final int FORBIDDEN = 204;

    /** Somebody else has the name. */
    public static final int NAME_TAKEN = 205;

    /** A name that the rules of names do not allow. */
    public static final int BAD_NAME = 206;

    /** A text, its tags or a list over its limit. */
    public static final int TOO_LARGE = 207;

    /** There is nobody of this name. */
    public static final int NO_SUCH_USER = 208;

    /** The sender is muted in the room. */
    public static final int MUTED = 209;

    /** The room has as many members as it may. */
    public static final int ROOM_FULL = 210;

    /** The room is for invited people. */
    public static final int INVITE_ONLY = 211;

    /** The user is in as many rooms as may be. */
    public static final int TOO_MANY_ROOMS = 212;

    /** More unanswered messages than the limit allows. */
    public static final int TOO_MANY_IN_FLIGHT = 213;

    /** A cid that is not the next one. */
    public static final int BAD_CID = 214;

    /** A cid so old that its outcome is forgotten. */
    public static final int UNKNOWN_OUTCOME = 215;

    /** The room is in another epoch. */
    public static final int WRONG_EPOCH = 216;

    /** The user is banned from the room. */
    public static final int BANNED_FROM_ROOM = 217;

    /** The user was removed from the room. */
    public static final int KICKED = 218;

    /** The room is no more. */
    public static final int ROOM_GONE = 219;

    /** There is a room of this name already. */
    public static final int ROOM_EXISTS = 220;

    /** A command that was repeated too late: a later one of its session is in the room already. */
    public static final int NOT_SAID = 221;

    /** Bytes that are no frame. */
    public static final int MALFORMED = 300;

    /** A payload over the limit. */
    public static final int FRAME_TOO_LARGE = 301;

    /** A stream that does not begin with the preface. */
    public static final int BAD_PREFACE = 302;

    /** No version that both speak. */
    public static final int UNSUPPORTED_VERSION = 303;

    /** The login was not complete in time. */
    public static final int LOGIN_TIMEOUT = 304;

    /** Nothing was heard for too long. */
    public static final int IDLE = 305;

    /** The peer took no byte for too long. */
    public static final int SLOW = 306;

    /** A frame that has no place in this state. */
    public static final int UNEXPECTED_FRAME = 307;

    /** An authentication mechanism that is not served. */
    public static final int UNSUPPORTED_MECHANISM = 308;

    /** Wrong credentials. */
    public static final int AUTH_FAILED = 400;

    /** The user is banned from the server. */
    public static final int BANNED = 401;

    /** The user was removed from the server. */
    public static final int REMOVED = 402;

    /** The session that a token is for is over, or the token is not good. */
    public static final int SESSION_GONE = 403;

    /** Another connection goes on with the session. */
    public static final int REPLACED = 404;

    private ErrorCode() {}

    /**
     * The name of a code.
     *
     * @param code a code, known or not
     * @return its name as above, or {@code CODE_} and the number
     */
    public static String name(int code) {
        return switch (code) {
            case RATE_LIMITED -> "RATE_LIMITED";
            case OVERLOADED -> "OVERLOADED";
            case UNAVAILABLE -> "UNAVAILABLE";
            case TIMEOUT -> "TIMEOUT";
            case GOING_AWAY -> "GOING_AWAY";
            case BAD_REQUEST -> "BAD_REQUEST";
            case UNKNOWN_TYPE -> "UNKNOWN_TYPE";
            case UNKNOWN_ROOM -> "UNKNOWN_ROOM";
            case NOT_A_MEMBER -> "NOT_A_MEMBER";
            case FORBIDDEN -> "FORBIDDEN";
            case NAME_TAKEN -> "NAME_TAKEN";
            case BAD_NAME -> "BAD_NAME";
            case TOO_LARGE -> "TOO_LARGE";
            case NO_SUCH_USER -> "NO_SUCH_USER";
            case MUTED -> "MUTED";
            case ROOM_FULL -> "ROOM_FULL";
            case INVITE_ONLY -> "INVITE_ONLY";
            case TOO_MANY_ROOMS -> "TOO_MANY_ROOMS";
            case TOO_MANY_IN_FLIGHT -> "TOO_MANY_IN_FLIGHT";
            case BAD_CID -> "BAD_CID";
            case UNKNOWN_OUTCOME -> "UNKNOWN_OUTCOME";
            case WRONG_EPOCH -> "WRONG_EPOCH";
            case BANNED_FROM_ROOM -> "BANNED_FROM_ROOM";
            case KICKED -> "KICKED";
            case ROOM_GONE -> "ROOM_GONE";
            case ROOM_EXISTS -> "ROOM_EXISTS";
            case NOT_SAID -> "NOT_SAID";
            case MALFORMED -> "MALFORMED";
            case FRAME_TOO_LARGE -> "FRAME_TOO_LARGE";
            case BAD_PREFACE -> "BAD_PREFACE";
            case UNSUPPORTED_VERSION -> "UNSUPPORTED_VERSION";
            case LOGIN_TIMEOUT -> "LOGIN_TIMEOUT";
            case IDLE -> "IDLE";
            case SLOW -> "SLOW";
            case UNEXPECTED_FRAME -> "UNEXPECTED_FRAME";
            case UNSUPPORTED_MECHANISM -> "UNSUPPORTED_MECHANISM";
            case AUTH_FAILED -> "AUTH_FAILED";
            case BANNED -> "BANNED";
            case REMOVED -> "REMOVED";
            case SESSION_GONE -> "SESSION_GONE";
            case REPLACED -> "REPLACED";
            default -> "CODE_" + code;
        };
    }

    /**
     * What a code says about trying again.
     *
     * @param code a code, known or not
     * @return the verdict of its range
     */
    public static Verdict verdict(int code) {
        return switch (Math.floorDiv(code, 100)) {
            case 1 -> Verdict.RETRY;
            case 2 -> Verdict.REFUSED;
            case 3 -> Verdict.RECONNECT;
            case 4 -> Verdict.BANNED;
            default -> Verdict.UNKNOWN;
        };
    }
}
