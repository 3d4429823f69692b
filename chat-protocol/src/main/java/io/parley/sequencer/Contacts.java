package io.parley.sequencer;

import io.parley.model.DirectMode;
import java.util.HashSet;
import java.util.Set;

/**
 * Whose direct messages a user takes. Immutable, for any thread.
 *
 * @param mode whose in general
 * @param ignored the ids of those whose it never takes
 */
public record Contacts(DirectMode mode, Set<Long> ignored) {
    /** Takes the messages of everybody. */
    public static final Contacts OPEN = new Contacts(DirectMode.EVERYBODY, Set.of());

    /**
     * The same with another mode.
     *
     * @param next the mode
     * @return a new value
     */
    public Contacts with(DirectMode next) {
        return new Contacts(next, ignored);
    }

    /**
     * The same with somebody ignored, or not any more.
     *
     * @param id the other's id
     * @param on whether its messages are refused
     * @return a new value
     */
    public Contacts with(long id, boolean on) {
        Set<Long> next = new HashSet<>(ignored);
        if (on) {
            next.add(id);
        } else {
            next.remove(id);
        }
        return new Contacts(mode, Set.copyOf(next));
    }
}
