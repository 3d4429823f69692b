package io.parley.room;

import io.parley.log.Faults;
import io.parley.model.Entry;
import java.util.List;

/**
 * Told of everything that happens in a hub. Called outside every lock, by the thread on which it happened: it must
 * return at once and must not throw. The events of one room come in their order.
 */
public interface HubListener {

    /**
     * A user came: its first connection.
     *
     * @param user the user
     */
    default void onEnter(User user) {}

    /**
     * A user went: its last connection ended.
     *
     * @param user the user
     */
    default void onExit(User user) {}

    /**
     * A user has another name.
     *
     * @param user the user
     * @param from the name it had
     * @param to the name it took
     */
    default void onRename(User user, String from, String to) {}

    /**
     * A user became a member of a room.
     *
     * @param room the room
     * @param user the user
     */
    default void onJoin(Room room, User user) {}

    /**
     * A user is no member of a room any more.
     *
     * @param room the room
     * @param user the user
     */
    default void onLeave(Room room, User user) {}

    /**
     * An entry was kept and is visible.
     *
     * @param room the room
     * @param entry the entry
     */
    default void onEntry(Room room, Entry.Sequenced entry) {}

    /**
     * Entries of one room were kept together and are visible. Unless it is overridden, each goes to {@link #onEntry}.
     *
     * @param room the room
     * @param entries one or more, in their order
     */
    default void onEntries(Room room, List<Entry.Sequenced> entries) {
        for (Entry.Sequenced entry : entries) {
            Faults.safely(() -> onEntry(room, entry)); // the others are told all the same
        }
    }
}
