package io.parley.client;

/**
 * A room has another topic. Immutable, for any thread.
 *
 * @param seq the number of the entry in its room
 * @param timeMillis when, by the server's clock, in milliseconds since 1970
 * @param actor who set it
 * @param topic the topic; empty if it was removed
 */
public record TopicChange(long seq, long timeMillis, String actor, String topic) {}
