package io.parley.policy;

import io.parley.model.Action;
import io.parley.model.NamePolicy;
import io.parley.model.RoomItem;
import io.parley.model.RoomRef;
import io.parley.model.RoomSettings;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import io.parley.model.UserRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Who may come in, and what users may do: asked of every user, whatever way it came in by, before anything happens. The
 * program itself is not asked for.
 *
 * <p><b>Threads.</b> The methods are called by I/O threads, several at a time, under no lock. They must not block; {@link
 * #blocking} makes a policy of one that does. An {@link Answer} may come {@linkplain Answer#later later}: the session that
 * asked waits for it, keeps its order, and is kept alive meanwhile. After the hub's policy timeout the answer is no.
 *
 * <p><b>Faults.</b> A method that throws denies, and so does an answer that fails: the user is told UNAVAILABLE.
 *
 * <p><b>Names</b> arrive normalised: compare their {@code key}s. What a policy allows is then judged by the room's own rules.
 */
public interface ChatPolicy {

    /** Guests may do everything that rooms themselves allow; there are no accounts. Nothing is asked. */
    ChatPolicy OPEN = new ChatPolicy() {};

    /** What {@link #password} answers unless it is overridden. {@link #all} asks the next policy then. */
    Decision NO_PASSWORDS = Decision.deny("passwords cannot be changed here");

    /**
     * Whether somebody may log in, and as whom. {@link Decision#ALLOW} lets a guest in. One with {@linkplain Credentials
     * credentials} comes in only if a policy says who it is. For a {@linkplain Credentials.Registration registration} the policy
     * makes the account, or says why not: NAME_TAKEN, BAD_REQUEST, RATE_LIMITED or FORBIDDEN. Until this is answered the
     * login timeout runs.
     *
     * @param applicant who asks
     * @return the answer; {@link Decision.Admit} says who it is
     */
    default Answer login(Applicant applicant) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may go on with its session over another connection, which has shown the session's token. Not asked of
     * credentials: a policy checks here whether the account still is what it was at the login.
     *
     * @param user who it is
     * @return the answer; {@link Decision.Admit} says which attributes the user has from now on. A denial ends the session, and
     *     the connection logs in as if it had shown no token
     */
    default Answer resume(UserRef user) {
        return Decision.ALLOW;
    }

    /**
     * Changes the password of an account whose user is logged in. The account's other sessions end when that is allowed.
     *
     * @param user who asks; never a guest
     * @param old the present password
     * @param next the new password
     * @return {@link Decision#ALLOW} when the new password holds, or {@link Decision.Admit} to say which attributes the user
     *     has from then on; the session that asked keeps those for {@link #resume}
     */
    default Answer password(UserRef user, String old, String next) {
        return NO_PASSWORDS;
    }

    /**
     * Whose account has a name. Nobody else can have that name then, at a login or later; the name of an account that is away
     * can be found, and be given a role or an invitation.
     *
     * @param name the name, normalised
     * @return {@link Decision#admit} with the account's identity; {@link Decision#ALLOW} if no account has the name
     */
    default Answer account(NamePolicy.Name name) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may have a name: asked at its login, and when it wants another.
     *
     * @param user who asks; at a login it has that name in this value already
     * @param name the name
     * @return the answer
     */
    default Answer name(UserRef user, NamePolicy.Name name) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may join a room.
     *
     * @param user who asks
     * @param room the room's name
     * @return the answer
     */
    default Answer join(UserRef user, NamePolicy.Name room) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may create a room, and own it: asked after {@link #join}, where there is no such room, or nobody is in
     * it and nobody owns it.
     *
     * @param user who asks
     * @param room the room's name
     * @return the answer
     */
    default Answer create(UserRef user, NamePolicy.Name room) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may open a direct conversation.
     *
     * @param user who asks
     * @param other with whom; of an account that is away the attributes are those that it had, or empty
     * @return the answer
     */
    default Answer direct(UserRef user, UserRef other) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may say something, in a room or in a direct conversation.
     *
     * @param user who asks
     * @param room where
     * @param body the text
     * @param tags what programs add
     * @return the answer; {@link Decision.Replace} has something else said
     */
    default Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may set a topic.
     *
     * @param user who asks
     * @param room where
     * @param topic the topic; empty to remove it
     * @return the answer; {@link Decision.Replace} sets another
     */
    default Answer topic(UserRef user, RoomRef room, String topic) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may act on another.
     *
     * @param user who asks
     * @param room where
     * @param action what to do
     * @param target to whom
     * @param duration for how long; zero means for good
     * @param text why; everybody in the room sees it
     * @return the answer
     */
    default Answer moderate(
            UserRef user, RoomRef room, Action action, UserItem target, Duration duration, String text) {
        return Decision.ALLOW;
    }

    /**
     * Whether a user may change a room's settings.
     *
     * @param user who asks
     * @param room where
     * @param settings the new settings
     * @return the answer
     */
    default Answer configure(UserRef user, RoomRef room, RoomSettings settings) {
        return Decision.ALLOW;
    }

    /**
     * Which rooms a user sees in a list. One question is asked for many rooms.
     *
     * @param user who asks
     * @param rooms some of the rooms that may be listed at all
     * @return the answer; {@link Decision.Show} lists some of them
     */
    default Answer list(UserRef user, List<RoomItem> rooms) {
        return Decision.ALLOW;
    }

    /**
     * Several policies as one. They are asked one after the other until one denies. What one replaces the next one judges;
     * a room is listed if all of them show it. At a login the last that {@linkplain Decision.Admit says who it is} counts.
     * A password is changed by the first that does not answer {@link #NO_PASSWORDS}.
     * Behind an answer that came later the next policy is asked by the thread that brought it.
     *
     * @param policies the policies
     * @return the policy
     */
    static ChatPolicy all(ChatPolicy... policies) {
        return new AllOf(List.of(policies));
    }

    /**
     * A policy that may block, asked on an executor's threads. The order of each session is kept all the same.
     *
     * @param policy the policy
     * @param executor where it is asked; one that is full denies
     * @return the policy
     */
    static ChatPolicy blocking(ChatPolicy policy, Executor executor) {
        return new Blocking(policy, executor);
    }
}
