package io.parley.room;

/** Calls out of a room, to what belongs to others: whatever they throw is logged, and the room goes on. Any thread. */
final class Calls {
    private static final System.Logger LOG = System.getLogger(Calls.class.getName());

    private Calls() {}

    static void safely(Runnable call) {
        try {
            call.run();
        } catch (Throwable broken) {
            report(broken);
        }
    }

    static void report(Throwable broken) {
        try {
            LOG.log(System.Logger.Level.ERROR, "a call out of a room threw", broken);
        } catch (Throwable mute) {
            // the program's logger, or no memory for the line: not worth a room
        }
    }
}
