package io.parley.server;

import io.parley.model.Entry;
import io.parley.model.RoomKind;
import io.parley.room.Opening;
import io.parley.room.Snapshot;
import io.parley.room.Subscription;
import io.parley.wire.Gap;
import io.parley.wire.Opened;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that one peer is fed from. Any thread; a feed's end is told by the connection's writer.
 *
 * <p>Its monitor is its lock, a leaf: a monitor costs a peer in one room, for good, nothing.
 */
final class Feeds {
    private static final @Nullable Feed[] NONE = {};
    private static final int FEW = 8; // that are looked through faster than looked up

    private final ServerSession session;
    // That are open, by number - 1; replaced and changed under the monitor.
    private volatile @Nullable Feed[] feeds = NONE;
    // By their rooms' numbers, the newest of each, once there have been more than a few; changed under the monitor.
    private volatile @Nullable Map<Integer, Feed> byRoom;
    private int hint; // where a free number may be; monitor
    private boolean closed; // nothing begins any more; monitor
    private boolean leaving; // the peer said goodbye; monitor

    Feeds(ServerSession session) {
        this.session = session;
    }

    /** The feed of a room that the peer is in; the newest, if it joined anew. Any thread. */
    @Nullable
    Feed find(int room) {
        Map<Integer, Feed> many = byRoom;
        if (many != null) {
            return many.get(room);
        }
        for (Feed feed : feeds) {
            if (feed != null && feed.isNewest() && feed.room().number() == room && isListed(feed)) {
                return feed;
            }
        }
        return null;
    }

    /** Announcements are read like a room, but no peer has joined them and none can ask for anything there. */
    private static boolean isListed(Feed feed) {
        return feed.room().kind() != RoomKind.ANNOUNCEMENTS;
    }

    /** Those that are open; under the monitor. */
    private List<Feed> open() {
        return Arrays.stream(feeds).filter(Objects::nonNull).toList();
    }

    // ---- beginning

    /** The peer has joined a room, by a request. */
    void joined(long id, Opening joined) {
        io.parley.wire.Joined reply =
                new io.parley.wire.Joined(id, NativeEncoding.snapshot(joined.snapshot()), joined.recovered());
        begin(joined, new FrameBatch().add(reply));
    }

    /** Somebody else began a conversation with the peer. */
    void opened(Subscription subscription, Snapshot snapshot) {
        Opening opening = new Opening(subscription, snapshot, false, 0, List.of());
        begin(opening, new FrameBatch().add(new Opened(NativeEncoding.snapshot(snapshot))));
    }

    /** The peer hears what the server says to everybody. */
    void hear(Opening announcements) {
        start(new Feed(session, announcements.subscription(), new byte[0]));
    }

    private void begin(Opening joined, FrameBatch opening) {
        if (joined.skippedFrom() <= joined.skippedTo() && joined.skippedFrom() > 0) {
            opening.add(new Gap(joined.skippedFrom(), joined.skippedTo(), NativeEncoding.snapshot(joined.snapshot())));
        }
        Subscription cursor = joined.subscription();
        for (Entry.Sequenced entry : joined.backlog()) {
            opening.add(session.encoding(), cursor.room().ref(), entry);
        }
        start(new Feed(session, cursor, opening.toBytes()));
    }

    private void start(Feed feed) {
        Subscription cursor = feed.cursor();
        boolean late;
        boolean first = true;
        synchronized (this) {
            late = closed;
            if (!late) {
                Feed former = isListed(feed) ? find(feed.room().number()) : null;
                first = former == null;
                // Whoever looks meanwhile finds the one or the other, and each with all that is owed.
                if (former == null) {
                    number(feed);
                } else {
                    feed.inherit(former);
                    number(feed);
                    former.succeededBy(feed);
                }
            }
        }
        if (late) {
            cursor.room().leave(cursor, session.farewell());
            cursor.close();
            return;
        }
        feed.announce();
        if (first) {
            session.wake(feed);
        }
    }

    private void number(Feed feed) {
        @Nullable Feed[] now = feeds;
        int free = hint;
        while (free < now.length && now[free] != null) {
            free++;
        }
        if (free == now.length) {
            now = Arrays.copyOf(now, Math.max(2, 2 * free));
        }
        now[free] = feed;
        feed.number = free + 1;
        hint = free + 1;
        feeds = now;
        Map<Integer, Feed> many = byRoom;
        if (many == null && now.length > FEW) {
            many = new ConcurrentHashMap<>();
            for (Feed other : open()) {
                if (other.isNewest() && isListed(other)) {
                    many.put(other.room().number(), other);
                }
            }
        }
        if (many != null) {
            if (isListed(feed)) {
                many.put(feed.room().number(), feed);
            }
            byRoom = many;
        }
    }

    /** The feed with a number. The connection's writer; it learns of the number after the feed has it. */
    Feed numbered(int number) {
        return Objects.requireNonNull(feeds[number - 1]);
    }

    // ---- the end

    /** A feed is written to its end. The connection's writer. */
    void ended(Feed feed) {
        feed.cursor().close();
        Feed next;
        boolean last;
        boolean anew;
        synchronized (this) {
            anew = feed.endsUntold() && !closed;
            next = feed.successor();
            @Nullable Feed[] now = feeds;
            now[feed.number - 1] = null; // it is in no list: its cursor is closed
            hint = Math.min(hint, feed.number - 1);
            feeds = now;
            if (byRoom != null) {
                byRoom.remove(feed.room().number(), feed);
            }
            last = leaving && open().stream().noneMatch(Feeds::isListed);
        }
        if (next != null) {
            session.wake(next);
            return;
        }
        feed.owed().end(anew);
        if (last) {
            session.endOutput();
        }
    }

    /** Nothing begins any more; what is open goes on. */
    void close() {
        synchronized (this) {
            closed = true;
        }
    }

    /** Leaves every room in order; the last one to end ends the output. False if there is none to wait for. */
    boolean leave() {
        List<Feed> mine;
        synchronized (this) {
            closed = true;
            leaving = true;
            mine = open();
        }
        for (Feed feed : mine) {
            feed.room().leave(feed.cursor(), "");
        }
        return mine.stream().anyMatch(Feeds::isListed);
    }

    /** Lets go of everything: the connection is over. */
    void abandon(String farewell) {
        List<Feed> mine;
        synchronized (this) {
            closed = true;
            mine = open();
            feeds = NONE; // nothing is written any more
            byRoom = null;
        }
        for (Feed feed : mine) {
            feed.room().leave(feed.cursor(), farewell);
            feed.cursor().close();
        }
    }
}
