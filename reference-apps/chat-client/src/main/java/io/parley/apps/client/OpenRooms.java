package io.parley.apps.client;

import io.parley.client.ChatRoom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The rooms and conversations that are open, and the room that plain lines go to: the last one entered or chosen. Any
 * thread.
 */
final class OpenRooms {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<Place, ChatRoom> byPlace = new LinkedHashMap<>(); // the current one last; lock

    /** Adds a room, or makes a known one the current one. */
    void add(Place place, ChatRoom room) {
        lock.lock();
        try {
            byPlace.remove(place);
            byPlace.put(place, room);
        } finally {
            lock.unlock();
        }
    }

    /** Removes a room under whatever name; another that has taken its name stays. */
    void remove(ChatRoom room) {
        lock.lock();
        try {
            byPlace.values().removeIf(known -> known == room);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    ChatRoom find(Place place) {
        lock.lock();
        try {
            return byPlace.get(place);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    ChatRoom current() {
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
