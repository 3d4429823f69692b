package io.parley.apps.client;

/**
 * Where in a window a page ends. Counted from the end, so that it stays where it is when older lines are fetched.
 * Immutable, for any thread.
 *
 * @param lines how many are wholly below the page
 * @param rows how many of the line at its end are below it, too
 */
record Spot(int lines, int rows) {
    static final Spot BOTTOM = new Spot(0, 0);

    /** The same place when another line has come; at the bottom one stays at the bottom. */
    Spot pushed() {
        return equals(BOTTOM) ? this : new Spot(lines + 1, rows);
    }
}
