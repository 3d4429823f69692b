package io.parley.client;

/**
 * Somebody was moderated. Immutable, for any thread.
 *
 * @param seq the number of the entry in its room
 * @param timeMillis when, by the server's clock, in milliseconds since 1970
 * @param actor who did it
 * @param action one of {@link io.parley.wire.Action}, perhaps a newer one than this library knows
 * @param target whom it was done to
 * @param durationMillis for how long, in milliseconds; 0 is for good
 * @param text why; may be empty
 */
public record Moderation(
        long seq, long timeMillis, String actor, int action, String target, long durationMillis, String text) {}
