package io.parley.room;

import io.parley.model.Action;
import io.parley.model.Role;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomState;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a room's state allows a user to do. No state of its own, for any thread. */
final class Permissions {
    private Permissions() {}

    /** A user's role; the server's own user owns every room. */
    static Role role(RoomState state, User user) {
        return user.isServer() ? Role.OWNER : state.role(user.identity());
    }

    static void checkNotBanned(RoomState state, User user, long nowMillis) {
        if (!user.isServer() && isUnder(state.bans(), user, nowMillis)) {
            throw new RoomException(Reason.BANNED, "you are banned from this room");
        }
    }

    static void checkInvited(RoomState state, User user) {
        if (state.settings().inviteOnly() && !isExpected(state, user)) {
            throw new RoomException(Reason.INVITE_ONLY, "this room is for the invited only");
        }
    }

    /** Whether lists of rooms show the room to a user who is no member. */
    static boolean isListed(RoomState state, User user) {
        return (!state.settings().inviteOnly() && !state.settings().hidden()) || isExpected(state, user);
    }

    /** Whether a user has a role in the room, or is invited. */
    private static boolean isExpected(RoomState state, User user) {
        return role(state, user) != Role.MEMBER
                || state.invited().contains(user.banKey())
                || state.invited().contains(user.nameKey());
    }

    static boolean isMuted(RoomState state, User user, long nowMillis) {
        return !state.mutes().isEmpty() && isUnder(state.mutes(), user, nowMillis);
    }

    static void checkMaySpeak(RoomState state, User user, long nowMillis) {
        if (isMuted(state, user, nowMillis)) {
            throw new RoomException(Reason.MUTED, "you are muted in this room");
        }
    }

    private static boolean isUnder(Map<String, Long> restrictions, User user, long nowMillis) {
        return isRunning(restrictions.get(user.banKey()), nowMillis)
                || isRunning(restrictions.get(user.nameKey()), nowMillis);
    }

    private static boolean isRunning(@Nullable Long until, long nowMillis) {
        return until != null && nowMillis < until;
    }

    /**
     * The key under which a moderator's act lists its target. What is lifted must be what was imposed: while the target
     * was here or away, as an account or as a guest.
     */
    static String subject(RoomState state, Action action, Command.Target target) {
        Set<String> listed = switch (action) {
            case UNBAN -> state.bans().keySet();
            case UNMUTE -> state.mutes().keySet();
            case UNINVITE -> state.invited();
            default -> Set.of();
        };
        return Stream.of(target.nameKey(), target.accountKey())
                .filter(listed::contains)
                .findFirst()
                .orElse(target.banKey());
    }

    /** Checks the role that a command needs, and whom it is aimed at. */
    static void checkMay(RoomState state, User actor, Command command, int maxRestrictions, long nowMillis) {
        Role role = role(state, actor);
        Role needed = command instanceof Command.Configure
                        || (command instanceof Command.Moderate act
                                && act.action().givesRole())
                ? Role.OWNER
                : Role.MODERATOR;
        if (role.compareTo(needed) < 0) {
            throw new RoomException(Reason.FORBIDDEN, "only a room's " + words(needed) + " may do that");
        }
        if (command instanceof Command.Moderate act) {
            checkRank(state, actor, role, act);
            if (act.action().lists() && state.restrictions(nowMillis) >= maxRestrictions) {
                throw new RoomException(Reason.FORBIDDEN, "this room's lists are full");
            }
        }
    }

    private static void checkRank(RoomState state, User actor, Role role, Command.Moderate act) {
        Role theirs = state.role(act.target().identity());
        boolean self = actor.identity().equals(act.target().identity());
        boolean harms = act.action().removes() || act.action() == Action.MUTE;
        boolean tooHigh = harms && !actor.isServer() && role.compareTo(theirs) <= 0;
        boolean server = act.target().identity().equals(User.SERVER_IDENTITY);
        // A user may give up its own role and do nothing else to itself: a muted user would lift its own mute.
        if (server || tooHigh || (self && !act.action().givesRole())) {
            throw new RoomException(
                    Reason.FORBIDDEN,
                    "that is not for you to do to " + act.target().name());
        }
    }

    private static String words(Role needed) {
        return needed == Role.OWNER ? "owners" : "moderators and owners";
    }
}
