package io.parley.model;

import io.parley.codec.ValueText;

/**
 * The newest message of a room, in short. Immutable, for any thread.
 *
 * @param seq its number
 * @param timeMillis when it was said, in milliseconds since 1970
 * @param author who said it, under the name of that time
 * @param text the text, or its beginning
 */
public record LastMessage(long seq, long timeMillis, UserItem author, String text) {
    private static final int MOST_CHARS = 200;

    /**
     * A message in short.
     *
     * @param message the message
     * @return its first 200 characters, with its number, time and author
     */
    public static LastMessage of(Entry.Message message) {
        String body = message.body();
        int end = Math.min(body.length(), MOST_CHARS);
        if (end < body.length() && Character.isHighSurrogate(body.charAt(end - 1))) {
            end--;
        }
        return new LastMessage(message.seq(), message.timeMillis(), message.author(), body.substring(0, end));
    }

    @Override
    public String toString() {
        return new ValueText("LAST")
                .number("seq", seq)
                .nested("author", author)
                .text("text", text)
                .toString();
    }
}
