package io.parley.apps.client.window;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a window, and how far they reach back into the history of its room. The lines are bounded; older ones are
 * fetched again when the user scrolls back. One thread.
 */
final class Scrollback {
    private static final int MAX_LINES = 5_000;
    private static final int MAX_LINES_SCROLLED = 20_000; // while the user has scrolled back
    private static final int FREED_LINES = 500;

    private final List<Line> lines = new ArrayList<>();
    private long epoch; // of the numbers of the lines
    private long oldest; // history to fetch comes before this number; 0: no room was open yet
    private boolean more = true; // whether there may be history before it

    List<Line> lines() {
        return lines;
    }

    /**
     * The next lines have numbers of an epoch. If it is a new one, the numbers of the older lines mean nothing any more,
     * and there is no history to fetch before them.
     *
     * @param head the last number so far
     */
    void begin(long newEpoch, long head) {
        if (oldest > 0 && epoch == newEpoch) {
            return;
        }
        boolean first = hasNoNumbers();
        removeNumbers();
        epoch = newEpoch;
        oldest = head + 1;
        more = first && head > 0;
    }

    private boolean hasNoNumbers() {
        return lines.stream().noneMatch(line -> line.seq() > 0);
    }

    private void removeNumbers() {
        lines.replaceAll(Line::unnumbered);
    }

    /**
     * Adds a line at the end; removes the oldest lines if there are too many.
     *
     * @param scrolled whether the user has scrolled back
     * @return whether lines were removed
     */
    boolean append(Line line, boolean scrolled) {
        if (line.seq() > 0 && (oldest == 0 || line.seq() < oldest)) {
            oldest = line.seq();
        }
        lines.add(line);
        if (lines.size() <= (scrolled ? MAX_LINES_SCROLLED : MAX_LINES)) {
            return false;
        }
        List<Line> first = lines.subList(0, lines.size() - MAX_LINES + FREED_LINES);
        for (Line old : first) {
            if (old.seq() > 0) {
                oldest = old.seq() + 1;
                more = true;
            }
        }
        first.clear();
        return true;
    }

    void replaceLast(Line line) {
        lines.set(lines.size() - 1, line);
    }

    // ---- history

    /** Whether there may be history before the first line. */
    boolean hasMore() {
        return more;
    }

    /** The number that history to fetch comes before. */
    long oldest() {
        return oldest;
    }

    /** Adds a page of history before the other lines. */
    void prepend(List<Line> page, long firstSeq, boolean hasMore) {
        lines.addAll(0, page);
        oldest = firstSeq > 0 ? firstSeq : oldest;
        more = hasMore && firstSeq > 0;
    }

    /** Adds those lines of a page that are older than all others. The page must reach up to them. */
    void prependOlder(List<Line> page) {
        List<Line> older = page.stream().filter(line -> line.seq() < oldest).toList();
        if (!older.isEmpty()) {
            prepend(older, older.get(0).seq(), true);
        }
    }

    /** The index of the line with a number, or of the first line after it. */
    int indexOf(long seq) {
        int at = 0;
        while (at < lines.size() && lines.get(at).seq() < seq) {
            at++;
        }
        return at;
    }

    // ---- the mark before unread lines

    /** Puts a mark before the last line. */
    void mark(Line mark) {
        lines.add(lines.size() - 1, mark);
    }

    void removeMark() {
        lines.removeIf(line -> line.kind() == Line.Kind.MARK);
    }

    /** When the first line after the mark came; the largest number if there is no mark. */
    long markedSince() {
        return lines.stream()
                .filter(line -> line.kind() == Line.Kind.MARK)
                .mapToLong(Line::time)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    // ---- merging

    /** Prepares to merge the lines of another window: its numbers are of another room. */
    void joinHistory(Scrollback other) {
        more &= other.hasNoNumbers();
        other.removeNumbers();
    }

    /** Inserts the lines of another window by time; lines of one window keep their order. */
    void merge(Scrollback other) {
        List<Line> mine = List.copyOf(lines);
        List<Line> others = other.lines;
        lines.clear();
        int next = 0;
        for (Line line : mine) {
            while (next < others.size() && others.get(next).time() < line.time()) {
                lines.add(others.get(next++));
            }
            lines.add(line);
        }
        lines.addAll(others.subList(next, others.size()));
    }
}
