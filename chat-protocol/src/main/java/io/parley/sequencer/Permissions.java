package io.parley.sequencer;

import io.parley.model.Action;
import io.parley.model.Restriction;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomState;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a room's state allows a user to do. No state of its own, for any thread. */
public final class Permissions {
    private Permissions() {}

    /**
     * A user's role; an operator owns every room.
     *
     * @param state the state of the room
     * @param user the user
     * @return MEMBER for whoever has no other
     */
    public static Role role(RoomState state, RoomUser user) {
        return user.isOperator() ? Role.OWNER : state.role(user.id());
    }

    static void checkNotBanned(RoomState state, RoomUser user, long nowMillis) {
        Restriction ban = on(state.bans(), user, nowMillis);
        if (ban != null) {
            throw refusal(Reason.BANNED, "you are banned from this room", ban, nowMillis);
        }
    }

    static void checkInvited(RoomState state, RoomUser user) {
        if (state.settings().inviteOnly() && !isExpected(state, user)) {
            throw new RoomException(Reason.INVITE_ONLY, "this room is for the invited only");
        }
    }

    /** Whether lists of rooms show the room to a user who is no member. */
    static boolean isListed(RoomState state, RoomUser user) {
        return (!state.settings().inviteOnly() && !state.settings().hidden()) || isExpected(state, user);
    }

    /** Whether a user has a role in the room, or is invited. */
    private static boolean isExpected(RoomState state, RoomUser user) {
        return role(state, user) != Role.MEMBER || state.invited().containsKey(user.id());
    }

    /**
     * Checks that a user is not muted: whoever is does nothing that others see.
     *
     * @param state the state of the room
     * @param user the user
     * @param nowMillis the steady time
     */
    public static void checkNotMuted(RoomState state, RoomUser user, long nowMillis) {
        Restriction mute = on(state.mutes(), user, nowMillis);
        if (mute != null) {
            throw refusal(Reason.MUTED, "you are muted in this room", mute, nowMillis);
        }
    }

    static boolean isMuted(RoomState state, RoomUser user, long nowMillis) {
        return on(state.mutes(), user, nowMillis) != null;
    }

    private static RoomException refusal(Reason reason, String words, Restriction why, long nowMillis) {
        long remaining = why.remainingMillis(nowMillis);
        return new RoomException(reason, words + Words.until(remaining) + Words.because(why.text()), remaining);
    }

    private static @Nullable Restriction on(Map<Long, Restriction> restrictions, RoomUser user, long nowMillis) {
        if (restrictions.isEmpty() || user.isOperator()) {
            return null;
        }
        Restriction own = restrictions.get(user.id());
        if (own != null && own.isRunning(nowMillis)) {
            return own;
        }
        if (user.addressKey() != 0) {
            for (Restriction one : restrictions.values()) {
                if (one.binds(user.id(), user.addressKey(), user.cameMillis(), nowMillis)) {
                    return one;
                }
            }
        }
        return null;
    }

    // ---- commands

    /** Checks the role that a command needs. */
    static void checkRole(RoomState state, RoomUser actor, Command command) {
        Role needed = command instanceof Command.Configure
                        || (command instanceof Command.Moderate act
                                && act.action().givesRole())
                ? Role.OWNER
                : Role.MODERATOR;
        if (role(state, actor).compareTo(needed) < 0) {
            throw new RoomException(Reason.FORBIDDEN, "only a room's " + words(needed) + " may do that");
        }
    }

    /**
     * Checks whom an act is aimed at. Nobody harms one of the same or a higher rank; a user may give up its own role and do
     * nothing else to itself.
     */
    static void checkRank(RoomState state, RoomUser actor, Action action, UserItem target, @Nullable RoomUser here) {
        if (action.restricts() && here != null && here.isOperator()) {
            throw new RoomException(
                    Reason.FORBIDDEN, target.name() + " is an operator: no restriction of a room binds operators");
        }
        if (actor.isServer()) {
            return;
        }
        boolean above = target.kind() == UserKind.OPERATOR || (here != null && here.isOperator());
        if (actor.isOperator() && !above) {
            return;
        }
        boolean self = actor.id() == target.id();
        Role theirs = state.role(target.id());
        boolean lowers = action.givesRole() && action.role().compareTo(theirs) < 0;
        boolean harms = action.removes() || action == Action.MUTE || lowers;
        boolean tooHigh = harms && role(state, actor).compareTo(theirs) <= 0;
        boolean own = self && action.givesRole();
        if (self ? !own : tooHigh || above) {
            throw new RoomException(Reason.FORBIDDEN, "that is not for you to do to " + target.name());
        }
        if (own && lowers && theirs == Role.OWNER && state.owners().size() == 1) {
            throw new RoomException(Reason.FORBIDDEN, "a room keeps an owner: make somebody else one first");
        }
    }

    private static String words(Role needed) {
        return needed == Role.OWNER ? "owners" : "moderators and owners";
    }
}
