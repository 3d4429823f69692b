package io.parley.gateway;

import io.parley.model.RoomRef;
import io.parley.model.UserItem;
import io.parley.room.Opening;
import io.parley.room.Subscription;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection's half that speaks a protocol: it turns bytes into calls on the {@link Peer}, and what the kit tells it into
 * bytes.
 *
 * <p><b>Threads.</b> {@link #next}, {@link #quiet} and what {@link Peer#await} runs are called by one thread at a time, in order,
 * under no lock: "the reader". The other methods are called by any thread, under no lock, and maybe before the method of {@link
 * Peer} returns that caused them: what the protocol notes about a request it notes before it calls. None may block.
 *
 * <p><b>Bytes.</b> The kit writes the result of a method where it belongs. An empty result writes nothing. {@link #failed}, {@link
 * #rejected} and what {@link Peer#send} is given are answers: they are written next, between entries, and so may overtake
 * entries and openings that wait.
 *
 * <p><b>Faults.</b> A method that throws ends its connection.
 *
 * <p><b>Rooms.</b> A room that is joined again gets a new {@link #opening} and a new {@link Membership}, and the old one no {@link
 * #ended}. A direct conversation has an empty name: its opening's snapshot says with whom it is. It begins with an opening that
 * nobody has asked for, if another user opens it. What the operator says to everybody comes as messages of a room of the kind
 * ANNOUNCEMENTS with the number 0, which has no opening.
 */
public interface Protocol {
    /** Nothing to write. */
    byte[] NONE = {};

    /**
     * Takes at most one request from the bytes and acts on it.
     *
     * @param in the bytes; what was used is consumed. After {@link Peer#fail} or {@link Peer#bye} nothing more is taken
     * @return how many requests were taken, those counted in that were ignored; 0 when more bytes are needed, and then all
     *     of {@code in} is consumed
     */
    int next(ByteBuffer in);

    /**
     * Nothing more comes for the request that has begun: the client has ended the stream in order, or nothing has come for as
     * long as {@link Gateway#quiet()} says. A protocol of lines takes what it has as a line. Called like {@link #next}, and
     * only in the middle of a request.
     *
     * <p>What was read before the end of the stream and is held back then, by a policy or a rate limit, is lost with
     * the connection, and this is not called.
     *
     * @param ended whether the stream has ended
     */
    default void quiet(boolean ended) {}

    /**
     * Whether a request has begun and is not complete. Asked by the thread that calls {@link #next}.
     *
     * @return true in the middle of one
     */
    boolean isMidRequest();

    /**
     * The connection is open.
     *
     * @return the first bytes, before anything is read; none unless it is overridden
     */
    default byte[] connected() {
        return NONE;
    }

    /**
     * The answer to a login.
     *
     * @return the bytes that come before all rooms
     */
    byte[] welcome();

    /**
     * The beginning of a room, with the backlog.
     *
     * @param room the room
     * @param opening the room as it is and the backlog; what the subscription reads follows
     * @param request the number of the request, or {@link Membership#UNASKED} if somebody else has opened a conversation
     * @return the bytes before the first entry
     */
    byte[] opening(Membership room, Opening opening, long request);

    /**
     * Entries that the connection was too slow for.
     *
     * @param room the room
     * @param gap what is missing
     * @return the bytes in their place
     */
    byte[] gap(Membership room, Subscription.Gap gap);

    /**
     * The end of a room.
     *
     * @param room the room
     * @param ending why
     * @return the bytes behind the last entry
     */
    byte[] ended(Membership room, Ending ending);

    /**
     * A message of this connection, where it belongs in the room. Asked once for each that the connection comes to, if the
     * encoding writes {@linkplain io.parley.room.Encoding#ownApart own messages apart}; by the connection's writer. Messages
     * in the backlog are not asked about, nor what other connections of the same user say.
     *
     * @param room the room
     * @param cid the connection's number for it
     * @param shared the bytes that others are sent; read-only, valid during the call
     * @param replaced whether a policy has rewritten the message, so that the client does not know what it says
     * @return null to write the shared bytes, empty bytes to write nothing, or what to write instead
     */
    default byte @Nullable [] own(Membership room, long cid, ByteBuffer shared, boolean replaced) {
        return null;
    }

    /**
     * A room that the connection has joined is listed: {@link Peer#membership} finds it, and requests may name it. Its
     * {@link #opening} is queued. By any thread, maybe before {@link Peer#join} returns.
     *
     * @param room the room
     * @param request the number of the request, or {@link Membership#UNASKED} if somebody else has opened a conversation
     */
    default void joined(Membership room, long request) {}

    /**
     * A command was kept, and the connection will not read its entry.
     *
     * @param room the room
     * @param cid the connection's number for it
     * @param seq its number in the room
     * @return the bytes
     */
    byte[] acknowledged(RoomRef room, long cid, long seq);

    /**
     * A command was refused.
     *
     * @param cid the connection's number for it
     * @param why why
     * @return the bytes
     */
    byte[] rejected(long cid, Refusal why);

    /**
     * A command that is no message has become an entry; written behind that entry, or behind {@link #acknowledged}. For a
     * protocol whose clients do not know their own entries by numbers.
     *
     * @param cid the connection's number for it
     * @return the bytes; none unless it is overridden
     */
    default byte[] done(long cid) {
        return NONE;
    }

    /**
     * The server has given the user another name: the one that it had belongs to an account.
     *
     * @param user the user with its new name
     * @return the bytes; none unless it is overridden
     */
    default byte[] renamed(UserItem user) {
        return NONE;
    }

    /**
     * The user's account has read a room up to a number, on another connection.
     *
     * @param room the room, which this connection is in
     * @param seq the number of the entry
     * @return the bytes; none unless it is overridden
     */
    default byte[] marker(RoomRef room, long seq) {
        return NONE;
    }

    /**
     * A request was refused.
     *
     * @param request the number of the request
     * @param why why
     * @return the bytes
     */
    byte[] failed(long request, Refusal why);

    /**
     * The connection is refused, or ends for a reason: the last bytes.
     *
     * @param why why
     * @param loggedIn whether the login was complete
     * @return the bytes
     */
    byte[] refused(Refusal why, boolean loggedIn);

    /**
     * A question that a live client answers. A protocol that has none gives no bytes: then it is not asked again, and the
     * connection is never ended for being silent.
     *
     * @return the bytes
     */
    byte[] ping();

    /**
     * The server shuts down; the client may finish.
     *
     * @param drain how long it may
     * @param text why
     * @return the bytes
     */
    byte[] goAway(Duration drain, String text);
}
