package io.parley.apps.client.follow;

import io.parley.apps.client.view.Place;
import io.parley.client.ChatRoom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open rooms and conversations, and the current room: the last one joined or chosen, which lines without a command go
 * to. Any thread may call it.
 */
public final class OpenRooms {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Place, ChatRoom> byPlace = new LinkedHashMap<>(); // the current one last; lock

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

    /** Removes a room, whatever its name; another room of the same name stays. */
    void remove(ChatRoom room) {
        lock.lock();
        try {
            byPlace.values().removeIf(known -> known == room);
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
