package io.parley.client;

import io.parley.model.Tags;
import io.parley.model.UserItem;

/**
 * Something said in a room.
 *
 * @param seq its number in the room: without holes, the same for everybody
 * @param timeMillis when the server ordered it, in milliseconds since 1970; for display
 * @param author who said it, under the name of that time
 * @param text what was said
 * @param tags what programs added
 * @param own whether this very client said it
 * @param kind whether it is told as it is said, or was said before
 */
public record Message(
        long seq, long timeMillis, UserItem author, String text, Tags tags, boolean own, MessageKind kind) {

    /**
     * The name of who said it.
     *
     * @return the name at that time
     */
    public String sender() {
        return author.name();
    }
}
