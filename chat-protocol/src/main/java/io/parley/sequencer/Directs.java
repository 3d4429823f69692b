package io.parley.sequencer;

import io.parley.model.RoomRef;
import java.util.List;
import java.util.stream.Stream;

/**
 * The direct conversations of a user. Immutable, for any thread; most users have none, and share one value.
 *
 * @param contacts whose messages the user takes
 * @param open those that are open
 * @param unanswered those that others began and that the user has not answered, the oldest first
 */
public record Directs(Contacts contacts, List<RoomRef> open, List<RoomRef> unanswered) {
    /** Of a user without any. */
    public static final Directs NONE = new Directs(Contacts.OPEN, List.of(), List.of());

    /**
     * The same with other contacts.
     *
     * @param next whose messages the user takes
     * @return the value, a new one if they differ
     */
    public Directs with(Contacts next) {
        return next.equals(contacts) ? this : new Directs(next, open, unanswered);
    }

    /**
     * The same with a conversation listed as open, or taken out.
     *
     * @param conversation which
     * @param is whether it is open
     * @return a new value
     */
    public Directs open(RoomRef conversation, boolean is) {
        return new Directs(contacts, changed(open, conversation, is), unanswered);
    }

    /**
     * The same with a conversation listed as unanswered, or taken out.
     *
     * @param conversation which
     * @param waits whether the user has not answered
     * @return the value, a new one if they differ
     */
    public Directs unanswered(RoomRef conversation, boolean waits) {
        return waits || !unanswered.isEmpty()
                ? new Directs(contacts, open, changed(unanswered, conversation, waits))
                : this;
    }

    private static List<RoomRef> changed(List<RoomRef> rooms, RoomRef room, boolean in) {
        Stream<RoomRef> others = rooms.stream().filter(one -> !one.equals(room));
        return (in ? Stream.concat(others, Stream.of(room)) : others).toList();
    }
}
