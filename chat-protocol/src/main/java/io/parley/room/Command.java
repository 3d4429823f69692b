package io.parley.room;

import io.parley.model.Action;
import io.parley.model.NamePolicy;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import org.jspecify.annotations.Nullable;

/** Something a user asks a room to order: it becomes a sequenced entry, or is refused. */
sealed interface Command {

    /** Something to be said. */
    record Say(long origin, long cid, String body, Tags tags) implements Command {}

    /** A new topic. */
    record SetTopic(String topic) implements Command {}

    /** An act on a user; 0 milliseconds means for good. */
    record Moderate(Action action, Target target, long durationMillis, String text) implements Command {}

    /** New settings. */
    record Configure(RoomSettings settings) implements Command {}

    /**
     * The one a moderator acts on, as the hub found it by its name.
     *
     * @param name the name
     * @param identity the identity, for roles; the ban key where the user is not here
     * @param banKey the key for bans, mutes and invitations
     * @param nameKey the same key for whoever has the name
     * @param accountKey the same key for an account that is called by the name
     * @param user the user, or null where it is not here
     */
    record Target(
            String name,
            String identity,
            String banKey,
            String nameKey,
            String accountKey,
            @Nullable User user) {

        static Target of(User user) {
            return new Target(
                    user.name(), user.identity(), user.banKey(), user.nameKey(), User.ACCOUNT + user.key(), user);
        }

        /** Somebody of whom nothing is known but the identity. */
        static Target away(String identity) {
            String name = identity.substring(identity.indexOf(':') + 1);
            return new Target(name, identity, identity, identity, identity, null);
        }

        static Target away(NamePolicy.Name name) {
            String nameKey = NamePolicy.guestBanKey(name.key());
            return new Target(name.display(), nameKey, nameKey, nameKey, User.ACCOUNT + name.key(), null);
        }
    }
}
