package io.parley.client;

import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.UserItem;

/** Told of what happens in one room, in its order, on the client's callback executor. */
@FunctionalInterface
public interface RoomListener {

    /**
     * Something was said; by this session too.
     *
     * @param message the message
     */
    void onMessage(Message message);

    /**
     * A user became a member.
     *
     * @param member the user
     */
    default void onJoined(Member member) {}

    /**
     * A user is no member any more.
     *
     * @param user the user
     * @param text why; may be empty
     */
    default void onLeft(UserItem user, String text) {}

    /**
     * A member went away: the account is a member still, and has no session in the room any more. Told as {@link #onLeft} unless
     * it is overridden.
     *
     * @param user who it is
     * @param text why; may be empty
     */
    default void onAway(UserItem user, String text) {
        onLeft(user, text);
    }

    /**
     * A member who was away is here again. Told as {@link #onJoined} unless it is overridden.
     *
     * @param member who it is
     */
    default void onBack(Member member) {
        onJoined(member);
    }

    /**
     * This user's account has read the room up to a number, here or on another device.
     *
     * @param seq the number of the entry
     */
    default void onRead(long seq) {}

    /**
     * A member has a new name.
     *
     * @param from the old name
     * @param user the new one
     */
    default void onRenamed(String from, UserItem user) {}

    /**
     * A member is writing.
     *
     * @param user the member
     */
    default void onTyping(UserItem user) {}

    /**
     * The topic changed.
     *
     * @param change the topic, and who set it
     */
    default void onTopic(Entry.TopicChanged change) {}

    /**
     * Somebody was moderated.
     *
     * @param act what was done to whom
     */
    default void onModerated(Entry.Moderated act) {}

    /**
     * The settings changed.
     *
     * @param change the settings, and who changed them
     */
    default void onConfigured(Entry.Configured change) {}

    /**
     * Part of the room's history cannot be had any more: this client was too slow for longer than the server keeps
     * messages. Told once for each such part.
     *
     * @param fromSeq the first number that is lost
     * @param toSeq the last
     */
    default void onLost(long fromSeq, long toSeq) {}

    /**
     * The room's numbers begin anew: what is told from now on has numbers that have nothing to do with the earlier ones,
     * and something may be missing in between. The server has lost its records, or the room is a new one of that name.
     *
     * @param epoch the name of the new run of numbers, as {@link ChatRoom#epoch} gives it
     */
    default void onReset(long epoch) {}

    /**
     * The room is over for this client: it was sent out, the room was closed, or the client ended. A lost connection alone
     * is no end.
     *
     * @param why the reason
     */
    default void onClosed(ChatException why) {}
}
