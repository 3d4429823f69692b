package io.parley.model;

/**
 * A role that somebody has in a room, whether it is there or not. Immutable, for any thread.
 *
 * @param user who, under the name of the time when the role was given
 * @param role what it may do
 */
public record RoleGrant(UserItem user, Role role) {}
