package io.parley.client;

import static java.util.Objects.requireNonNull;

import io.parley.client.PendingRequests.WhenLost;
import io.parley.model.Action;
import io.parley.model.Checks;
import io.parley.model.Member;
import io.parley.model.RestrictionItem;
import io.parley.model.Role;
import io.parley.model.RoomKind;
import io.parley.model.RoomSettings;
import io.parley.model.SearchQuery;
import io.parley.model.Tags;
import io.parley.wire.Configure;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Leave;
import io.parley.wire.Moderate;
import io.parley.wire.Search;
import io.parley.wire.ServerFrame;
import io.parley.wire.SetTopic;
import io.parley.wire.Typing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A room, or a direct conversation, that this client is in. Any thread may call it; nothing blocks. Futures fail with a
 * {@link ChatException}. (Over 300 lines, most of them Javadoc: it is all that a program does in a room.)
 *
 * <p>It lives through lost connections. What is said or asked while there is none waits for the next: what is said as
 * long as the client lives, within a bound; what is asked for a minute.
 */
public final class ChatRoom {
    private final Link link;
    private final RoomView view;
    private final String name;
    private final RoomKind kind;

    ChatRoom(Link link, RoomView view, String name, RoomKind kind) {
        this.link = link;
        this.view = view;
        this.name = name;
        this.kind = kind;
    }

    /**
     * The room's name; of a direct conversation the other's when it was opened.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * The number of the room's history: with a message's own number, what {@link ChatClient#resumeAsync} asks for.
     *
     * @return the epoch as last heard
     */
    public long epoch() {
        return view.epoch();
    }

    /**
     * The number of the room's last entry when this client came in, or came back: entries up to it are of the past, later
     * ones happened since.
     *
     * @return the number; 0 if nothing had happened in the room
     */
    public long head() {
        return view.head();
    }

    /**
     * Whether this is a direct conversation.
     *
     * @return true for a conversation of two
     */
    public boolean isDirect() {
        return kind == RoomKind.DIRECT;
    }

    /**
     * With whom a direct conversation is.
     *
     * @return the other's id; 0 for any other room
     */
    public long peer() {
        return view.peer();
    }

    /**
     * The topic.
     *
     * @return the topic, empty if there is none
     */
    public String topic() {
        return view.topic();
    }

    /**
     * This user's role.
     *
     * @return the role
     */
    public Role role() {
        return view.role();
    }

    /**
     * The settings.
     *
     * @return the settings as last heard
     */
    public RoomSettings settings() {
        return view.settings();
    }

    /**
     * Who is here, by name, as far as the room tells: nobody in a very large room, see {@link #page}.
     *
     * @return the members
     */
    public List<Member> members() {
        return view.members();
    }

    /**
     * How many members there are.
     *
     * @return the number as last heard
     */
    public int memberCount() {
        return view.count();
    }

    /**
     * Up to which entry this user's account has read the room, on any device; see {@link #read}.
     *
     * @return the number; 0 for a guest, and if nothing was read
     */
    public long readSeq() {
        return view.readSeq();
    }

    /**
     * Says that the user has read the room up to an entry. The marker is the account's: it only moves forward, all its devices
     * see it, and it outlives connections and the server. It may be called for each message: the server is told at once, and then at most
     * once a second.
     *
     * @param seq the number of the entry, such as a message's
     * @return completes when that holds; fails with FORBIDDEN for a guest
     */
    public CompletableFuture<@Nullable Void> read(long seq) {
        Checks.positive("seq", seq);
        return link.read(view, seq);
    }

    /**
     * Says something.
     *
     * @param text what to say
     * @return completes when it has its place in the room and is kept there as the server keeps things; fails with code
     *     UNKNOWN_OUTCOME when it cannot be known whether it has
     */
    public CompletableFuture<Receipt> say(String text) {
        return say(text, Tags.NONE);
    }

    /**
     * Says something with tags.
     *
     * @param text what to say
     * @param tags what a program adds
     * @return as of {@link #say(String)}
     */
    public CompletableFuture<Receipt> say(String text, Tags tags) {
        return link.commands().say(view.place(), requireNonNull(text, "text"), requireNonNull(tags, "tags"));
    }

    /** Tells the others that this user is writing. Does nothing while there is no connection. */
    public void typing() {
        if (view.place().isIn(link.origin())) {
            link.queue(new Typing(view.number()));
            link.flush();
        }
    }

    /**
     * Sets the topic.
     *
     * @param topic the new topic; empty to remove it
     * @return completes when all see it, in its place in the room
     */
    public CompletableFuture<Receipt> setTopic(String topic) {
        requireNonNull(topic, "topic");
        return order((number, cid) -> new SetTopic(number, cid, topic), topic);
    }

    /**
     * Changes the settings.
     *
     * @param settings the new settings
     * @return completes when they hold, in their place in the room
     */
    public CompletableFuture<Receipt> configure(RoomSettings settings) {
        requireNonNull(settings, "settings");
        return order((number, cid) -> new Configure(number, cid, settings), "");
    }

    /**
     * Acts on a user.
     *
     * @param action what to do; not UNBAN or UNMUTE, see {@link #lift}
     * @param user the user's id, as members, messages and {@link ChatClient#find} have it; it need not be here, except for
     *     KICK
     * @param duration for how long, for BAN and MUTE; zero means for good
     * @param text why; may be empty
     * @return completes when all see it, in its place in the room
     */
    public CompletableFuture<Receipt> moderate(Action action, long user, Duration duration, String text) {
        long millis = Checks.millis("duration", duration);
        int code = action.code();
        requireNonNull(text, "text");
        return order((number, cid) -> new Moderate(number, cid, code, user, 0, millis, text), text);
    }

    /**
     * Lifts a restriction.
     *
     * @param action UNBAN or UNMUTE
     * @param restriction the number of the restriction; see {@link #restrictions}
     * @param text why; may be empty
     * @return completes when all see it, in its place in the room
     */
    public CompletableFuture<Receipt> lift(Action action, long restriction, String text) {
        int code = action.code();
        Checks.positive("restriction", restriction);
        requireNonNull(text, "text");
        return order((number, cid) -> new Moderate(number, cid, code, 0, restriction, 0, text), text);
    }

    private CompletableFuture<Receipt> order(Command.Maker command, String text) {
        return link.commands().order(view.place(), command, text);
    }

    /**
     * Reads the list of restrictions from the server: for moderators.
     *
     * @param after the number to begin behind; 0 for the start
     * @param limit how many at most
     * @return completes with the restrictions that are running, by their numbers
     */
    public CompletableFuture<List<RestrictionItem>> restrictions(long after, int limit) {
        return Pages.restrictions(
                link.requests(),
                view.place(),
                Checks.notNegative("after", after),
                Checks.positive("limit", limit),
                List.of());
    }

    /**
     * Leaves the room.
     *
     * @return completes when the last entry has come
     */
    public CompletableFuture<@Nullable Void> leave() {
        return link.requests().ask(id -> new Leave(id, view.number()), view.place(), WhenLost.FAIL, reply -> null);
    }

    /**
     * Reads what was said before a point.
     *
     * @param beforeSeq a number; 0 for the present
     * @param limit how many entries at most
     * @return completes with the newest before that point
     */
    public CompletableFuture<HistoryResult> historyBefore(long beforeSeq, int limit) {
        Checks.notNegative("beforeSeq", beforeSeq);
        return history(History.ABSENT, beforeSeq == 0 ? History.ABSENT : beforeSeq, Checks.positive("limit", limit));
    }

    /**
     * Reads what was said after a point.
     *
     * @param afterSeq a number; 0 for the beginning
     * @param limit how many entries at most
     * @return completes with the oldest after that point
     */
    public CompletableFuture<HistoryResult> historyAfter(long afterSeq, int limit) {
        return history(Checks.notNegative("afterSeq", afterSeq), History.ABSENT, Checks.positive("limit", limit));
    }

    private CompletableFuture<HistoryResult> history(long after, long before, int limit) {
        return link.requests()
                .ask(
                        id -> new History(id, view.number(), view.epoch(), after, before, limit),
                        view.place(),
                        WhenLost.REPEAT,
                        reply -> result((HistoryPage) reply));
    }

    /**
     * Searches for messages in what was said, the newest first.
     *
     * @param query what is searched for; its words may have another form than the user's
     * @return completes with a page; fails with RATE_LIMITED while another search of this client is under way
     */
    public CompletableFuture<SearchResult> search(SearchQuery query) {
        requireNonNull(query, "query");
        return link.requests()
                .ask(
                        id -> new Search(
                                id,
                                view.number(),
                                view.epoch(),
                                query.words(),
                                query.sender(),
                                query.sinceMillis(),
                                query.untilMillis(),
                                query.before(),
                                query.limit()),
                        view.place(),
                        WhenLost.REPEAT,
                        reply -> found((HistoryPage) reply));
    }

    private SearchResult found(HistoryPage page) {
        return new SearchResult(result(page).messages(), page.more(), page.floor());
    }

    private HistoryResult result(HistoryPage page) {
        List<ServerFrame> entries = page.decodeEntries(link.maxFrameBytes());
        List<Message> messages = entries.stream()
                .filter(io.parley.wire.Message.class::isInstance)
                .map(entry -> view.message((io.parley.wire.Message) entry, MessageKind.HISTORY))
                .toList();
        long first = entries.isEmpty() ? 0 : EntryOrder.seq(entries.get(0));
        return new HistoryResult(messages, page.floor(), page.more(), first);
    }

    /**
     * Reads the list of members from the server, in the order of their names.
     *
     * @param after the name to begin behind; empty for the first page
     * @param limit how many at most
     * @return completes with the members
     */
    public CompletableFuture<List<Member>> page(String after, int limit) {
        return Pages.members(
                link.requests(),
                view.place(),
                requireNonNull(after, "after"),
                Checks.positive("limit", limit),
                List.of());
    }

    @Override
    public String toString() {
        return name;
    }
}
