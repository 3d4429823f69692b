package io.parley.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the sequenced entries of a room add up to. Immutable: {@link #after} gives the next state, so that a
 * journal can keep an entry and its state together and a room can try a run of entries before it publishes them. Its
 * collections are immutable, too, and in the order in which they came about.
 *
 * @param topic the topic, empty at first
 * @param settings the settings
 * @param roles the roles above {@link Role#MEMBER}, by the user's id
 * @param bans who is kept out, by the user's id
 * @param mutes who may not speak, by the user's id
 * @param invited who may join an invite-only room, by the user's id
 */
public record RoomState(
        String topic,
        RoomSettings settings,
        Map<Long, RoleGrant> roles,
        Map<Long, Restriction> bans,
        Map<Long, Restriction> mutes,
        Map<Long, UserItem> invited) {

    /** The state of a room in which nothing has happened. */
    public static final RoomState EMPTY =
            new RoomState("", RoomSettings.DEFAULT, Map.of(), Map.of(), Map.of(), Map.of());

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
        long id = act.target().id();
        return switch (act.action()) {
            case KICK, OTHER -> this;
            case BAN -> new RoomState(topic, settings, without(roles, id), restricted(bans, act), mutes, invited);
            case UNBAN -> new RoomState(topic, settings, roles, restricted(bans, act), mutes, invited);
            case MUTE, UNMUTE -> new RoomState(topic, settings, roles, bans, restricted(mutes, act), invited);
            case INVITE -> new RoomState(topic, settings, roles, bans, mutes, with(invited, id, act.target()));
            case UNINVITE -> new RoomState(topic, settings, roles, bans, mutes, without(invited, id));
            case MAKE_MEMBER -> new RoomState(topic, settings, without(roles, id), bans, mutes, invited);
            case MAKE_MODERATOR, MAKE_OWNER ->
                new RoomState(
                        topic,
                        settings,
                        with(roles, id, new RoleGrant(act.target(), act.action().role())),
                        bans,
                        mutes,
                        invited);
        };
    }

    /** Without the restriction that ends and those that are over, and with the one that begins. */
    private static Map<Long, Restriction> restricted(Map<Long, Restriction> restrictions, Entry.Moderated act) {
        Restriction imposed = act.imposed();
        return changed(restrictions, next -> {
            next.values().removeIf(one -> one.number() == act.restriction());
            if (imposed != null) {
                next.values().removeIf(one -> !one.isRunning(imposed.sinceMillis()));
                next.remove(imposed.user().id());
                next.put(imposed.user().id(), imposed);
            }
        });
    }

    /** A role that becomes another keeps its place in the order. */
    private static <V> Map<Long, V> with(Map<Long, V> map, long key, V value) {
        return changed(map, next -> next.put(key, value));
    }

    private static <V> Map<Long, V> without(Map<Long, V> map, long key) {
        return map.containsKey(key) ? changed(map, next -> next.remove(key)) : map;
    }

    private static <V> Map<Long, V> changed(Map<Long, V> map, Consumer<Map<Long, V>> change) {
        Map<Long, V> next = new LinkedHashMap<>(map);
        change.accept(next);
        return next.isEmpty() ? Map.of() : Collections.unmodifiableMap(next);
    }

    /**
     * The role of a user.
     *
     * @param id who
     * @return the role
     */
    public Role role(long id) {
        RoleGrant grant = roles.get(id);
        return grant == null ? Role.MEMBER : grant.role();
    }

    /**
     * Who owns the room.
     *
     * @return the users, the first owner first
     */
    public List<UserItem> owners() {
        return roles.values().stream()
                .filter(grant -> grant.role() == Role.OWNER)
                .map(RoleGrant::user)
                .toList();
    }

    /**
     * Whether an account owns the room.
     *
     * @return true if the room stays when nobody is in it
     */
    public boolean isAccounts() {
        return owners().stream().anyMatch(owner -> owner.kind() == UserKind.ACCOUNT);
    }

    /**
     * What was done to somebody in this room.
     *
     * @param id the user
     * @return the user under the name of that time, or null if nothing was done
     */
    public @Nullable UserItem find(long id) {
        RoleGrant grant = roles.get(id);
        return grant != null
                ? grant.user()
                : Stream.of(bans, mutes)
                        .map(restrictions -> restrictions.get(id))
                        .flatMap(Stream::ofNullable)
                        .map(Restriction::user)
                        .findFirst()
                        .orElseGet(() -> invited.get(id));
    }

    /**
     * All restrictions, by their numbers.
     *
     * @param nowMillis the time
     * @return those that are running
     */
    public List<Restriction> restrictions(long nowMillis) {
        return Stream.of(bans, mutes)
                .map(Map::values)
                .flatMap(Collection::stream)
                .filter(one -> one.isRunning(nowMillis))
                .sorted(Comparator.comparingLong(Restriction::number))
                .toList();
    }
}
