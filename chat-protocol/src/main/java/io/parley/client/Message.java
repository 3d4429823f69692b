package io.parley.client;

import io.parley.model.Tags;

/**
 * Something said in a room.
 *
 * @param seq its number in the room: without holes, the same for everybody
 * @param timeMillis when the server ordered it, in milliseconds since 1970; for display
 * @param sender who said it
 * @param text what was said
 * @param tags what programs added
 * @param own whether this very session said it
 */
public record Message(long seq, long timeMillis, String sender, String text, Tags tags, boolean own) {}
