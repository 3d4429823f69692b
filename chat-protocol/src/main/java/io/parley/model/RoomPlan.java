package io.parley.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a room is to be like that the program makes. Immutable, for any thread; others are made from {@link #DEFAULT}.
 *
 * @param settings its settings
 * @param topic its topic; empty for none
 * @param owner the name of the account that owns it, which need not be here; null for nobody but the server
 * @param keptOpen whether it stays in use with nobody in it. A room that does not is closed until somebody joins; without an
 *     owner, that one becomes the owner
 */
public record RoomPlan(
        RoomSettings settings, String topic, @Nullable String owner, boolean keptOpen) {
    /** A room with the usual settings, no topic and no owner, that is kept open. */
    public static final RoomPlan DEFAULT = new RoomPlan(RoomSettings.DEFAULT, "", null, true);

    /**
     * Makes a plan.
     *
     * @param settings its settings
     * @param topic its topic; empty for none
     * @param owner the name of the account that owns it, or null
     * @param keptOpen whether it stays in use with nobody in it
     * @throws IllegalArgumentException if the owner's name is empty
     */
    public RoomPlan {
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(topic, "topic");
        if (owner != null && owner.isEmpty()) {
            throw new IllegalArgumentException("owner is empty");
        }
    }

    /**
     * This plan, with other settings.
     *
     * @param value the settings
     * @return a new plan
     */
    public RoomPlan withSettings(RoomSettings value) {
        return new RoomPlan(value, topic, owner, keptOpen);
    }

    /**
     * This plan, with another topic.
     *
     * @param value the topic; empty for none
     * @return a new plan
     */
    public RoomPlan withTopic(String value) {
        return new RoomPlan(settings, value, owner, keptOpen);
    }

    /**
     * This plan, with an owner.
     *
     * @param account the name of an account, as it logs in with; where accounts are called by their names, the key of the name
     * @return a new plan
     * @throws IllegalArgumentException if the id is empty
     */
    public RoomPlan withOwner(String account) {
        return new RoomPlan(settings, topic, Objects.requireNonNull(account, "account"), keptOpen);
    }

    /**
     * This plan, for a room that is kept open or not.
     *
     * @param value whether it stays in use with nobody in it
     * @return a new plan
     */
    public RoomPlan withKeptOpen(boolean value) {
        return new RoomPlan(settings, topic, owner, value);
    }
}
