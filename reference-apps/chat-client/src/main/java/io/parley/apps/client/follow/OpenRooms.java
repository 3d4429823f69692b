package io.parley.apps.client.follow;

import io.parley.apps.client.view.Place;
import io.parley.client.ChatRoom;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open rooms and conversations, and the current room: the last one joined or chosen, which lines without a command go
 * to. Of conversations that are over it knows with whom they were. Any thread may call it.
 */
public final class OpenRooms {
    static final int MAX_FORMER = 1_000; // the oldest are forgotten

    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private volatile boolean kept; // set once, by the input thread
    private final Map<Place, ChatRoom> byPlace = new LinkedHashMap<>(); // the current one last; lock
    private final Map<ChatRoom, Long> seen = new HashMap<>(); // the last number of each that is open; lock
    private final Map<Place, Long> former =
            new LinkedHashMap<>(); // whom conversations were with, the oldest first; lock

    /** Adds a room and makes it the current one. */
    public void add(Place place, ChatRoom room) {
        lock.lock();
        try {
            byPlace.remove(place);
            byPlace.put(place, room);
        } finally {
            lock.unlock();
        }
    }

    /** The last entry of a room so far has a number. */
    void seen(ChatRoom room, long seq) {
        lock.lock();
        try {
            seen.merge(room, seq, Math::max);
        } finally {
            lock.unlock();
        }
    }

    /**
     * How far a room was followed.
     *
     * @param seq the number of its last entry; 0 if none was shown
     */
    public record Position(String name, long epoch, long seq) {}

    /** The positions in all rooms that are open, the current one last. Conversations are left out. */
    public List<Position> positions() {
        lock.lock();
        try {
            return byPlace.values().stream()
                    .filter(room -> !room.isDirect())
                    .map(room ->
                            new Position(room.name(), room.epoch(), Math.max(room.head(), seen.getOrDefault(room, 0L))))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The other of a conversation has a new name. */
    void rename(ChatRoom room, Place place) {
        lock.lock();
        try {
            byPlace.values().removeIf(known -> known == room);
            byPlace.put(place, room);
        } finally {
            lock.unlock();
        }
    }

    /** Rooms that end from now on stay known: the session ends, and another one goes on in them. */
    public void keep() {
        kept = true;
    }

    /** Removes a room that is over; another one of the same name stays. */
    void remove(Place place, ChatRoom room) {
        if (kept) {
            return;
        }
        lock.lock();
        try {
            byPlace.values().removeIf(known -> known == room);
            seen.remove(room);
            if (place.direct()) {
                former.remove(place);
                former.put(place, room.peer());
                if (former.size() > MAX_FORMER) {
                    former.remove(former.keySet().iterator().next());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether a room is open, under whatever name. */
    public boolean isOpen(ChatRoom room) {
        lock.lock();
        try {
            return byPlace.containsValue(room);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    public ChatRoom find(Place place) {
        lock.lock();
        try {
            return byPlace.get(place);
        } finally {
            lock.unlock();
        }
    }

    /** The id of whom a conversation was with that is over; 0 if that is not known. */
    public long formerPeer(Place place) {
        lock.lock();
        try {
            return former.getOrDefault(place, 0L);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    public ChatRoom current() {
        lock.lock();
        try {
            ChatRoom last = null;
            for (ChatRoom room : byPlace.values()) {
                last = room.isDirect() ? last : room;
            }
            return last;
        } finally {
            lock.unlock();
        }
    }
}
