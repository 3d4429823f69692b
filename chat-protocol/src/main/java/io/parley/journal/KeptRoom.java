package io.parley.journal;

import io.parley.model.RoomState;

/**
 * What a journal knows of a room. Immutable, for any thread.
 *
 * @param number the room's number, from 1; another room never has it
 * @param epoch the number of this history; another epoch means that old sequence numbers say nothing
 * @param head the last number given, 0 before the first
 * @param floor the lowest number still kept; head + 1 when none is
 * @param state the room's state after head
 */
public record KeptRoom(int number, long epoch, long head, long floor, RoomState state) {}
