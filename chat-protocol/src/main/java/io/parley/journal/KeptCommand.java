package io.parley.journal;

/**
 * Where a command of a session is kept. Immutable, for any thread.
 *
 * @param room the key of the room
 * @param origin the session's public number
 * @param cid the number of the command within its origin
 * @param seq its number in the room
 */
public record KeptCommand(String room, long origin, long cid, long seq) {}
