package io.parley.apps.client.view;

import io.parley.client.ChatRoom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the server what the user has read: one request for each room at a time, and then the newest number. Any thread.
 */
public final class ReadMarkers {

    /** What of a room is to be told. */
    private static final class Marker {
        long wanted;
        boolean underWay;
    }

    private volatile boolean kept; // set when the client is connected
    private final ReentrantLock lock = new ReentrantLock(); // a leaf
    private final Map<ChatRoom, Marker> markers = new HashMap<>(); // lock

    /** Sets whether the user has an account: the server keeps no markers of guests. */
    public void kept(boolean value) {
        kept = value;
    }

    /** Whether the server keeps markers of the user. */
    public boolean isKept() {
        return kept;
    }

    /** The user has read a room up to a number. */
    public void read(ChatRoom room, long seq) {
        if (seq <= room.readSeq() || !kept) {
            return;
        }
        lock.lock();
        try {
            Marker marker = markers.computeIfAbsent(room, key -> new Marker());
            marker.wanted = Math.max(marker.wanted, seq);
            if (marker.underWay) {
                return;
            }
            marker.underWay = true;
        } finally {
            lock.unlock();
        }
        tell(room, seq);
    }

    private void tell(ChatRoom room, long seq) {
        room.read(seq).whenComplete((done, error) -> {
            long next = error == null ? next(room, seq) : forget(room);
            if (next > 0) {
                tell(room, next);
            }
        });
    }

    /** The number to be told next; 0 if there is none. */
    private long next(ChatRoom room, long told) {
        lock.lock();
        try {
            Marker marker = markers.get(room);
            if (marker != null && marker.wanted > told) {
                return marker.wanted;
            }
            markers.remove(room);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** The room is over, or the server does not keep it now: what is read later is told with it. */
    private long forget(ChatRoom room) {
        lock.lock();
        try {
            markers.remove(room);
            return 0;
        } finally {
            lock.unlock();
        }
    }
}
