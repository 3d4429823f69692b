package io.parley.gateway;

import io.parley.codec.Bytes;
import io.parley.model.Action;
import io.parley.model.BacklogRequest;
import io.parley.model.DirectMode;
import io.parley.model.EntryPage;
import io.parley.model.Member;
import io.parley.model.MyRooms;
import io.parley.model.RestrictionItem;
import io.parley.model.RoomItem;
import io.parley.model.RoomSettings;
import io.parley.model.SearchQuery;
import io.parley.model.SessionToken;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.policy.Credentials;
import io.parley.room.HubOptions;
import io.parley.room.Resumption;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection, as its protocol sees it: what can be asked of the server on its behalf.
 *
 * <p>Requests are made in {@link Protocol#next} and the other methods that say so, by its thread. They happen in the order of
 * the calls, and none blocks. The server's policy is asked of each; while it thinks, nothing more is read. What a request
 * returns completes on any thread: see {@link #await}. {@link #send} and {@link #fail} may be called by any thread. Requests
 * that name a room, and {@link #rename}, need a login first; without one they throw a {@link io.parley.model.RoomException}. If
 * the protocol does not catch it, the connection is refused.
 */
public interface Peer {

    // ---- the connection

    /**
     * Where the connection comes from.
     *
     * @return the address
     */
    SocketAddress address();

    /**
     * What TLS has agreed on.
     *
     * @return the session, or null if the connection is in the clear
     */
    @Nullable
    SSLSession tls();

    /**
     * Whether nobody on the way can read what is sent.
     *
     * @return true under TLS, and from the same machine
     */
    boolean isConfidential();

    /**
     * The bounds of the connection.
     *
     * @return the options
     */
    GatewayOptions options();

    /**
     * The bounds of rooms and users.
     *
     * @return the options
     */
    HubOptions hubOptions();

    /**
     * The server's word to every client that logs in.
     *
     * @return the text; may be empty
     */
    String greeting();

    /**
     * Queues an answer; it is written next, between entries. Any thread.
     *
     * @param bytes the answer
     */
    void send(byte[] bytes);

    /**
     * Ends the connection for a reason, which is told to it. Any thread.
     *
     * @param code one of {@link io.parley.model.ErrorCode}
     * @param text the same for a person
     */
    void fail(int code, String text);

    /**
     * Takes no request from the client until something has happened, then does something. To be called in {@link
     * Protocol#next} or in such a task. It may be called again before the first is done; reading goes on after the last. There
     * is no timeout: whatever is awaited must complete, and while it does not, the end of the stream is not seen.
     *
     * <p>A protocol whose requests have no numbers uses it to take the next request after an answer. It makes a future, calls
     * {@code await} with it and then the method of this interface, and completes the future in {@link Protocol#joined} or {@link
     * Protocol#done}, and in {@link Protocol#failed}.
     *
     * @param what what to wait for; also when it fails
     * @param then run like {@link Protocol#next}: by one thread at a time with it, never inside this call, under no lock, in
     *     the order in which what is awaited happens; it may make requests
     */
    void await(CompletionStage<?> what, Runnable then);

    /** Ends the connection as its client wants: what it is still owed is written first. */
    void bye();

    // ---- login

    /**
     * Whether the login is complete.
     *
     * @return true when {@link Protocol#welcome} is asked for, and from then on
     */
    boolean isLoggedIn();

    /**
     * Logs in as a guest. Nothing more is read until the policy has answered. To be called once.
     *
     * @param client what the client program calls itself
     * @param name the name wanted
     */
    void loginGuest(String client, String name);

    /**
     * Logs in with credentials. Nothing more is read until the policy has answered. To be called once. Unless the connection
     * {@linkplain #isConfidential is confidential}, credentials other than {@link Credentials#NONE} are refused with AUTH_FAILED, and
     * the policy is not asked.
     *
     * @param client what the client program calls itself
     * @param name the account; the name that a new account is to have; empty with credentials that say whose they are
     * @param credentials what the client shows
     */
    void login(String client, String name, Credentials credentials);

    /**
     * Logs in as a guest to a session that outlives the connection; or goes on with one, and then neither name nor client count.
     *
     * @param client what the client program calls itself
     * @param name the name wanted
     * @param token the token of the session to go on with, if it is good; none for a new session
     */
    void loginGuest(String client, String name, SessionToken token);

    /**
     * Logs in with credentials, as above, to a session that outlives the connection; or goes on with one, and then the
     * credentials are not looked at.
     *
     * @param client what the client program calls itself
     * @param name the account, as above
     * @param credentials what the client shows
     * @param token the token of the session to go on with, if it is good; none for a new session
     */
    void login(String client, String name, Credentials credentials, SessionToken token);

    /**
     * Goes on with a session, or is refused: SESSION_GONE. To be called once, in place of a login.
     *
     * @param client what the client program calls itself
     * @param token the token of the session
     */
    void resume(String client, SessionToken token);

    /**
     * Asks the client something in the course of its login, while the policy decides: what the policy's {@link
     * Credentials.Exchange} does. The next request is read. Any thread.
     *
     * @param bytes the challenge, as the protocol writes it
     * @return completes with what is given to {@link #respond}; fails if the connection ends before, or if nobody decides about a
     *     login, or a challenge waits already
     */
    CompletableFuture<Bytes> challenge(byte[] bytes);

    /**
     * The client has responded to a challenge. Nothing more is read until the policy has answered, or asks again. To be called in {@link
     * Protocol#next}.
     *
     * @param response the response
     * @return false if no challenge waits for one
     */
    boolean respond(Bytes response);

    /**
     * How the connection stands to its session. After the login.
     *
     * @return the token to go on with, and the memberships of a session that goes on
     */
    Resumption resumption();

    /**
     * Who the user is, with its present name.
     *
     * @return the user, as others see it
     */
    UserItem user();

    /**
     * The public number of the session.
     *
     * @return 64 random bits
     */
    long origin();

    // ---- rooms

    /**
     * The membership of a room, the newest if the room was joined anew.
     *
     * @param room the room's number
     * @return the membership, or null if the connection is not in the room
     */
    @Nullable
    Membership membership(int room);

    /**
     * Joins a room.
     *
     * @param request the number of the request
     * @param room the room's name
     * @param backlog which entries to give
     */
    void join(long request, String room, BacklogRequest backlog);

    /**
     * Opens the conversation with another user.
     *
     * @param request the number of the request
     * @param user the other's id; see {@link #find}
     * @param backlog which entries to give
     */
    void direct(long request, long user, BacklogRequest backlog);

    /**
     * Goes on with a membership of a session that goes on. NOT_A_MEMBER if it has none in that room.
     *
     * @param request the number of the request
     * @param room the room's number; see {@link #resumption}
     * @param backlog which entries to give
     */
    void goOn(long request, int room, BacklogRequest backlog);

    /**
     * Leaves a room that the session is in and the connection has not gone on with.
     *
     * @param room the room's number
     * @return false if there is no such membership
     */
    boolean leaveHeld(int room);

    /**
     * Leaves a room.
     *
     * @param request the number of the request
     * @param room the membership
     */
    void leave(long request, Membership room);

    /**
     * Ends this connection's place in a room. A guest leaves the room with it; an account stays a member.
     *
     * @param request the number of the request
     * @param room the membership
     */
    void close(long request, Membership room);

    // ---- commands
    // Each has one outcome: its entry, which the connection reads, Protocol.acknowledged or Protocol.rejected.

    /**
     * Counts a command, whatever becomes of it. To be called first.
     *
     * @param cid the session's own number for the command, from 1
     * @return true for the next number, and for one that a session which outlives its connections has used before; false for
     *     any other, and then the command must be refused
     */
    boolean counts(long cid);

    /**
     * The number that a new command must have.
     *
     * @return the number, from 1
     */
    long nextCid();

    /**
     * Finds a command that was ordered before over another connection, once that is decided.
     *
     * @param room the number of the room
     * @param cid its number
     * @return completes with its number in the room; 0 if it is not there, or too old to be known
     */
    CompletableFuture<Long> find(int room, long cid);

    /**
     * Says something.
     *
     * @param room the membership
     * @param cid the session's own number for the command, which comes back with the outcome
     * @param body the text
     * @param tags what programs add
     */
    void say(Membership room, long cid, String body, Tags tags);

    /**
     * Sets the topic. {@link Protocol#done} follows its entry.
     *
     * @param room the membership
     * @param cid the session's own number for the command
     * @param topic the topic
     */
    void setTopic(Membership room, long cid, String topic);

    /**
     * Acts on a user. {@link Protocol#done} follows its entry.
     *
     * @param room the membership
     * @param cid the session's own number for the command
     * @param action what to do; not UNBAN or UNMUTE, see {@link #lift}
     * @param target the user's id; see {@link #find}
     * @param duration for how long; zero means for good
     * @param text why
     */
    void moderate(Membership room, long cid, Action action, long target, Duration duration, String text);

    /**
     * Lifts a restriction. {@link Protocol#done} follows its entry.
     *
     * @param room the membership
     * @param cid the session's own number for the command
     * @param action UNBAN or UNMUTE
     * @param restriction the number of the restriction; see {@link #restrictions}
     * @param text why
     */
    void lift(Membership room, long cid, Action action, long restriction, String text);

    /**
     * Changes the settings. {@link Protocol#done} follows its entry.
     *
     * @param room the membership
     * @param cid the session's own number for the command
     * @param settings the new settings
     */
    void configure(Membership room, long cid, RoomSettings settings);

    /**
     * Orders what was said. The kit does that at the end of each read and before every other request; a protocol does it
     * before it fails the connection.
     */
    void proceed();

    /**
     * Tells the others that the user is writing.
     *
     * @param room the membership
     */
    void typing(Membership room);

    // ---- answers that only this protocol can put into bytes

    /**
     * Takes another name.
     *
     * @param wanted the new name
     * @return completes with the name as it is then, or fails with a {@link io.parley.model.RoomException}
     */
    CompletableFuture<String> rename(String wanted);

    /**
     * Changes the password of the user's account; its other sessions end.
     *
     * @param old the present password
     * @param next the new one
     * @return completes when the new password holds, or fails with a {@link io.parley.model.RoomException}: FORBIDDEN for a guest,
     *     over a connection that is not {@linkplain #isConfidential confidential}, and where the policy says so
     */
    CompletableFuture<@Nullable Void> password(String old, String next);

    /**
     * Reads history.
     *
     * @param room the membership
     * @param after exclusive lower bound or {@link io.parley.journal.Journal#NONE}
     * @param before exclusive upper bound or {@link io.parley.journal.Journal#NONE}
     * @param limit how many at most
     * @return completes with the page
     */
    CompletableFuture<EntryPage> history(Membership room, long after, long before, int limit);

    /**
     * Lists the rooms and conversations that the user's account is a member of.
     *
     * @param after where the page begins; empty for the first
     * @param limit how many at most
     * @return completes with the page, or fails with a {@link io.parley.model.RoomException}: FORBIDDEN for a guest
     */
    CompletableFuture<MyRooms> mine(String after, int limit);

    /**
     * Says up to which entry the user's account has read a room. Its other connections in the room are told.
     *
     * @param room the membership
     * @param seq the number of the entry
     * @return completes when that holds, or fails with a {@link io.parley.model.RoomException}: FORBIDDEN for a guest
     */
    CompletableFuture<@Nullable Void> read(Membership room, long seq);

    /**
     * Searches for messages, the newest first. A connection has one search under way at a time.
     *
     * @param room the membership
     * @param query what is searched for
     * @return completes with the page, or fails with a {@link io.parley.model.RoomException}: RATE_LIMITED while another search is
     *     under way
     */
    CompletableFuture<EntryPage> search(Membership room, SearchQuery query);

    /**
     * Takes or refuses direct messages of one user.
     *
     * @param user the other's id
     * @param on whether its messages are refused
     * @return completes when that holds, or fails with a {@link io.parley.model.RoomException}
     */
    CompletableFuture<@Nullable Void> ignore(long user, boolean on);

    /**
     * Says whose direct messages the user takes.
     *
     * @param mode whose
     * @return completes when that holds
     */
    CompletableFuture<@Nullable Void> allowDirect(DirectMode mode);

    /**
     * Finds who has a name.
     *
     * @param name the name
     * @return completes with somebody who is here, with the account of that name, or with the guest who had it last; fails
     *     with a {@link io.parley.model.RoomException}
     */
    CompletableFuture<UserItem> find(String name);

    /**
     * Lists the restrictions of a room that are running, for a moderator.
     *
     * @param room the membership
     * @param after the number to begin behind; 0 for the first page
     * @param limit how many at most
     * @return completes with the restrictions by their numbers, or fails with a {@link io.parley.model.RoomException}
     */
    CompletableFuture<List<RestrictionItem>> restrictions(Membership room, long after, int limit);

    /**
     * Lists members in the order of their names.
     *
     * @param room the membership
     * @param after the name to begin behind; empty for the first page
     * @param limit how many at most
     * @return completes with the members, or fails with a {@link io.parley.model.RoomException}
     */
    CompletableFuture<List<Member>> members(Membership room, String after, int limit);

    /**
     * Lists rooms in the order of their names.
     *
     * @param after the name to begin behind; empty for the first page
     * @param limit how many at most
     * @return completes with those of the rooms that the user may see
     */
    CompletableFuture<List<RoomItem>> rooms(String after, int limit);
}
