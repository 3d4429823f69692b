package io.parley.model;

/** How much a room tells its members of who comes and goes. Immutable, for any thread. */
public enum PresenceMode {
    /** Names, as long as the room is not larger than the listing bound; above it the count. */
    FULL(0),
    /** Only how many members there are. */
    COUNT(1),
    /** Nothing. */
    OFF(2);

    private final int code;

    PresenceMode(int code) {
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
     * @return the mode; FULL for an unknown number
     */
    public static PresenceMode of(int code) {
        return switch (code) {
            case 1 -> COUNT;
            case 2 -> OFF;
            default -> FULL;
        };
    }
}
