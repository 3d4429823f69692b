package io.parley.room;

import io.parley.room.RoomException.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the sequenced entries of a room add up to. Immutable: {@link #after} gives the next state, so that a
 * journal can keep an entry and its state together and a room can try a run of entries before it publishes them. Its
 * collections are immutable, too.
 *
 * @param topic the topic, empty at first
 * @param settings the settings
 * @param roles the roles above {@link Role#MEMBER}, by identity
 * @param bans who is kept out, by ban key, and until when in milliseconds since 1970 ({@link Long#MAX_VALUE}: for
 *     good)
 * @param mutes who may not speak, by ban key, and until when
 * @param invited who may join an invite-only room, by ban key
 */
public record RoomState(
        String topic,
        RoomSettings settings,
        Map<String, Role> roles,
        Map<String, Long> bans,
        Map<String, Long> mutes,
        Set<String> invited) {

    /** The state of a room in which nothing has happened. */
    public static final RoomState EMPTY =
            new RoomState("", RoomSettings.DEFAULT, Map.of(), Map.of(), Map.of(), Set.of());

    /**
     * The state after one more entry.
     *
     * @param entry the entry
     * @return this very state if the entry does not change it
     */
    public RoomState after(Entry.Sequenced entry) {
        if (entry instanceof Entry.TopicChanged change) {
            return new RoomState(change.topic(), settings, roles, bans, mutes, invited);
        }
        if (entry instanceof Entry.Configured change) {
            return new RoomState(topic, change.settings(), roles, bans, mutes, invited);
        }
        return entry instanceof Entry.Moderated act ? after(act) : this;
    }

    private RoomState after(Entry.Moderated act) {
        String subject = act.subject();
        long end = act.timeMillis() + act.durationMillis();
        long until = act.durationMillis() == 0 || end < 0 ? Long.MAX_VALUE : end;
        return switch (act.action()) {
            case KICK -> this;
            case BAN ->
                new RoomState(topic, settings, without(roles, subject), putUntil(bans, act, until), mutes, invited);
            case UNBAN -> new RoomState(topic, settings, roles, without(bans, subject), mutes, invited);
            case MUTE -> new RoomState(topic, settings, roles, bans, putUntil(mutes, act, until), invited);
            case UNMUTE -> new RoomState(topic, settings, roles, bans, without(mutes, subject), invited);
            case INVITE -> {
                Set<String> more = new HashSet<>(invited);
                more.add(subject);
                yield new RoomState(topic, settings, roles, bans, mutes, Set.copyOf(more));
            }
            case UNINVITE -> {
                Set<String> fewer = new HashSet<>(invited);
                fewer.remove(subject);
                yield new RoomState(topic, settings, roles, bans, mutes, Set.copyOf(fewer));
            }
            case MAKE_MEMBER -> new RoomState(topic, settings, without(roles, subject), bans, mutes, invited);
            case MAKE_MODERATOR, MAKE_OWNER ->
                new RoomState(topic, settings, put(roles, subject, act.action().role()), bans, mutes, invited);
        };
    }

    /** One more restriction, and none of those that are over. */
    private static Map<String, Long> putUntil(Map<String, Long> map, Entry.Moderated act, long until) {
        Map<String, Long> next = new HashMap<>(map);
        next.values().removeIf(end -> end <= act.timeMillis());
        next.put(act.subject(), until);
        return Map.copyOf(next);
    }

    private static <V> Map<String, V> put(Map<String, V> map, String key, V value) {
        Map<String, V> next = new HashMap<>(map);
        next.put(key, value);
        return Map.copyOf(next);
    }

    private static <V> Map<String, V> without(Map<String, V> map, String key) {
        Map<String, V> next = new HashMap<>(map);
        next.remove(key);
        return Map.copyOf(next);
    }

    /**
     * A user's role.
     *
     * @param user the user
     * @return the role; the server's own user owns every room
     */
    public Role role(User user) {
        return user.isServer() ? Role.OWNER : roles.getOrDefault(user.identity(), Role.MEMBER);
    }

    /** How many people a moderator has listed in one way or another: bounded by the hub. */
    int restrictions(long nowMillis) {
        return roles.size() + running(bans, nowMillis) + running(mutes, nowMillis) + invited.size();
    }

    private static int running(Map<String, Long> restrictions, long nowMillis) {
        return (int) restrictions.values().stream()
                .filter(until -> nowMillis < until)
                .count();
    }

    void checkNotBanned(User user, long nowMillis) {
        if (!user.isServer() && isUnder(bans, user, nowMillis)) {
            throw new RoomException(Reason.BANNED, "you are banned from this room");
        }
    }

    void checkInvited(User user) {
        if (settings.inviteOnly()
                && role(user) == Role.MEMBER
                && !invited.contains(user.banKey())
                && !invited.contains(user.nameKey())) {
            throw new RoomException(Reason.INVITE_ONLY, "this room is for the invited only");
        }
    }

    boolean isMuted(User user, long nowMillis) {
        return !mutes.isEmpty() && isUnder(mutes, user, nowMillis);
    }

    void checkMaySpeak(User user, long nowMillis) {
        if (isMuted(user, nowMillis)) {
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
     * Under which key somebody is listed: what is lifted must be what was laid on, while they were here or away, as an
     * account or as a guest.
     */
    String subject(Action action, Command.Target target) {
        Set<String> listed = switch (action) {
            case UNBAN -> bans.keySet();
            case UNMUTE -> mutes.keySet();
            case UNINVITE -> invited;
            default -> Set.of();
        };
        return Stream.of(target.nameKey(), target.accountKey())
                .filter(listed::contains)
                .findFirst()
                .orElse(target.banKey());
    }

    void checkMay(User actor, Command command, int maxRestrictions, long nowMillis) {
        Role role = role(actor);
        Role needed = command instanceof Command.Configure
                        || (command instanceof Command.Moderate act
                                && act.action().givesRole())
                ? Role.OWNER
                : Role.MODERATOR;
        if (role.compareTo(needed) < 0) {
            throw new RoomException(Reason.FORBIDDEN, "only a room's " + words(needed) + " may do that");
        }
        if (command instanceof Command.Moderate act) {
            checkRank(actor, role, act);
            if (act.action().lists() && restrictions(nowMillis) >= maxRestrictions) {
                throw new RoomException(Reason.FORBIDDEN, "this room's lists are full");
            }
        }
    }

    private void checkRank(User actor, Role role, Command.Moderate act) {
        Role theirs = roles.getOrDefault(act.target().identity(), Role.MEMBER);
        boolean self = actor.identity().equals(act.target().identity());
        boolean harms = act.action().removes() || act.action() == Action.MUTE;
        boolean tooHigh = harms && !actor.isServer() && role.compareTo(theirs) <= 0;
        boolean server = act.target().identity().equals(User.SERVER_IDENTITY);
        // One may give up one's own role, and do nothing else to oneself: the muted would give themselves the voice.
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
