package io.parley.model;

/**
 * Which room. Immutable, for any thread.
 *
 * @param number the server's number for it, from 1; not used again while the process lives. 0 for announcements
 * @param kind the kind of room
 * @param name its name as it was first given; empty for a direct conversation, which each of the two calls by the other
 * @param key what makes the name unique: {@link NamePolicy.Name#key}; empty for a direct conversation
 */
public record RoomRef(int number, RoomKind kind, String name, String key) {}
