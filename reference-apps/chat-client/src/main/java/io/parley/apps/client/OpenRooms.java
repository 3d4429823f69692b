package io.parley.apps.client;

import io.parley.client.ChatRoom;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The rooms this client is in, and the one that plain lines go to: the last one entered or chosen. Any thread. */
final class OpenRooms {
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<String, ChatRoom> byName = new LinkedHashMap<>(); // the current one last; lock

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Adds a room under a name, or makes a known one the current one. */
    void add(String name, ChatRoom room) {
        lock.lock();
        try {
            byName.remove(key(name));
            byName.put(key(name), room);
        } finally {
            lock.unlock();
        }
    }

    /** Removes a room under whatever name; another that has taken its name stays. */
    void remove(ChatRoom room) {
        lock.lock();
        try {
            byName.values().removeIf(known -> known == room);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    ChatRoom find(String name) {
        lock.lock();
        try {
            return byName.get(key(name));
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    ChatRoom current() {
        lock.lock();
        try {
            ChatRoom last = null;
            for (ChatRoom room : byName.values()) {
                last = room;
            }
            return last;
        } finally {
            lock.unlock();
        }
    }
}
