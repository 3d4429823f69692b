package io.parley.client;

/**
 * Says that a message has its place.
 *
 * @param seq its number in the room
 */
public record Receipt(long seq) {}
