package io.parley.room;

import io.parley.model.Action;
import io.parley.model.EntryPage;
import io.parley.model.Member;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.Tags;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A room in use: what a gateway, or the program itself, can ask of it. Any thread may call it; nothing blocks.
 *
 * <p>Whatever changes the room is put into one order, and happens in that order. How a request came out is told to its
 * {@link Outcome}.
 */
public interface Room {

    /**
     * Which room this is, as a value.
     *
     * @return its number, kind and name
     */
    RoomRef ref();

    /**
     * The kind of room.
     *
     * @return the kind
     */
    default RoomKind kind() {
        return ref().kind();
    }

    /**
     * The hub's number for it, not used again while the process lives.
     *
     * @return the number, from 1; 0 for announcements
     */
    default int number() {
        return ref().number();
    }

    /**
     * The room's name; of a direct conversation both names.
     *
     * @return the name as it was first given
     */
    String name();

    /**
     * The number of its history.
     *
     * @return the epoch
     */
    long epoch();

    /**
     * The last sequence number that was given and published.
     *
     * @return the head, 0 before the first
     */
    long head();

    /**
     * How many members there are.
     *
     * @return the number of users, not of connections
     */
    int memberCount();

    /**
     * Topic, settings, roles and restrictions as they are.
     *
     * @return the state
     */
    RoomState state();

    /**
     * The topic.
     *
     * @return the topic, empty if none was set
     */
    default String topic() {
        return state().topic();
    }

    // ---- what users ask for

    /**
     * Says something.
     *
     * @param sender the member who speaks, or the server's user
     * @param origin its session's public number
     * @param cid its own number for the message
     * @param body the text
     * @param tags what programs add
     * @param outcome told how it came out
     */
    default void say(User sender, long origin, long cid, String body, Tags tags, Outcome outcome) {
        take(sender, origin, cid, body, tags, outcome);
        proceed();
    }

    /**
     * Queues a message and leaves it to {@link #proceed} to order it: the messages of one read are kept together, and wake
     * each reader once.
     *
     * @param sender the member who speaks, or the server's user
     * @param origin its session's public number
     * @param cid its own number for the message
     * @param body the text
     * @param tags what programs add
     * @param outcome told how it came out
     */
    void take(User sender, long origin, long cid, String body, Tags tags, Outcome outcome);

    /** Orders what was queued by {@link #take}. To be called at the end of a read, whatever ended it. */
    void proceed();

    /**
     * Sets the topic.
     *
     * @param actor a moderator
     * @param topic the topic
     * @param outcome told how it came out
     */
    void setTopic(User actor, String topic, Outcome outcome);

    /**
     * Changes the settings.
     *
     * @param actor an owner
     * @param settings the new settings
     * @param outcome told how it came out
     */
    void configure(User actor, RoomSettings settings, Outcome outcome);

    /**
     * Acts on a user.
     *
     * @param actor a moderator or, to give roles, an owner
     * @param action what to do
     * @param target the user's name; it need not be here, except for roles and KICK
     * @param durationMillis for how long, for BAN and MUTE; 0 means for good
     * @param text why
     * @param outcome told how it came out
     */
    void moderate(User actor, Action action, String target, long durationMillis, String text, Outcome outcome);

    /**
     * Tells the others that a member is writing; nothing happens if the user is no member.
     *
     * @param user the member
     */
    void typing(User user);

    /**
     * Ends a membership. Its subscription still reads what was ordered before.
     *
     * @param subscription the subscription; nothing happens if it is over
     * @param text why, for the others; may be empty
     */
    void leave(Subscription subscription, String text);

    // ---- what the program asks for

    /**
     * Closes the room: everybody is out, and the room is not in use any more. What the journal keeps of it stays. Whoever
     * joins the name afterwards, or meanwhile, gets the room anew. Idempotent.
     *
     * @param text why, for the members; may be empty
     * @return completes when the room can be opened anew; fails with a {@link io.parley.model.RoomException}: FORBIDDEN for
     *     announcements, TOO_LARGE for a text that is too long
     */
    CompletableFuture<@Nullable Void> close(String text);

    /**
     * Closes the room, and forgets its history, settings, roles and restrictions: the name is a new room afterwards, of
     * another epoch. Idempotent.
     *
     * @param text why, for the members; may be empty
     * @return completes when all is forgotten; fails with a {@link io.parley.model.RoomException}: ROOM_GONE if the room was
     *     closed before, and so kept its history, UNAVAILABLE if the journal cannot forget it, and as {@link #close}
     */
    CompletableFuture<@Nullable Void> delete(String text);

    /**
     * Lets a room that the program keeps in use be closed when nobody is in it. Nothing happens to other rooms.
     *
     * @return completes when that is so; fails with a {@link io.parley.model.RoomException}: FORBIDDEN for announcements
     */
    CompletableFuture<@Nullable Void> unpin();

    // ---- reading

    /**
     * Reads history: with {@code after} the oldest entries above it, else the newest below {@code before}.
     *
     * @param reader a member, or the server's user
     * @param after exclusive lower bound or {@link io.parley.journal.Journal#NONE}
     * @param before exclusive upper bound or {@link io.parley.journal.Journal#NONE}
     * @param limit how many at most; the hub's own bound applies too
     * @return completes with the page, or fails with a {@link io.parley.model.RoomException}
     */
    CompletableFuture<EntryPage> history(User reader, long after, long before, int limit);

    /**
     * A page of members in the order of their names.
     *
     * @param reader a member, or the server's user
     * @param after the name the page begins behind; empty for the first page
     * @param limit how many at most
     * @return the members
     * @throws io.parley.model.RoomException if the reader is no member
     */
    List<Member> members(User reader, String after, int limit);
}
