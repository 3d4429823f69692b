package io.parley.server;

import io.parley.model.Entry;
import io.parley.model.RoomException;

/**
 * What a bot hears. Its methods are called one at a time, on threads of the scheduler's executor: what happens in a room, in
 * the order of the room.
 *
 * <p>A method may block: neither the rooms nor other bots wait for it. It may wait for futures of its bot, since they complete
 * on other threads. While it blocks, the bot reads nothing; what it missed in the rooms it reads from their history afterwards.
 * What a method throws is logged, and the next call follows.
 */
@FunctionalInterface
public interface BotListener {

    /**
     * Somebody else has said something, in a room or in a direct conversation. Not called for what was said before the bot
     * joined: that is in {@link BotRoom#backlog}.
     *
     * @param room where
     * @param message what was said
     */
    void onMessage(BotRoom room, Entry.Message message);

    /**
     * Something else has happened in a room: topic, moderation, settings, presence, names, typing. The bot's own acts are told
     * as well. Presence, names and typing have no number: those that the bot missed while it was too slow are not told. In an
     * {@link Entry.Moderated} the subject is empty.
     *
     * @param room where
     * @param entry what happened
     */
    default void onEntry(BotRoom room, Entry entry) {}

    /**
     * Somebody has opened a direct conversation with the bot. The first message follows.
     *
     * @param room the conversation
     */
    default void onOpened(BotRoom room) {}

    /**
     * Entries are lost: the bot was too slow, and the journal does not have them any more.
     *
     * @param room where
     * @param from the first number
     * @param to the last number
     */
    default void onMissed(BotRoom room, long from, long to) {}

    /**
     * The bot is not in a room any more: it was kicked or banned, or the room was closed. Not called when it leaves by itself.
     *
     * @param room the room
     * @param why the reason
     */
    default void onEnded(BotRoom room, RoomException why) {}

    /**
     * The bot was removed, or the server shuts down. This is the last call. When the server shuts down, the bot may still speak
     * until the connections have ended. Not called when the bot closes itself.
     *
     * @param why the reason
     */
    default void onClosed(String why) {}
}
