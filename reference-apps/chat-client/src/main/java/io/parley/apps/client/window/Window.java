package io.parley.apps.client.window;

import io.parley.apps.client.view.Place;
import io.parley.client.ChatRoom;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A window: the lines of one room or conversation, and what of it is unread. The callback thread only. (Over 300 lines: many short
 * methods, most of which pass on to its parts.)
 */
public final class Window {
    private final Scrollback scrollback = new Scrollback();
    private final Typists typists = new Typists();
    private @Nullable Place place; // null: the window of the connection itself
    private @Nullable ChatRoom room;
    private long peer; // the id of the other of a conversation, the present or the last
    private final Set<Long> settled = new HashSet<>(0); // numbers of messages with an outcome that are not shown yet
    private @Nullable PresenceNotices presence; // while the last line shows them
    private @Nullable Line entryLine; // to be shown after the history
    private int unread;
    private boolean markSeen = true; // whether the mark was on the screen, or there is none
    private boolean mentioned; // whether an unread line mentions the user
    private long lastSeq; // the highest number of a line
    private long readTo = Long.MAX_VALUE; // lines of the history above it are unread
    private ScrollPosition scroll = ScrollPosition.BOTTOM;
    private int newBelow; // lines below the page that the user has not seen
    private long lastActivity; // a count of the activity in all windows

    Window(@Nullable Place place) {
        this.place = place;
    }

    public @Nullable Place place() {
        return place;
    }

    public String name() {
        return place == null ? "" : place.name();
    }

    public boolean isDirect() {
        return place != null && place.direct();
    }

    void renamed(Place to) {
        place = to;
    }

    /** When something happened last, by the count of {@link Windows}. */
    long lastActivity() {
        return lastActivity;
    }

    void lastActivity(long count) {
        lastActivity = count;
    }

    public @Nullable ChatRoom room() {
        return room;
    }

    /** Sets the open room; null if it is not open any more. */
    public void room(@Nullable ChatRoom value) {
        room = value;
        settled.clear();
        if (value != null) {
            peer = value.peer();
            begin(value.epoch(), value.head());
        }
    }

    /** Whether the conversation was with another user than this one is, who has the name now. */
    public boolean isOfAnother(ChatRoom next) {
        return isDirect() && peer != 0 && peer != next.peer();
    }

    /** The user has read the room up to a number: what the history has above it is unread. */
    public void readTo(long seq) {
        readTo = seq;
    }

    /** Whether a line of the history is unread. */
    public boolean isMissed(long seq) {
        return seq > readTo;
    }

    /** The highest number of a line; 0 if none has one. */
    public long lastSeq() {
        return lastSeq;
    }

    /** The next lines have numbers of this epoch. */
    public void begin(long epoch, long head) {
        lastSeq = 0;
        scrollback.begin(epoch, head);
    }

    public List<Line> lines() {
        return scrollback.lines();
    }

    /** Sets the line that tells of entering the room. It is shown when the history has been. */
    public void entryLine(Line line) {
        entryLine = line;
    }

    /** Takes the line that tells of entering the room; null if it was taken before. */
    public @Nullable Line takeEntryLine() {
        Line line = entryLine;
        entryLine = null;
        return line;
    }

    /**
     * Adds a line.
     *
     * @return whether the window must be drawn as a whole
     */
    public boolean add(Line line) {
        presence = null;
        typists.remove(line.who());
        return append(line);
    }

    private boolean append(Line line) {
        newBelow += isScrolled() ? 1 : 0;
        scroll = scroll.pushed();
        lastSeq = Math.max(lastSeq, line.seq());
        boolean removed = scrollback.append(line, isScrolled());
        if (removed && scroll.lines() >= lines().size()) {
            scroll(new ScrollPosition(lines().size() - 1, 0)); // the lines of the page were removed
        }
        return removed;
    }

    /**
     * Notes that a member joined or left. Consecutive notices share a line.
     *
     * @return whether the window must be drawn as a whole
     */
    public boolean presence(String name, boolean joined, long time) {
        typists.remove(name);
        PresenceNotices known = presence;
        PresenceNotices now = known == null || known.isFull() ? new PresenceNotices() : known;
        if (joined) {
            now.joined(name);
        } else {
            now.left(name);
        }
        Line line = new Line(time, 0, Line.Kind.EVENT, "", now.text());
        if (now != known) {
            boolean whole = append(line);
            presence = now;
            return whole;
        }
        scrollback.replaceLast(line);
        return true;
    }

    // ---- messages that are not said yet

    /**
     * Adds a message that is not said yet: it stays below all others.
     *
     * @param number tells it from others
     */
    public void addPending(long number, Line line) {
        newBelow += isScrolled() ? 1 : 0;
        scroll = scroll.pushed();
        scrollback.addPending(number, line);
    }

    /**
     * A message has its outcome and is not pending any more; false if it is not in this window.
     *
     * @param seq its number in the room; 0 if it was not said
     */
    public boolean settle(long number, long seq) {
        boolean known = remove(number);
        if (known && seq > 0) {
            settled.add(seq); // the message itself may be shown later
        }
        return known;
    }

    private boolean remove(long number) {
        boolean known = scrollback.settle(number);
        if (known) {
            scroll = scroll.pulled();
            newBelow = Math.min(newBelow, scroll.lines());
        }
        return known;
    }

    /** A message of the user is shown as said: it is not pending any more. Returns whether it was. */
    public boolean said(String text, long seq) {
        return !settled.remove(seq) && remove(scrollback.findPending(text));
    }

    // ---- history

    public boolean hasMore() {
        return scrollback.hasMore() && room != null;
    }

    /** The number that history to fetch comes before. */
    public long oldest() {
        return scrollback.oldest();
    }

    /** Adds a page of history before the other lines. */
    public void prepend(List<Line> page, long firstSeq, boolean hasMore) {
        scrollback.prepend(page, firstSeq, hasMore);
    }

    /** Adds those lines of a page that are older than all others. The page must reach up to them. */
    public void prependOlder(List<Line> page) {
        scrollback.prependOlder(page);
    }

    /** The index of the line with a number, or of the first line after it. */
    public int indexOf(long seq) {
        return scrollback.indexOf(seq);
    }

    public ScrollPosition scroll() {
        return scroll;
    }

    public boolean isScrolled() {
        return !scroll.equals(ScrollPosition.BOTTOM);
    }

    public void scroll(ScrollPosition value) {
        scroll = value;
        newBelow = Math.min(newBelow, value.lines());
    }

    /** How many lines have come below the page since the user scrolled back. */
    public int newBelow() {
        return newBelow;
    }

    // ---- unread

    public int unread() {
        return unread;
    }

    public boolean isMentioned() {
        return mentioned;
    }

    /** Counts the last line as unread; puts a mark before the first unread one. */
    public void addUnread(Line line, boolean mention) {
        if (unread == 0) {
            mark(line);
        }
        unread++;
        mentioned |= mention;
    }

    /** Puts a mark before the last line: it is the first unread one, of a window that is shown. */
    public void addMissed(Line line) {
        if (readTo < Long.MAX_VALUE) {
            readTo = Long.MAX_VALUE;
            mark(line);
        }
    }

    private void mark(Line line) {
        scrollback.removeMark();
        scrollback.mark(new Line(line.time(), 0, Line.Kind.MARK, "", "unread from here"));
        markSeen = false;
    }

    /** The index of the mark before the first unread line; -1 if there is none, or the user has seen it. */
    public int unseenMark() {
        return markSeen ? -1 : scrollback.markIndex();
    }

    /** The user sees the mark. */
    public void markSeen() {
        markSeen = true;
    }

    public void markRead() {
        unread = 0;
        mentioned = false;
    }

    private long unreadSince() {
        return unread > 0 ? scrollback.markedSince() : Long.MAX_VALUE;
    }

    // ---- merging

    /** Takes the lines of a window that is closed, by their times, and what of it is unread. Keeps the scroll position. */
    void merge(Window other) {
        scrollback.joinHistory(other.scrollback);
        Window seen = other.isScrolled() ? other : this;
        ScrollPosition position = seen.scroll;
        Line last = seen.isScrolled() ? seen.lines().get(seen.lines().size() - position.lines() - 1) : null;
        (unreadSince() <= other.unreadSince() ? other : this).scrollback.removeMark();
        scrollback.merge(other.scrollback);
        presence = null;
        int at = last == null ? -1 : lines().lastIndexOf(last);
        scroll = at < 0 ? ScrollPosition.BOTTOM : new ScrollPosition(lines().size() - at - 1, position.rows());
        newBelow = Math.min(seen.newBelow, scroll.lines());
        unread += other.unread;
        mentioned |= other.mentioned;
    }

    // ---- members who are typing

    public void typing(String name, long now) {
        typists.add(name, now);
    }

    public Collection<String> typists(long now) {
        return typists.names(now);
    }
}
