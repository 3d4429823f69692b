package io.parley.model;

import io.parley.codec.ValueText;

/**
 * A restriction as a moderator sees it in a list. Immutable, for any thread.
 *
 * @param number by which it is lifted
 * @param actionCode the number of an {@link Action}: BAN or MUTE, or one that this version does not know
 * @param user whom it binds, under the name of that time
 * @param by who imposed it
 * @param remainingMillis how long it still lasts, in milliseconds; 0 is for good
 * @param text why; may be empty
 */
public record RestrictionItem(
        long number, int actionCode, UserItem user, UserItem by, long remainingMillis, String text) {

    /**
     * What was done.
     *
     * @return the action; OTHER for one that this version does not know
     */
    public Action action() {
        return Action.of(actionCode);
    }

    @Override
    public String toString() {
        return new ValueText("RESTRICTION")
                .number("number", number)
                .word("action", action() == Action.OTHER ? "ACTION_" + actionCode : action().name())
                .nested("user", user)
                .nested("by", by)
                .number("remainingMillis", remainingMillis)
                .text("text", text)
                .toString();
    }
}
