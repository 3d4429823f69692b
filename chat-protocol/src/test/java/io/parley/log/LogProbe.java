package io.parley.log;

/** What tests of other packages want to know of a cursor's log, and do to it. Not thread-safe. */
public final class LogProbe {
    private LogProbe() {}

    /** Gives up the oldest chunk; false if there was none. */
    public static boolean dropOldest(Cursor cursor) {
        return cursor.log().dropOldest();
    }

    /** Where the window begins. */
    public static long start(Cursor cursor) {
        return cursor.log().start();
    }

    /** How many chunks there are. */
    public static int chunks(Cursor cursor) {
        ByteLog log = cursor.log();
        int chunks = 0;
        for (long at = log.start(); at < log.end(); chunks++) {
            Chunk chunk = log.find(at);
            at = chunk.base + chunk.limit();
        }
        return chunks;
    }

    /** A chunk that is in no log. */
    public static Chunk chunk(int capacity) {
        return new Chunk(0, capacity);
    }
}
