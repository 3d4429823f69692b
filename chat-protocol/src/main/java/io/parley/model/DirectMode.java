package io.parley.model;

/** Whose direct messages a user takes. Whoever it has written to may always answer, and operators are always
 * taken. Immutable, for any thread. */
public enum DirectMode {
    /** Everybody's. */
    EVERYBODY(0),
    /** Those of accounts, and none of guests. */
    ACCOUNTS(1),
    /** Those of users who are in a room with it. */
    ROOM_MATES(2),
    /** Nobody's. */
    NOBODY(3);

    private final int code;

    DirectMode(int code) {
        this.code = code;
    }

    /**
     * The number that stands for it on the wire and in journals.
     *
     * @return the code
     */
    public int code() {
        return code;
    }

    /**
     * Finds it by its number.
     *
     * @param code a number, known or not
     * @return the mode; NOBODY, which lets the fewest through, for an unknown number
     */
    public static DirectMode of(int code) {
        return switch (code) {
            case 0 -> EVERYBODY;
            case 1 -> ACCOUNTS;
            case 2 -> ROOM_MATES;
            default -> NOBODY;
        };
    }
}
