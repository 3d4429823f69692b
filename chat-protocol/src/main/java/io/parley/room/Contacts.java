package io.parley.room;

import io.parley.model.DirectMode;
import io.parley.model.RoomKind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose direct messages a user takes. Immutable, for any thread.
 *
 * @param mode whose in general
 * @param ignored the ids of those whose it never takes
 */
record Contacts(DirectMode mode, Set<Long> ignored) {
    static final Contacts OPEN = new Contacts(DirectMode.EVERYBODY, Set.of());

    Contacts with(DirectMode next) {
        return new Contacts(next, ignored);
    }

    Contacts with(long id, boolean on) {
        Set<Long> next = new HashSet<>(ignored);
        if (on) {
            next.add(id);
        } else {
            next.remove(id);
        }
        return new Contacts(mode, Set.copyOf(next));
    }

    /**
     * Why a user's messages are not taken.
     *
     * @param from who speaks
     * @param to who is to hear it
     * @param answers whether the other has spoken in this conversation before
     * @return words for the user, or null if its messages are taken
     */
    static @Nullable String refusal(User from, User to, boolean answers) {
        Contacts contacts = to.contacts();
        if (from.isOperator()) {
            return null;
        }
        if (contacts.ignored().contains(from.id())) {
            return to.name() + " takes no messages from you";
        }
        return switch (contacts.mode()) {
            case EVERYBODY -> null;
            case ACCOUNTS -> answers || !from.isGuest() ? null : to.name() + " takes no messages of guests";
            case ROOM_MATES ->
                answers || shareARoom(from, to)
                        ? null
                        : to.name() + " takes messages of those who are in a room with it only";
            case NOBODY -> answers ? null : to.name() + " takes no messages";
        };
    }

    private static boolean shareARoom(User one, User other) {
        return one.rooms().stream().filter(room -> room.kind() == RoomKind.ROOM).anyMatch(other.rooms()::contains);
    }
}
