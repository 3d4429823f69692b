package io.parley.apps.client.window;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a window, and how far they reach back into the history of its room. The lines are bounded; older ones are
 * fetched again when the user scrolls back. Messages that are not said yet are the last lines. One thread.
 */
final class Scrollback {
    private static final int MAX_LINES = 5_000;
    private static final int MAX_LINES_SCROLLED = 20_000; // while the user has scrolled back
    private static final int FREED_LINES = 500;

    private final List<Line> lines = new ArrayList<>();
    private final List<Long> pending = new ArrayList<>(0); // the numbers of the messages that are the last lines
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
     * Adds a line after the last one that is not pending; removes the oldest lines if there are too many.
     *
     * @param scrolled whether the user has scrolled back
     * @return whether lines were removed, or it is not the last
     */
    boolean append(Line line, boolean scrolled) {
        if (line.seq() > 0 && (oldest == 0 || line.seq() < oldest)) {
            oldest = line.seq();
        }
        lines.add(end(), line);
        if (lines.size() <= (scrolled ? MAX_LINES_SCROLLED : MAX_LINES)) {
            return !pending.isEmpty();
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
        lines.set(end() - 1, line);
    }

    // ---- messages that are not said yet

    private int end() {
        return lines.size() - pending.size();
    }

    void addPending(long number, Line line) {
        lines.add(line);
        pending.add(number);
    }

    /** Removes a message that is pending; false if it is not there. */
    boolean settle(long number) {
        int at = pending.indexOf(number);
        if (at >= 0) {
            lines.remove(end() + at);
            pending.remove(at);
        }
        return at >= 0;
    }

    /** The number of the first message that is pending and has a text; 0 if there is none. */
    long findPending(String text) {
        for (int at = 0; at < pending.size(); at++) {
            if (lines.get(end() + at).text().equals(text)) {
                return pending.get(at);
            }
        }
        return 0;
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

    /** Puts a mark before the last line that is not pending. */
    void mark(Line mark) {
        lines.add(end() - 1, mark);
    }

    void removeMark() {
        lines.removeIf(line -> line.kind() == Line.Kind.MARK);
    }

    /** The index of the mark; -1 if there is none. */
    int markIndex() {
        for (int at = lines.size() - 1; at >= 0; at--) {
            if (lines.get(at).kind() == Line.Kind.MARK) {
                return at;
            }
        }
        return -1;
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
        List<Line> mine = List.copyOf(lines.subList(0, end()));
        List<Line> others = other.lines.subList(0, other.end());
        List<Line> last = new ArrayList<>(lines.subList(end(), lines.size()));
        last.addAll(other.lines.subList(other.end(), other.lines.size()));
        lines.clear();
        int next = 0;
        for (Line line : mine) {
            while (next < others.size() && others.get(next).time() < line.time()) {
                lines.add(others.get(next++));
            }
            lines.add(line);
        }
        lines.addAll(others.subList(next, others.size()));
        lines.addAll(last);
        pending.addAll(other.pending);
    }
}
