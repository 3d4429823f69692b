package io.parley.client;

/**
 * Where requests and commands for one room go. The room has a number in each session of its own; so what is for it waits
 * until the present session has it. The reader's thread changes it; any thread reads.
 */
final class Place {
    private record Seat(long origin, int room) {}

    private volatile Seat seat = new Seat(0, 0);
    private volatile boolean over;
    long lastOrdered; // the number of the last command that the room has; the lock of PendingCommands

    /** The room has a number in a session. */
    void entered(long origin, int room) {
        seat = new Seat(origin, room);
    }

    /** The stay is over. */
    void leave() {
        over = true;
    }

    /** The number of the room in the session that it was entered in last. */
    int room() {
        return seat.room();
    }

    /** Whether the number is of a session. */
    boolean isIn(long origin) {
        return seat.origin() == origin;
    }

    boolean isOver() {
        return over;
    }
}
