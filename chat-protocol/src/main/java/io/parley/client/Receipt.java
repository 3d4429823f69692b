package io.parley.client;

/**
 * PendingMessages that a message has its place.
 *
 * @param seq its number in the room
 */
public record Receipt(long seq) {}
