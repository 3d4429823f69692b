package io.parley.apps.client;

import io.parley.client.ChatRoom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has been shown of one place, and what of it nobody has read. The callbacks' thread alone.
 *
 * <p>The lines are bounded. Whoever looks further back has the history fetched again.
 */
final class Window {
    private static final int MOST_LINES = 5_000;
    private static final int MOST_WHILE_READ = 20_000; // while somebody looks further back
    private static final int ROOM_AGAIN = 500;
    private static final long TYPING_MILLIS = 6_000;

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Long> typing = new LinkedHashMap<>(); // until when
    private @Nullable Place place; // null: the window of the connection itself
    private @Nullable ChatRoom room;
    private @Nullable Comings comings; // while the last line is that of who came and went
    private long epoch; // of the numbers of lines
    private long oldest; // the number that history begins before; 0: no room has been open yet
    private boolean more = true; // whether there may be history before that
    private @Nullable Line introduction; // to be shown behind what was said before
    private int unread;
    private boolean called; // whether somebody named this user among what is unread
    private Spot scroll = Spot.BOTTOM;
    private int fresh; // lines that came below it and have not been seen
    private long stirred; // when something happened, counted in all that happened in any window

    Window(@Nullable Place place) {
        this.place = place;
    }

    @Nullable
    Place place() {
        return place;
    }

    String name() {
        return place == null ? "" : place.name();
    }

    boolean isDirect() {
        return place != null && place.direct();
    }

    void renamed(Place to) {
        place = to;
    }

    /** When something happened last, by the count of {@link Windows}. */
    long stirred() {
        return stirred;
    }

    void stir(long count) {
        stirred = count;
    }

    @Nullable
    ChatRoom room() {
        return room;
    }

    /** The room as it is open now; null once it is not. */
    void room(@Nullable ChatRoom value) {
        room = value;
        if (value != null) {
            begin(value.epoch(), value.head());
        }
    }

    /** What comes now has numbers of this epoch. Behind lines with other numbers there is no way further back. */
    void begin(long newEpoch, long head) {
        if (oldest > 0 && epoch == newEpoch) {
            return;
        }
        boolean first = lines.stream().noneMatch(line -> line.seq() > 0);
        lines.replaceAll(Line::unnumbered);
        epoch = newEpoch;
        oldest = head + 1;
        more = first && head > 0;
    }

    List<Line> lines() {
        return lines;
    }

    /** Has a line shown as soon as all that happened before this user came is. */
    void introduction(Line line) {
        introduction = line;
    }

    /** That moment has come; the line that was held back, once. */
    @Nullable
    Line introduce() {
        Line line = introduction;
        introduction = null;
        return line;
    }

    /** Adds a line; whether the window has to be drawn anew rather than gone on with. */
    boolean add(Line line) {
        comings = null;
        typing.remove(line.who());
        if (line.seq() > 0 && (oldest == 0 || line.seq() < oldest)) {
            oldest = line.seq();
        }
        return append(line);
    }

    private boolean append(Line line) {
        lines.add(line);
        fresh += isScrolled() ? 1 : 0;
        scroll = scroll.pushed();
        if (lines.size() <= (scroll.equals(Spot.BOTTOM) ? MOST_LINES : MOST_WHILE_READ)) {
            return false;
        }
        List<Line> first = lines.subList(0, lines.size() - MOST_LINES + ROOM_AGAIN);
        for (Line old : first) {
            if (old.seq() > 0) {
                oldest = old.seq() + 1;
                more = true;
            }
        }
        first.clear();
        if (scroll.lines() >= lines.size()) {
            scroll(new Spot(lines.size() - 1, 0)); // what was looked at is gone
        }
        return true;
    }

    /** Notes that somebody came or went; whether a line that is there was changed. */
    boolean passed(String name, boolean came, long time) {
        typing.remove(name);
        Comings known = comings;
        Comings now = known == null || known.isFull() ? new Comings() : known;
        if (came) {
            now.came(name);
        } else {
            now.went(name);
        }
        Line line = new Line(time, 0, Line.Kind.EVENT, "", now.text());
        if (now != known) {
            boolean anew = append(line);
            comings = now;
            return anew;
        }
        lines.set(lines.size() - 1, line);
        return true;
    }

    // ---- the past

    boolean hasMore() {
        return more && room != null;
    }

    long oldest() {
        return oldest;
    }

    /** Puts what was fetched before the rest. */
    void prepend(List<Line> fetched, long first, boolean hasMore) {
        lines.addAll(0, fetched);
        oldest = first > 0 ? first : oldest;
        more = hasMore && first > 0;
    }

    /** Puts those before the rest that are older than all of it; they reach up to it. */
    void remember(List<Line> found) {
        List<Line> older = found.stream().filter(line -> line.seq() < oldest).toList();
        if (!older.isEmpty()) {
            prepend(older, older.get(0).seq(), true);
        }
    }

    /** Where the line with a number is, or the first behind it. */
    int at(long seq) {
        int at = 0;
        while (at < lines.size() && lines.get(at).seq() < seq) {
            at++;
        }
        return at;
    }

    Spot scroll() {
        return scroll;
    }

    boolean isScrolled() {
        return !scroll.equals(Spot.BOTTOM);
    }

    void scroll(Spot value) {
        scroll = value;
        fresh = Math.min(fresh, value.lines());
    }

    /** How many lines have come below what is seen, since somebody scrolled back. */
    int fresh() {
        return fresh;
    }

    // ---- unread

    int unread() {
        return unread;
    }

    boolean isCalled() {
        return called;
    }

    /** Notes that a line was added where nobody looks; the first is preceded by a mark. */
    void unread(Line line, boolean forThisUser) {
        if (unread == 0) {
            unmark();
            lines.add(lines.size() - 1, new Line(line.time(), 0, Line.Kind.MARK, "", "unread"));
        }
        unread++;
        called |= forThisUser;
    }

    private void unmark() {
        lines.removeIf(line -> line.kind() == Line.Kind.MARK);
    }

    void read() {
        unread = 0;
        called = false;
    }

    // ---- two windows that become one

    /**
     * Takes what another window has, which is over: its lines to where their times belong, without their numbers, and
     * what of it is unread. Whoever looks back in either goes on to see what he saw.
     */
    void absorb(Window other) {
        more &= other.lines.stream().noneMatch(line -> line.seq() > 0);
        other.lines.replaceAll(Line::unnumbered);
        Window seen = other.isScrolled() ? other : this;
        Spot spot = seen.scroll;
        Line last = seen.isScrolled() ? seen.lines.get(seen.lines.size() - spot.lines() - 1) : null;
        (unreadSince() <= other.unreadSince() ? other : this).unmark();
        merge(other.lines);
        int at = last == null ? -1 : lines.lastIndexOf(last);
        scroll = at < 0 ? Spot.BOTTOM : new Spot(lines.size() - at - 1, spot.rows());
        fresh = Math.min(seen.fresh, scroll.lines());
        unread += other.unread;
        called |= other.called;
    }

    private long unreadSince() {
        return lines.stream()
                .filter(line -> unread > 0 && line.kind() == Line.Kind.MARK)
                .mapToLong(Line::time)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /** Puts others between the lines by their times; both keep their order. */
    private void merge(List<Line> others) {
        List<Line> mine = List.copyOf(lines);
        comings = null;
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

    // ---- who is typing

    void typing(String name, long now) {
        typing.values().removeIf(until -> until <= now);
        typing.put(name, now + TYPING_MILLIS);
    }

    Collection<String> typists(long now) {
        typing.values().removeIf(until -> until <= now);
        return typing.keySet().stream().sorted().collect(Collectors.toList());
    }
}
