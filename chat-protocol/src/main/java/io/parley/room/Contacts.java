package io.parley.room;

import io.parley.model.DirectMode;
import java.util.HashSet;
import java.util.Set;

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
}
