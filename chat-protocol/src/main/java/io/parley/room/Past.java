package io.parley.room;

/**
 * What a joiner wants of what was said before.
 *
 * @param known whether the joiner has read the room before, up to {@code seq} in {@code epoch}
 * @param epoch the epoch of that point
 * @param seq the last number read
 * @param last how many entries to give when nothing is known, at most
 */
public record Past(boolean known, long epoch, long seq, int last) {

    /** Nothing of it. */
    public static final Past NOTHING = new Past(false, 0, 0, 0);

    /**
     * The newest entries.
     *
     * @param count how many at most
     * @return the wish
     */
    public static Past last(int count) {
        return new Past(false, 0, 0, count);
    }

    /**
     * Everything behind a point.
     *
     * @param epoch the epoch of the point
     * @param seq the last number read
     * @return the wish
     */
    public static Past since(long epoch, long seq) {
        return new Past(true, epoch, seq, 0);
    }
}
