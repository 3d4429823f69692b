package io.parley.model;

/** Who vouches for a user. Immutable, for any thread. */
public enum UserKind {
    /** Nobody: a guest has the name that it asked for, for as long as its session lasts. */
    GUEST(0),
    /** The server's policy: the user has proved to be the owner of an account. */
    ACCOUNT(1),
    /** The server itself, and whoever speaks for it. */
    OPERATOR(2);

    private final int code;

    UserKind(int code) {
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
     * @return the kind; GUEST, whom nobody vouches for, for an unknown number
     */
    public static UserKind of(int code) {
        return switch (code) {
            case 1 -> ACCOUNT;
            case 2 -> OPERATOR;
            default -> GUEST;
        };
    }
}
