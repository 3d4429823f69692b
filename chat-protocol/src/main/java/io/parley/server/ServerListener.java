package io.parley.server;

import io.parley.gateway.ConnectionListener;
import io.parley.model.Entry;
import io.parley.room.HubListener;
import io.parley.room.Room;

/**
 * Told of everything that happens at a server: in its rooms, and to its connections. Called in order, on one thread at a time
 * of the scheduler's executor. It may block, but misses events when it falls too far behind.
 */
public interface ServerListener extends HubListener, ConnectionListener {

    /**
     * Whether this listener is told of an entry. Messages are by far the most that happens, and each that is told takes a
     * place in a queue and may wake a thread: a listener that needs no messages says so here. Unlike the others this is
     * called at once, by the thread on which the room is moving, maybe by several at a time: it must return immediately.
     *
     * @param room the room
     * @param entry the entry
     * @return true unless it is overridden
     */
    default boolean wantsEntry(Room room, Entry.Sequenced entry) {
        return true;
    }
}
