package io.parley.wire;

/** What a member may do in a room. Immutable, for any thread. */
public enum Role {
    /** Reads and speaks. */
    MEMBER(0),
    /** Also removes, mutes and invites. */
    MODERATOR(1),
    /** Also configures the room and gives roles. */
    OWNER(2);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return the code
     */
    public int code() {
        return code;
    }

    // A role of a later version is shown as the one that may do least.
    static Role of(int code) {
        return switch (code) {
            case 1 -> MODERATOR;
            case 2 -> OWNER;
            default -> MEMBER;
        };
    }
}
