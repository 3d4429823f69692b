package io.parley.client;

import io.parley.model.Action;

/**
 * Somebody was moderated. Immutable, for any thread.
 *
 * @param seq the number of the entry in its room
 * @param timeMillis when, by the server's clock, in milliseconds since 1970
 * @param actor who did it
 * @param action what was done; OTHER for an act that this library does not know
 * @param target whom it was done to
 * @param durationMillis for how long, in milliseconds; 0 is for good
 * @param text why; may be empty
 */
public record Moderation(
        long seq, long timeMillis, String actor, Action action, String target, long durationMillis, String text) {}
