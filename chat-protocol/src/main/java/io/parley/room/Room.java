package io.parley.room;

import static java.util.Objects.requireNonNull;

import io.parley.model.Action;
import io.parley.model.Checks;
import io.parley.model.EntryPage;
import io.parley.model.Member;
import io.parley.model.Restriction;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomException;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.RoomSettings;
import io.parley.model.RoomState;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.sequencer.Command;
import io.parley.sequencer.RoomCursor;
import io.parley.sequencer.RoomParticipant;
import io.parley.sequencer.RoomUser;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A room in use, as the program sees it. Any thread may call it; nothing blocks. What users ask of a room they ask through
 * their {@link Session}.
 *
 * <p>Whatever changes the room is put into one order, and happens in that order. How a request came out is told to its
 * {@link Outcome}.
 */
public abstract class Room {
    Room() {}

    /**
     * Which room this is, as a value.
     *
     * @return its number, kind and name
     */
    public abstract RoomRef ref();

    /**
     * The kind of room.
     *
     * @return the kind
     */
    public RoomKind kind() {
        return ref().kind();
    }

    /**
     * The hub's number for it, not used again while the process lives.
     *
     * @return the number, from 1; 0 for announcements
     */
    public int number() {
        return ref().number();
    }

    /**
     * The room's name; of a direct conversation both names.
     *
     * @return the name as it was first given
     */
    public abstract String name();

    /**
     * The number of its history.
     *
     * @return the epoch
     */
    public abstract long epoch();

    /**
     * The last sequence number that was given and published.
     *
     * @return the head, 0 before the first
     */
    public abstract long head();

    /**
     * How many members there are.
     *
     * @return the number of users, not of connections
     */
    public abstract int memberCount();

    /**
     * Topic, settings, roles and restrictions as they are.
     *
     * @return the state
     */
    public abstract RoomState state();

    /**
     * The topic.
     *
     * @return the topic, empty if none was set
     */
    public String topic() {
        return state().topic();
    }

    // ---- reading, for the program

    /**
     * Reads history: with {@code after} the oldest entries above it, else the newest below {@code before}.
     *
     * @param after exclusive lower bound or {@link io.parley.journal.Journal#NONE}
     * @param before exclusive upper bound or {@link io.parley.journal.Journal#NONE}
     * @param limit how many at most; the hub's own bound applies too
     * @return completes with the page
     */
    public final CompletableFuture<EntryPage> history(long after, long before, int limit) {
        return history(operator(), after, before, limit);
    }

    /**
     * Searches for messages, the newest first. A page may be short or empty and have {@code more}: see {@link
     * io.parley.journal.Journal#search}.
     *
     * @param query what is searched for; the hub's own bound of entries applies too
     * @return completes with the page, or fails with a {@link RoomException}: UNAVAILABLE if the journal has no index
     */
    public final CompletableFuture<EntryPage> search(SearchQuery query) {
        return search(operator(), query);
    }

    /**
     * A page of members in the order of their names.
     *
     * @param after the name the page begins behind; empty for the first page
     * @param limit how many at most
     * @return the members
     */
    public final List<Member> members(String after, int limit) {
        return members(operator(), after, limit);
    }

    // ---- what the program does, in the operator's name

    /**
     * Says something.
     *
     * @param text what to say
     * @return completes with the number of the message, or fails with a {@link io.parley.model.RoomException}
     */
    public final CompletableFuture<Long> say(String text) {
        return told(ordered(new Command.Say(requireNonNull(text, "text"), Tags.NONE)));
    }

    /**
     * Sets the topic.
     *
     * @param topic the topic; empty to remove it
     * @return completes with the number of the entry, or fails with a {@link io.parley.model.RoomException}
     */
    public final CompletableFuture<Long> setTopic(String topic) {
        return told(ordered(new Command.SetTopic(requireNonNull(topic, "topic"))));
    }

    /**
     * Changes the settings.
     *
     * @param settings the new settings
     * @return completes with the number of the entry, or fails with a {@link io.parley.model.RoomException}
     */
    public final CompletableFuture<Long> configure(RoomSettings settings) {
        return told(ordered(new Command.Configure(requireNonNull(settings, "settings"))));
    }

    /**
     * Acts on a user. UNBAN and UNMUTE lift the restriction of whoever has the name.
     *
     * @param action what to do
     * @param target the user's name: of somebody who is here, of an account, or of a guest who has just gone
     * @param duration for how long, for BAN and MUTE; zero means for good
     * @param text why; may be empty
     * @return completes with the number of the entry, or fails with a {@link io.parley.model.RoomException}
     */
    public final CompletableFuture<Long> moderate(Action action, String target, Duration duration, String text) {
        long millis = Checks.millis("duration", duration);
        requireNonNull(action, "action");
        requireNonNull(text, "text");
        return told(target(requireNonNull(target, "target")).thenCompose(found -> {
            long number = action.lifts() ? number(action, found.item()) : 0;
            if (action.lifts() && number == 0) {
                String what = action == Action.UNBAN ? " is not banned from this room" : " is not muted in this room";
                throw new RoomException(
                        RoomException.Reason.BAD_REQUEST, found.item().name() + what);
            }
            return ordered(new Command.Moderate(action, found.item().id(), found, number, millis, text));
        }));
    }

    /** The number of the restriction that binds a user; 0 if none does. */
    private long number(Action action, UserItem user) {
        RoomState state = state();
        Restriction bound = (action == Action.UNBAN ? state.bans() : state.mutes()).get(user.id());
        return bound == null ? 0 : bound.number();
    }

    /**
     * Lifts a restriction.
     *
     * @param action UNBAN or UNMUTE
     * @param restriction its number
     * @param text why; may be empty
     * @return completes with the number of the entry, or fails with a {@link io.parley.model.RoomException}
     */
    public final CompletableFuture<Long> lift(Action action, long restriction, String text) {
        requireNonNull(text, "text");
        return told(ordered(new Command.Moderate(action, 0, null, restriction, 0, text)));
    }

    /**
     * Lists the restrictions that are running.
     *
     * @return all of them, by their numbers
     */
    public final List<RestrictionItem> restrictions() {
        return restrictions(operator(), 0, Integer.MAX_VALUE);
    }

    /**
     * Closes the room: everybody is out, and the room is not in use any more. What the journal keeps stays, if the room is an
     * account's or the server's; any other room ends. Idempotent.
     *
     * @param text why, for the members; may be empty
     * @return completes when the room can be opened anew; fails with a {@link io.parley.model.RoomException}: FORBIDDEN for
     *     announcements, TOO_LARGE for a text that is too long
     */
    public abstract CompletableFuture<@Nullable Void> close(String text);

    /**
     * Closes the room, and forgets its history, settings, roles and restrictions: the name is a new room afterwards, of
     * another epoch. Idempotent.
     *
     * @param text why, for the members; may be empty
     * @return completes when all is forgotten; fails with a {@link io.parley.model.RoomException}: ROOM_GONE if the room was
     *     closed before, and so kept its history, UNAVAILABLE if the journal cannot forget it, and as {@link #close}
     */
    public abstract CompletableFuture<@Nullable Void> delete(String text);

    /**
     * Lets a room that the program keeps in use be closed when nobody is in it. Nothing happens to other rooms.
     *
     * @return completes when that is so; fails with a {@link io.parley.model.RoomException}: FORBIDDEN for announcements
     */
    public abstract CompletableFuture<@Nullable Void> unpin();

    /** Has the operator ask for something; it is told by whichever thread it happens on. */
    final CompletableFuture<Long> ordered(Command command) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        order(command, new Outcome() {
            @Override
            public void kept(long seq) {
                done.complete(seq);
            }

            @Override
            public void refused(RoomException why) {
                done.completeExceptionally(why);
            }
        });
        return done;
    }

    /** Has the operator ask for something. */
    abstract void order(Command command, Outcome outcome);

    /** The one that the program means by a name. */
    abstract CompletableFuture<Command.Target> target(String name);

    /** The server's own user. */
    abstract RoomUser operator();

    /** The same outcome, told where the program may do as it likes. */
    abstract <T> CompletableFuture<T> told(CompletableFuture<T> outcome);

    // ---- what users ask for; judged by the room's own rules, and by nothing else

    /**
     * Queues a message and leaves it to {@link #proceed} to order it: the messages of one read are kept together, and wake
     * each reader once.
     */
    abstract void take(RoomParticipant sender, long cid, String body, Tags tags, Outcome outcome);

    /** Orders what was queued by {@link #take}. To be called at the end of a read, whatever ended it. */
    abstract void proceed();

    /** Completes when all that was asked of the room before has happened and was told. */
    abstract CompletableFuture<@Nullable Void> settled();

    /** Orders a command. */
    abstract void order(RoomParticipant actor, long cid, Command command, Outcome outcome);

    /** Tells the others that a member is writing; nothing happens if the user is no member. */
    abstract void typing(RoomUser user);

    /** Ends the place of a session, if it is not over. Its subscription still reads what was ordered before. */
    abstract void leave(RoomCursor subscription, String text);

    /** Ends the membership of the user, on all its connections. */
    abstract void resign(RoomCursor subscription);

    /** Moves the marker of an account that is a member; gives where it is then, or 0 if it does not move. */
    abstract long read(RoomUser reader, long seq);

    /** Reads history, for a member or the server's user: see {@link Session#history}. */
    abstract CompletableFuture<EntryPage> history(RoomUser reader, long after, long before, int limit);

    /** Searches, for a member or the server's user: see {@link Session#search}. */
    abstract CompletableFuture<EntryPage> search(RoomUser reader, SearchQuery query);

    /** The restrictions that are running, for a moderator: see {@link Session#restrictions}. */
    abstract List<RestrictionItem> restrictions(RoomUser reader, long after, int limit);

    /** A page of members, for a member or the server's user: see {@link Session#members}. */
    abstract List<Member> members(RoomUser reader, String after, int limit);
}
