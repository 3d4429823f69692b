package io.parley.apps.client.view;

import io.parley.client.ChatClient;
import io.parley.client.ChatException;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.MyRoom;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomItem;
import io.parley.model.UserItem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what happens: as lines of text, as JSON objects, or on a screen. The callback thread calls all of it, except for
 * {@link #close}. A view makes the text of others harmless for a terminal; no other class does.
 */
public interface View {

    /** Why a room or conversation is open. */
    enum Arrival {
        /** The user asked for it. */
        REQUESTED,
        /** Another user began the conversation. */
        INCOMING
    }

    // ---- the connection

    /**
     * The client is connected and logged in.
     *
     * @param server the address as the user could type it
     * @param again whether it has reconnected
     */
    void connected(ChatClient client, String server, boolean again);

    /** The connection is lost, or an attempt to reconnect failed; the next attempt comes after a delay. */
    void connectionLost(String why, Duration delay);

    /** The operator has sent a text to all users. */
    void notice(String sender, String text);

    /** The server is about to shut down. */
    void goingAway(String reason);

    /**
     * The program ends; the last message. {@link #close} may be called before, after, or not at all.
     *
     * @param text for the user
     * @param why the error; null if there was none
     * @param exitCode the exit code of the program
     */
    void ended(String text, @Nullable ChatException why, int exitCode);

    // ---- rooms

    /** A room or conversation is open. */
    void entered(ChatRoom room, Arrival arrival);

    /** The numbers of a room have begun anew: it is another one of the same name, or what was said is lost. */
    void restarted(Place place, ChatRoom room);

    /** The user is not in a room any more. */
    void left(Place place, String why);

    void message(Place place, Message message);

    /**
     * The user has typed a message, and it is not said yet.
     *
     * @param number tells it from others
     * @param action whether it is an action (/me)
     */
    default void pending(ChatRoom room, long number, String text, boolean action) {}

    /**
     * A message that was pending is said, or never will be.
     *
     * @param seq its number in the room; 0 if it was not said
     */
    default void settled(long number, long seq) {}

    /**
     * A message is not said, or perhaps not.
     *
     * @param place where it was to be said; null if that is not open
     * @param text which, and why
     * @param over whether the client has ended, so that the user may not see it on a screen
     */
    void unsaid(@Nullable Place place, String text, boolean over);

    /** A line of the user was refused before anything was done. The user may want to type it otherwise. */
    default void giveBack(String line) {}

    /** What tells the server what the user has read. Called once, before the client is connected. */
    default void markers(ReadMarkers markers) {}

    /** Whether the user sees at once what comes in a room. */
    default boolean isRead(ChatRoom room) {
        return true;
    }

    /** The user has read a room up to a number, here or on another device. */
    default void read(Place place, long seq) {}

    /** The rooms and conversations of the user's account. */
    void mine(List<MyRoom> rooms);

    /** History that the user asked for. */
    void history(Place place, List<Message> messages);

    /**
     * A page of what the user has searched for.
     *
     * @param messages the newest first
     * @param more whether there may be another page
     */
    void found(Place place, List<Message> messages, boolean more);

    /** Another user has joined. */
    void joined(Place place, String name);

    /** Another user has left. */
    void parted(Place place, String name, String why);

    /**
     * A user has another name.
     *
     * @param place the room; null if the user of this client is in none
     * @param self whether it is the user of this client
     */
    void renamed(@Nullable Place place, String from, String to, boolean self);

    void typing(Place place, String name);

    void topic(Place place, Entry.TopicChanged change);

    void moderated(Place place, Entry.Moderated act);

    void configured(Place place, Entry.Configured change);

    /** Some messages are not available any more. */
    void messagesLost(Place place, long count);

    // ---- answers to commands

    void members(ChatRoom room, List<Member> members);

    /** Who is banned or muted in a room. */
    void restrictions(ChatRoom room, List<RestrictionItem> restrictions);

    /**
     * A user is ignored from now on, or not any more.
     *
     * @param on whether it is ignored
     */
    void ignoring(UserItem user, boolean on);

    /** Who is ignored. */
    void ignored(List<UserItem> users);

    /** A page of the list of rooms. */
    void rooms(List<RoomItem> rooms);

    /**
     * The answer to a command.
     *
     * @param place the room it is about, or null
     */
    void answer(@Nullable Place place, String text);

    /** A command failed. */
    void error(String text);

    /** The server refused a command. */
    default void refused(ChatException why) {
        error("! " + EventText.refusal(why));
    }

    /** Restores the terminal. Idempotent; any thread may call it. */
    default void close() {}
}
