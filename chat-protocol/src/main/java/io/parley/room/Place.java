package io.parley.room;

import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import java.util.List;

/**
 * Which room is meant, and where it is kept. Immutable, for any thread.
 *
 * @param key its name in the journal
 * @param ref its number, kind and name
 * @param pair the two users of a direct conversation; empty for any other room
 */
record Place(String key, RoomRef ref, List<User> pair) {

    RoomKind kind() {
        return ref.kind();
    }

    /** The name as one user sees it: of a direct conversation the other's. */
    String nameFor(User viewer) {
        return kind() == RoomKind.DIRECT
                ? pair.get(pair.get(0) == viewer ? 1 : 0).name()
                : ref.name();
    }

    /** The name as it was first given: of a direct conversation both names. */
    String name() {
        return kind() == RoomKind.DIRECT
                ? pair.get(0).name() + " and " + pair.get(1).name()
                : ref.name();
    }
}
