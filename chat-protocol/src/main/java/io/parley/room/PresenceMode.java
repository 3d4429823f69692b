package io.parley.room;

/** How much a room tells its members of who comes and goes. */
public enum PresenceMode {
    /** Names, as long as the room is not larger than the listing bound; above it the count. */
    FULL,
    /** Only how many members there are. */
    COUNT,
    /** Nothing. */
    OFF
}
