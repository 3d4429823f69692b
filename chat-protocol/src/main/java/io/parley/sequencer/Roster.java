package io.parley.sequencer;

import static java.util.stream.Collectors.toUnmodifiableList;

import io.parley.model.Departure;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of one room, and what is still to be told of who came and went. The room's mover changes it: the members under
 * the room's lock, so that others read them under it.
 */
final class Roster {
    /** The order of members in lists, and of the names that lists begin behind: as people expect it, but one for all. */
    private static final Comparator<String> NAMES =
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder());

    private static final int LEFT_CHARS = 8 << 10; // of names and texts in one entry, before the one that goes over it

    /**
     * The place of a session without a connection.
     *
     * @param participant its last connection
     * @param from the number of the last entry before the membership, if no connection has read it; else 0
     */
    record Held(RoomParticipant participant, long from) implements RoomParticipant.Seat {}

    /** A user in a room, with a place for each of its sessions. Changed under the room's lock. */
    static final class Item {
        private final RoomUser user;
        private List<RoomParticipant.Seat> seats =
                List.of(); // immutable, replaced; lists of one are the smallest there are
        private String name; // as the roster knows it

        Item(RoomUser user) {
            this.user = user;
            this.name = user.name();
        }

        RoomUser user() {
            return user;
        }

        String name() {
            return name;
        }

        /** Takes over the user's present name. */
        void renamed() {
            name = user.name();
        }

        List<RoomParticipant.Seat> seats() {
            return seats;
        }

        /** The place of a connection's session, or null. */
        RoomParticipant.@Nullable Seat of(RoomParticipant participant) {
            for (RoomParticipant.Seat one : seats) {
                if (one.participant().origin == participant.origin) {
                    return one;
                }
            }
            return null;
        }

        void add(RoomParticipant.Seat seat) {
            seats = Stream.concat(seats.stream(), Stream.of(seat)).collect(toUnmodifiableList());
        }

        @SuppressWarnings("ReferenceEquality") // there is one object for each
        void remove(RoomParticipant.Seat seat) {
            seats = seats.stream().filter(other -> other != seat).collect(toUnmodifiableList());
        }
    }

    private final Map<RoomUser, Item> members = new HashMap<>(); // lock
    private final Set<RoomUser> accounts = new LinkedHashSet<>(); // who came first is first; the mover's
    private final TreeMap<String, Item> byName = new TreeMap<>(NAMES); // lock
    private final Map<RoomUser, Member> joined = new LinkedHashMap<>(); // the mover's, as are those below
    private final Map<RoomUser, Departure> left = new LinkedHashMap<>();
    private boolean changed;

    int size() {
        return members.size();
    }

    @Nullable
    Item find(RoomUser user) {
        return members.get(user);
    }

    Iterable<Item> all() {
        return List.copyOf(members.values());
    }

    /** The members who are accounts, the one who came first before the others. */
    Stream<RoomUser> accounts() {
        return accounts.stream();
    }

    void add(Item member, Role role) {
        RoomUser user = member.user();
        members.put(user, member);
        if (!user.isGuest()) {
            accounts.add(user);
        }
        byName.put(member.name(), member);
        changed = true;
        // The last word counts and is always said: somebody may have joined, and seen a list, since the word before.
        left.remove(user);
        joined.put(user, new Member(user.item(), role));
    }

    void remove(Item member) {
        members.remove(member.user());
        accounts.remove(member.user());
        byName.remove(member.name(), member);
        changed = true;
        joined.remove(member.user());
    }

    /** Notes why somebody is no member any more. The mover. */
    void tellOf(Item former, String text) {
        RoomUser user = former.user();
        left.put(user, new Departure(user.item(), text));
    }

    void rename(Item member) {
        byName.remove(member.name(), member);
        member.renamed();
        byName.put(member.name(), member);
    }

    boolean hasNews() {
        return changed;
    }

    /**
     * What happened since the last call, as entries that a frame can hold: of those who come there are no more than may
     * be listed, but any number may have left. None if that is nothing to be told.
     */
    List<Entry.Presence> takeNews(PresenceMode mode, int maxListed) {
        boolean named = mode == PresenceMode.FULL && members.size() <= maxListed;
        List<Entry.Presence> news = new ArrayList<>();
        if (changed && mode != PresenceMode.OFF) {
            List<Departure> last = named ? tellMostOfWhoLeft(news) : List.of();
            // Who came is told behind all who left: a name may have changed hands.
            news.add(new Entry.Presence(members.size(), named ? List.copyOf(joined.values()) : List.of(), last));
        }
        joined.clear();
        left.clear();
        changed = false;
        return news;
    }

    /** Adds an entry as often as there are enough names and texts for one; gives the rest. */
    private List<Departure> tellMostOfWhoLeft(List<Entry.Presence> news) {
        List<Departure> some = new ArrayList<>();
        int chars = 0;
        for (Departure one : left.values()) {
            some.add(one);
            chars += one.user().name().length() + one.text().length();
            if (chars > LEFT_CHARS) {
                news.add(new Entry.Presence(members.size(), List.of(), List.copyOf(some)));
                some.clear();
                chars = 0;
            }
        }
        return List.copyOf(some);
    }

    /** Members in the order of their names, behind one name. */
    List<Member> page(String after, int limit, RoomState state) {
        List<Member> page = new ArrayList<>();
        for (Item member : byName.tailMap(after, false).values()) {
            if (page.size() == limit) {
                break;
            }
            RoomUser user = member.user();
            page.add(new Member(user.item(), Permissions.role(state, user)));
        }
        return page;
    }
}
