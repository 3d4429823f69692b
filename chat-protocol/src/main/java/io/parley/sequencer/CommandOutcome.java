package io.parley.sequencer;

import io.parley.model.RoomException;

/** Told how a command came out: one of the methods is called, once. The room's mover, under no lock. */
public interface CommandOutcome {
    /**
     * The entry has its place and was kept. Called before anybody can read the entry.
     *
     * @param seq its number in the room
     */
    void kept(long seq);

    /**
     * The same command of the same session was ordered before.
     *
     * @param seq its number in the room
     */
    void repeated(long seq);

    /**
     * Nothing was ordered.
     *
     * @param why the reason
     */
    void refused(RoomException why);
}
