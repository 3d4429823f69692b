package io.parley.server;

import io.parley.room.Cursor;
import io.parley.room.Entry;
import io.parley.room.Joined;
import io.parley.wire.Gap;
import io.parley.wire.Opened;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The rooms that one peer is fed from. Any thread; a feed's end is told by the connection's writer. */
final class Feeds {
    private final ServerSession session;
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Integer, Feed> byRoom = new HashMap<>(2); // by room number; lock
    private final List<Cursor> cursors = new ArrayList<>(2); // all that are open, the announcements' too; lock
    private volatile @Nullable Feed[] numbered = new Feed[2]; // by number - 1; replaced and changed under the lock
    private boolean closed; // nothing begins any more; lock
    private boolean leaving; // the peer said goodbye; lock

    Feeds(ServerSession session) {
        this.session = session;
    }

    @Nullable
    Feed find(int room) {
        lock.lock();
        try {
            return byRoom.get(room);
        } finally {
            lock.unlock();
        }
    }

    // ---- beginning

    /** The peer has joined a room, by a request. */
    void joined(long id, Joined joined) {
        io.parley.wire.Joined reply = new io.parley.wire.Joined(id, Codes.of(joined.snapshot()), joined.recovered());
        begin(joined, new FrameBatch().add(reply));
    }

    /** Somebody else began a conversation with the peer. */
    void opened(Joined joined) {
        begin(joined, new FrameBatch().add(new Opened(Codes.of(joined.snapshot()))));
    }

    /** The peer hears what the server says to everybody. */
    void hear(Joined announcements) {
        start(new Feed(session, announcements.cursor(), new byte[0]), false);
    }

    private void begin(Joined joined, FrameBatch opening) {
        if (joined.skippedFrom() <= joined.skippedTo() && joined.skippedFrom() > 0) {
            opening.add(new Gap(joined.skippedFrom(), joined.skippedTo(), Codes.of(joined.snapshot())));
        }
        Cursor cursor = joined.cursor();
        for (Entry.Sequenced entry : joined.backlog()) {
            opening.add(session.encoding(), cursor.room(), entry);
        }
        start(new Feed(session, cursor, opening.toBytes()), true);
    }

    private void start(Feed feed, boolean listed) {
        Cursor cursor = feed.cursor();
        boolean late;
        boolean first = true;
        lock.lock();
        try {
            late = closed;
            if (!late) {
                cursors.add(cursor);
                number(feed);
                Feed former = listed ? byRoom.put(feed.room().number(), feed) : null;
                first = former == null || feed.succeed(former);
            }
        } finally {
            lock.unlock();
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
        @Nullable Feed[] now = numbered;
        int free = 0;
        while (free < now.length && now[free] != null) {
            free++;
        }
        if (free == now.length) {
            now = Arrays.copyOf(now, 2 * free);
        }
        now[free] = feed;
        feed.number = free + 1;
        numbered = now;
    }

    /** The feed with a number. The connection's writer; it learns of the number after the feed has it. */
    Feed numbered(int number) {
        return Objects.requireNonNull(numbered[number - 1]);
    }

    // ---- the end

    /** A feed is written to its end. The connection's writer. */
    void ended(Feed feed) {
        feed.cursor().close();
        Feed next;
        boolean last;
        lock.lock();
        try {
            next = feed.finish();
            numbered[feed.number - 1] = null; // it is in no list: its cursor is closed
            cursors.remove(feed.cursor());
            byRoom.remove(feed.room().number(), feed);
            last = leaving && byRoom.isEmpty();
        } finally {
            lock.unlock();
        }
        if (next != null) {
            session.wake(next);
            return;
        }
        feed.owed().end();
        if (last) {
            session.endOutput();
        }
    }

    /** Nothing begins any more; what is open goes on. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Leaves every room in order; the last one to end ends the output. False if there is none to wait for. */
    boolean leave() {
        List<Cursor> mine;
        boolean some;
        lock.lock();
        try {
            closed = true;
            leaving = true;
            mine = List.copyOf(cursors);
            some = !byRoom.isEmpty();
        } finally {
            lock.unlock();
        }
        mine.forEach(cursor -> cursor.room().leave(cursor, ""));
        return some;
    }

    /** Lets go of everything: the connection is over. */
    void abandon(String farewell) {
        List<Cursor> mine;
        lock.lock();
        try {
            closed = true;
            mine = List.copyOf(cursors);
            cursors.clear();
            byRoom.clear();
        } finally {
            lock.unlock();
        }
        for (Cursor cursor : mine) {
            cursor.room().leave(cursor, farewell);
            cursor.close();
        }
    }
}
