package io.parley.model;

/**
 * Which entries before its subscription a joiner wants. Immutable, for any thread.
 *
 * @param known whether the joiner has read the room before, up to {@code seq} in {@code epoch}
 * @param epoch the epoch of that point
 * @param seq the last number read
 * @param last how many entries to give when nothing is known, at most
 */
public record BacklogRequest(boolean known, long epoch, long seq, int last) {

    /** Nothing of it. */
    public static final BacklogRequest NOTHING = new BacklogRequest(false, 0, 0, 0);

    /**
     * The newest entries.
     *
     * @param count how many at most
     * @return the wish
     */
    public static BacklogRequest last(int count) {
        return new BacklogRequest(false, 0, 0, count);
    }

    /**
     * Everything behind a point.
     *
     * @param epoch the epoch of the point
     * @param seq the last number read
     * @return the wish
     */
    public static BacklogRequest since(long epoch, long seq) {
        return new BacklogRequest(true, epoch, seq, 0);
    }
}
