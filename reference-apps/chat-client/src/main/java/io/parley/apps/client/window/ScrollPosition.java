package io.parley.apps.client.window;

/**
 * Where the page of a window ends. It is counted from the last line, so that it does not change when older lines are
 * fetched. Immutable, for any thread.
 *
 * @param lines how many whole lines are below the page
 * @param rows how many rows of the last line of the page are below it
 */
public record ScrollPosition(int lines, int rows) {
    public static final ScrollPosition BOTTOM = new ScrollPosition(0, 0);

    /** The position after a line was added: the same page, or still the bottom. */
    public ScrollPosition pushed() {
        return equals(BOTTOM) ? this : new ScrollPosition(lines + 1, rows);
    }

    /** The position after a line below it was removed: the same page. */
    ScrollPosition pulled() {
        return lines == 0 ? BOTTOM : new ScrollPosition(lines - 1, rows);
    }
}
