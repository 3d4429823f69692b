package io.parley.journal.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The heads that this process has seen, of the rooms used last. A room that is behind one of them has lost what was acknowledged: the
 * database was set back. Writer only.
 */
final class Heads {
    private static final int MOST_ROOMS = 20_000;

    private final Map<Integer, Long> heads = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Long> eldest) {
            return size() > MOST_ROOMS;
        }
    };

    /** A room is so, and that is committed. */
    void saw(RoomRow room) {
        heads.merge(room.number(), room.head(), Math::max);
    }

    boolean isBehind(RoomRow room) {
        return room.head() < heads.getOrDefault(room.number(), 0L);
    }

    void forget(RoomRow room) {
        heads.remove(room.number());
    }
}
