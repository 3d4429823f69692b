package io.parley.room;

import io.parley.model.RoomException;

/**
 * Told how a request to a room came out; exactly one of its methods is called, once. Called outside every lock,
 * by the thread that moves the room's lane: it must return at once.
 */
public interface Outcome {

    /**
     * The entry has its place and the journal has kept it. Called before any cursor can read the entry.
     *
     * @param seq its number in the room
     */
    void kept(long seq);

    /**
     * Nothing was ordered.
     *
     * @param why the reason
     */
    void refused(RoomException why);
}
