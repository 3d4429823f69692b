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
    private static final int ROOM_AGAIN = 500;
    private static final long TYPING_MILLIS = 6_000;

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, Long> typing = new LinkedHashMap<>(); // until when
    private @Nullable Place place; // null: the window of the connection itself
    private @Nullable ChatRoom room;
    private @Nullable Comings comings; // while the last line is that of who came and went
    private long oldest; // the number that history begins before; 0: the present
    private boolean more = true; // whether there may be history before that
    private @Nullable Line introduction; // to be shown behind what was said before
    private int unread;
    private boolean called; // whether somebody named this user among what is unread
    private int scroll; // rows below what is seen

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

    @Nullable
    ChatRoom room() {
        return room;
    }

    /** The room as it is open now; null once it is not. */
    void room(@Nullable ChatRoom value, boolean anew) {
        room = value;
        if (value != null && (anew || oldest == 0)) {
            oldest = value.head() + 1;
            more = value.head() > 0;
        }
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
        if (lines.size() <= MOST_LINES) {
            return false;
        }
        lines.subList(0, ROOM_AGAIN).clear();
        lines.stream().filter(left -> left.seq() > 0).findFirst().ifPresent(left -> {
            oldest = left.seq();
            more = true;
        });
        return true;
    }

    /** Notes that somebody came or went; whether a line that is there was changed. */
    boolean passed(String name, boolean came, long time) {
        typing.remove(name);
        Comings known = comings;
        Comings now = known == null ? new Comings() : known;
        if (came) {
            now.came(name);
        } else {
            now.went(name);
        }
        Line line = new Line(time, 0, Line.Kind.EVENT, "", now.text());
        if (known == null) {
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

    int scroll() {
        return scroll;
    }

    void scroll(int rows) {
        scroll = Math.max(0, rows);
    }

    // ---- unread

    int unread() {
        return unread;
    }

    boolean isCalled() {
        return called;
    }

    /** Notes that a line was added where nobody looks; the first is preceded by a mark. */
    void unread(Line line) {
        if (unread == 0) {
            lines.removeIf(old -> old.kind() == Line.Kind.MARK);
            lines.add(lines.size() - 1, new Line(line.time(), 0, Line.Kind.MARK, "", "unread"));
        }
        unread++;
        called |= line.kind() == Line.Kind.MENTION || isDirect();
    }

    void read() {
        unread = 0;
        called = false;
    }

    // ---- who is typing

    void typing(String name, long now) {
        typing.put(name, now + TYPING_MILLIS);
    }

    Collection<String> typists(long now) {
        typing.values().removeIf(until -> until <= now);
        return typing.keySet().stream().sorted().collect(Collectors.toList());
    }
}
