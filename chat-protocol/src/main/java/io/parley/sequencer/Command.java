package io.parley.sequencer;

import io.parley.model.Action;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import org.jspecify.annotations.Nullable;

/** Something a user asks a room to order: it becomes a sequenced entry, or is refused. */
public sealed interface Command {

    /**
     * Something to be said.
     *
     * @param body the text
     * @param tags what programs add
     */
    record Say(String body, Tags tags) implements Command {}

    /**
     * A new topic.
     *
     * @param topic the topic; empty to remove it
     */
    record SetTopic(String topic) implements Command {}

    /**
     * An act on a user.
     *
     * @param action what to do
     * @param target the user's id; 0 where a restriction is lifted
     * @param known the user as the hub knows it; null if it does not, but the room may
     * @param restriction the number of the restriction that is lifted; else 0
     * @param durationMillis for how long; 0 means for good
     * @param text why
     * @param blind whether the policy was asked about nobody, so that it must not turn out to be somebody
     */
    record Moderate(
            Action action,
            long target,
            @Nullable Target known,
            long restriction,
            long durationMillis,
            String text,
            boolean blind)
            implements Command {

        /**
         * An act that the policy was asked about, or need not be.
         *
         * @param action what to do
         * @param target the user's id; 0 where a restriction is lifted
         * @param known the user as the hub knows it, or null
         * @param restriction the number of the restriction that is lifted; else 0
         * @param durationMillis for how long; 0 means for good
         * @param text why
         */
        public Moderate(
                Action action,
                long target,
                @Nullable Target known,
                long restriction,
                long durationMillis,
                String text) {
            this(action, target, known, restriction, durationMillis, text, false);
        }
    }

    /**
     * New settings.
     *
     * @param settings the settings
     */
    record Configure(RoomSettings settings) implements Command {}

    /**
     * The one a moderator acts on.
     *
     * @param item who
     * @param addressKey stands for where a guest comes from; 0 where that says nothing
     */
    record Target(UserItem item, long addressKey) {}
}
