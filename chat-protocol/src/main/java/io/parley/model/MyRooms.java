package io.parley.model;

import java.util.List;

/**
 * A page of the rooms that an account is a member of. Immutable, for any thread.
 *
 * @param rooms the rooms
 * @param next where the next page begins; empty after the last
 */
public record MyRooms(List<MyRoom> rooms, String next) {}
