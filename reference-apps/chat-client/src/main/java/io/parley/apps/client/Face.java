package io.parley.apps.client;

import io.parley.client.ChatClient;
import io.parley.client.ChatRoom;
import io.parley.client.Message;
import io.parley.client.Moderation;
import io.parley.client.SettingsChange;
import io.parley.client.TopicChange;
import io.parley.model.Member;
import io.parley.model.RoomItem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows what happens to whoever reads: as plain lines, as objects for a program, or on a screen. The callbacks' thread
 * calls all of it; what others wrote is made harmless here and nowhere else.
 */
interface Face {

    /** How a room came to be open. */
    enum Arrival {
        /** It was asked for. */
        ASKED,
        /** The other began the conversation. */
        CALLED,
        /** Again, after the connection had been lost. */
        AGAIN,
        /** The same, but what was said before is not there any more. */
        ANEW
    }

    // ---- the connection

    /**
     * The client is connected and logged in.
     *
     * @param server where, as it could be typed
     * @param again whether that is after a loss
     */
    void connected(ChatClient client, String server, boolean again);

    /** The connection is lost, or could not be made again; the next attempt comes after a while. */
    void interrupted(String why, Duration pause);

    /** The operator says something to everybody. */
    void notice(String sender, String text);

    /** The server is about to end. */
    void goingAway(String reason);

    /**
     * All is over; the last word. {@link #close} may come before it, after it, or without it.
     *
     * @param exitCode one of {@link ExitCode}, which the program ends with
     */
    void over(String why, int exitCode);

    // ---- a room

    /** A room is open. */
    void entered(ChatRoom room, Arrival arrival);

    /** A room is over for this user. */
    void left(Place place, String why);

    /**
     * Something was said.
     *
     * @param past whether that was before this user came
     */
    void said(Place place, Message message, boolean past);

    /** What was asked for of the past. */
    void remembered(Place place, List<Message> messages);

    void joined(Place place, String name);

    void parted(Place place, String name, String why);

    /**
     * Somebody has another name.
     *
     * @param place where that is seen; null if nowhere, which is told of this user alone
     * @param self whether that is this user
     */
    void renamed(@Nullable Place place, String from, String to, boolean self);

    void typing(Place place, String name);

    void topic(Place place, TopicChange change);

    void moderated(Place place, Moderation act);

    void configured(Place place, SettingsChange change);

    /** Some messages cannot be had any more. */
    void lost(Place place, long count);

    // ---- what was typed

    /** Says who is in a room. */
    void present(ChatRoom room, List<Member> members);

    /** Says which rooms there are; a page of them. */
    void listed(List<RoomItem> rooms);

    /**
     * Answers a command.
     *
     * @param place what it is about, or null
     */
    void answer(@Nullable Place place, String text);

    /** Something that was typed cannot be done, or a message was not said. */
    void trouble(String text);

    /** Puts everything back as it was. Idempotent, and the one method that any thread may call. */
    default void close() {}
}
