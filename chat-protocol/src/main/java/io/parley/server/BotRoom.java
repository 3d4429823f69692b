package io.parley.server;

import static java.util.Objects.requireNonNull;

import io.parley.model.Action;
import io.parley.model.Checks;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.Member;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomRef;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.room.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A room, or a direct conversation, that a bot is in. Any thread may call it; nothing blocks.
 *
 * <p>Requests happen in the order of the calls on the bot and its rooms. They are asked of the policy and judged by the room,
 * as those of any user. Futures complete and fail as those of {@link Bot}.
 */
public final class BotRoom {
    private static final int MAX_TAG_BYTES = 16 << 10;

    private final BotRequests requests;
    private final String name;
    private volatile Subscription subscription; // replaced when the room is joined anew
    private volatile List<Entry.Sequenced> backlog;
    private volatile boolean over; // nothing of it is told any more

    BotRoom(BotRequests requests, Subscription subscription, String name, List<Entry.Sequenced> backlog) {
        this.requests = requests;
        this.subscription = subscription;
        this.name = name;
        this.backlog = backlog;
    }

    /** Goes on with another subscription, if the present one has ended for no other reason. */
    boolean goesOnWith(Subscription next, List<Entry.Sequenced> newBacklog) {
        if (over || subscription.endCause() != null) {
            return false;
        }
        subscription = next;
        backlog = newBacklog;
        return true;
    }

    Subscription subscription() {
        return subscription;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    // ---- what it is

    /**
     * Which room this is, as a value.
     *
     * @return its number, kind and name
     */
    public RoomRef ref() {
        return subscription.room().ref();
    }

    /**
     * The room's name; of a direct conversation the other user's, as it was at the beginning.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The newest entries before the bot joined, as many as it has asked for. They are not told to the listener.
     *
     * @return the entries, ascending
     */
    public List<Entry.Sequenced> backlog() {
        return backlog;
    }

    // ---- requests

    /**
     * Says something.
     *
     * @param text what to say
     * @return completes with the number of the message, or fails
     */
    public CompletableFuture<Long> say(String text) {
        return say(text, Tags.NONE);
    }

    /**
     * Says something, with tags for programs.
     *
     * @param text what to say
     * @param tags the tags: 16 KiB at most, and no name that begins with {@code @}
     * @return completes with the number of the message, or fails
     */
    public CompletableFuture<Long> say(String text, Tags tags) {
        requireNonNull(text, "text");
        if (tags.encodedBytes() > MAX_TAG_BYTES) {
            return CompletableFuture.failedFuture(
                    new RoomException(Reason.TOO_LARGE, "tags have at most " + MAX_TAG_BYTES + " bytes"));
        }
        if (tags.names().stream().anyMatch(tag -> tag.startsWith("@"))) {
            return CompletableFuture.failedFuture(
                    new RoomException(Reason.BAD_REQUEST, "only the server sets tags that begin with @"));
        }
        return requests.order((session, outcome) -> session.say(subscription, requests.nextCid(), text, tags, outcome));
    }

    /**
     * Sets the topic.
     *
     * @param topic the topic; empty to remove it
     * @return completes with the number of the entry, or fails
     */
    public CompletableFuture<Long> setTopic(String topic) {
        requireNonNull(topic, "topic");
        return requests.order((session, outcome) -> session.setTopic(subscription, requests.nextCid(), topic, outcome));
    }

    /**
     * Acts on a user, with the bot's own role in the room.
     *
     * @param action what to do; not UNBAN or UNMUTE, see {@link #lift}
     * @param user the user's id, as members, messages and {@link Bot#find} have it
     * @param duration for how long, for BAN and MUTE; zero means for good
     * @param text why; may be empty
     * @return completes with the number of the entry, or fails with a {@link RoomException}
     */
    public CompletableFuture<Long> moderate(Action action, long user, Duration duration, String text) {
        requireNonNull(action, "action");
        requireNonNull(text, "text");
        Checks.millis("duration", duration); // or it is refused here
        return requests.order((session, outcome) ->
                session.moderate(subscription, requests.nextCid(), action, user, duration, text, outcome));
    }

    /**
     * Lifts a restriction, with the bot's own role in the room.
     *
     * @param action UNBAN or UNMUTE
     * @param restriction the number of the restriction; see {@link #restrictions}
     * @param text why; may be empty
     * @return completes with the number of the entry, or fails with a {@link RoomException}
     */
    public CompletableFuture<Long> lift(Action action, long restriction, String text) {
        requireNonNull(action, "action");
        requireNonNull(text, "text");
        return requests.order((session, outcome) ->
                session.lift(subscription, requests.nextCid(), action, restriction, text, outcome));
    }

    /**
     * Lists the restrictions that are running, for a bot that is a moderator.
     *
     * @param after the number to begin behind; 0 for the start
     * @param limit how many at most
     * @return completes with the restrictions by their numbers, or fails with a {@link RoomException}
     */
    public CompletableFuture<List<RestrictionItem>> restrictions(long after, int limit) {
        Checks.positive("limit", limit);
        return requests.ask(session -> session.restrictions(subscription, after, limit));
    }

    /**
     * A page of members in the order of their names.
     *
     * @param after the name the page begins behind; empty for the first page
     * @param limit how many at most
     * @return completes with the members, or fails
     */
    public CompletableFuture<List<Member>> members(String after, int limit) {
        requireNonNull(after, "after");
        Checks.positive("limit", limit);
        return requests.ask(session -> session.members(subscription, after, limit));
    }

    /**
     * Reads history: with {@code after} the oldest entries above it, else the newest below {@code before}.
     *
     * @param after exclusive lower bound or {@link io.parley.journal.Journal#NONE}
     * @param before exclusive upper bound or {@link io.parley.journal.Journal#NONE}
     * @param limit how many at most; the server's own bound applies too
     * @return completes with the page, or fails
     */
    public CompletableFuture<EntryPage> history(long after, long before, int limit) {
        Checks.positive("limit", limit);
        return requests.ask(session -> session.history(subscription, after, before, limit))
                .thenApply(page -> new EntryPage(
                        page.entries().stream().map(NativeEncoding::shown).toList(),
                        page.floor(),
                        page.head(),
                        page.more()));
    }

    /**
     * Searches for messages, the newest first. A page may be short or empty and have {@code more}: see {@link
     * io.parley.journal.Journal#search}.
     *
     * @param query what is searched for; the server's own bound of entries applies too
     * @return completes with the page, or fails
     */
    public CompletableFuture<EntryPage> search(SearchQuery query) {
        requireNonNull(query, "query");
        return requests.ask(session -> session.search(subscription, query));
    }

    /**
     * Leaves the room. From now on nothing of it is told.
     *
     * @return completes when the room has been told, or fails
     */
    public CompletableFuture<@Nullable Void> leave() {
        over = true;
        return requests.askAlways(session -> {
            CompletableFuture<@Nullable Void> left = new CompletableFuture<>();
            session.leave(subscription);
            session.inOrder(() -> left.complete(null));
            return left;
        });
    }

    @Override
    public String toString() {
        return name;
    }
}
