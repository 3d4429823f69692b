package io.parley.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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
            case KICK, OTHER -> this;
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
     * The role of an identity.
     *
     * @param identity who
     * @return the role
     */
    public Role role(String identity) {
        return roles.getOrDefault(identity, Role.MEMBER);
    }

    /**
     * How many people a moderator has put on one of the room's lists. Restrictions that are over do not count.
     *
     * @param nowMillis the time, in milliseconds since 1970
     * @return the number of roles, bans, mutes and invitations
     */
    public int restrictions(long nowMillis) {
        return roles.size() + running(bans, nowMillis) + running(mutes, nowMillis) + invited.size();
    }

    private static int running(Map<String, Long> restrictions, long nowMillis) {
        return (int) restrictions.values().stream()
                .filter(until -> nowMillis < until)
                .count();
    }
}
