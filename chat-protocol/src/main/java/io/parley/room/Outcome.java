package io.parley.room;

import io.parley.model.RoomException;
import io.parley.sequencer.CommandOutcome;

/**
 * Told how a request to a room came out: {@link #kept} or {@link #refused} is called, once. By the thread that moves the room's
 * sequencer, under no lock; it must return at once.
 */
public interface Outcome extends CommandOutcome {

    /** Does nothing, however it comes out. */
    Outcome IGNORED = new Outcome() {
        @Override
        public void kept(long seq) {}

        @Override
        public void refused(RoomException why) {}
    };

    /**
     * The policy has replaced what was to be said. Called before {@link #kept}, if at all.
     */
    default void replaced() {}

    /**
     * The entry has its place and the journal has kept it. Called before any subscription can read the entry.
     *
     * @param seq its number in the room
     */
    @Override
    void kept(long seq);

    /**
     * The same command of the same session was ordered before. Its entry may have been read already.
     *
     * @param seq its number in the room
     */
    @Override
    default void repeated(long seq) {
        kept(seq);
    }

    /**
     * Nothing was ordered.
     *
     * @param why the reason
     */
    @Override
    void refused(RoomException why);
}
