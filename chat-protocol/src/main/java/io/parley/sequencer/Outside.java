package io.parley.sequencer;

import io.parley.model.Entry;
import io.parley.model.RoomRef;
import io.parley.model.RoomState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The outside of a room: what its inside cannot do itself. Called by the room's mover, under no lock. */
public interface Outside extends EncodedLog.Owner {
    /**
     * Keeps entries, and the state after them if they change it.
     *
     * @param entries one or more, in their order
     * @param stateAfter the state, or null if it is as before
     * @return completes with the lowest number still kept
     */
    CompletableFuture<Long> append(List<Entry.Sequenced> entries, @Nullable RoomState stateAfter);

    /**
     * Entries were kept together and are visible.
     *
     * @param entries one or more, in their order
     */
    void published(List<Entry.Sequenced> entries);

    /**
     * A user became a member.
     *
     * @param user the user
     */
    void joined(RoomUser user);

    /**
     * A user is no member any more.
     *
     * @param user the user
     */
    void left(RoomUser user);

    /** There is presence to tell that must wait for the next tick. */
    void flushLater();

    /**
     * A conversation is to give way to this one.
     *
     * @param conversation the other conversation
     */
    void giveWay(RoomRef conversation);

    /**
     * The room is not in use any more. Called once.
     *
     * @param forGood whether its history is to be forgotten
     */
    void closed(boolean forGood);
}
