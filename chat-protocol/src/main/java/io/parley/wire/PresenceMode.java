package io.parley.wire;

/** How much a room tells of who is there. Immutable, for any thread. */
public enum PresenceMode {
    /** Every coming and going, with names. */
    FULL(0),
    /** The number of members only. */
    COUNT(1),
    /** Nothing. */
    OFF(2);

    private final int code;

    PresenceMode(int code) {
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

    static PresenceMode of(int code) {
        return switch (code) {
            case 1 -> COUNT;
            case 2 -> OFF;
            default -> FULL;
        };
    }
}
