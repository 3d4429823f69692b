package io.parley.sequencer;

import static java.util.stream.Collectors.toUnmodifiableList;

import io.parley.model.Departure;
import io.parley.model.Entry;
import io.parley.model.Member;
import io.parley.model.PresenceMode;
import io.parley.model.Role;
import io.parley.model.RoomRef;
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

    /** A member, with a place for each of its sessions in the room; an account may have none. Changed under the room's lock. */
    static final class Item {
        private final RoomUser user;
        private final long sinceMillis;
        private List<RoomParticipant.Seat> seats =
                List.of(); // immutable, replaced; lists of one are the smallest there are
        private String name; // as the roster knows it
        private volatile long readSeq; // an account's; written under the lock

        Item(RoomUser user, long sinceMillis, long readSeq) {
            this.user = user;
            this.name = user.name();
            this.sinceMillis = sinceMillis;
            this.readSeq = readSeq;
        }

        /** Whether the membership does not end with the user's sessions. */
        boolean isLasting() {
            return !user.isGuest() && !user.isServer();
        }

        /** Whether the member has a session in the room. */
        boolean isHere() {
            return !seats.isEmpty();
        }

        long readSeq() {
            return readSeq;
        }

        /** Moves the marker on; false if it is there already. */
        boolean read(long seq) {
            boolean moves = seq > readSeq;
            readSeq = Math.max(readSeq, seq);
            return moves;
        }

        Outside.KeptMember kept(RoomRef room) {
            boolean unanswered = user.directs().unanswered().contains(room);
            return new Outside.KeptMember(user, sinceMillis, readSeq, unanswered);
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

        private void add(RoomParticipant.Seat seat) {
            seats = Stream.concat(seats.stream(), Stream.of(seat)).collect(toUnmodifiableList());
        }

        @SuppressWarnings("ReferenceEquality") // there is one object for each
        private void remove(RoomParticipant.Seat seat) {
            seats = seats.stream().filter(other -> other != seat).collect(toUnmodifiableList());
        }
    }

    private final Map<RoomUser, Item> members = new HashMap<>(); // lock
    private final Set<RoomUser> accounts = new LinkedHashSet<>(); // who came first is first; the mover's
    private final TreeMap<Named, Item> byName = new TreeMap<>(Named.ORDER); // lock
    private int here; // members with a session in the room; lock
    private final Map<RoomUser, Member> joined = new LinkedHashMap<>(); // the mover's, as are those below
    private final Map<RoomUser, Departure> left = new LinkedHashMap<>();
    private boolean changed;

    /** A place in the list of members: two may have had the same name, one after the other. */
    private record Named(String name, long id) {
        static final Comparator<Named> ORDER =
                Comparator.comparing(Named::name, NAMES).thenComparing(Named::id, Long::compareUnsigned);

        static Named of(Item member) {
            return new Named(member.name(), member.user().id());
        }
    }

    /** How many members there are, those who are away among them. */
    int size() {
        return members.size();
    }

    /** Whether no member has a session in the room. */
    boolean isDeserted() {
        return here == 0;
    }

    /** Gives a member a place for a session. */
    void seat(Item member, RoomParticipant.Seat seat) {
        here += member.isHere() ? 0 : 1;
        member.add(seat);
    }

    /** Takes a session's place from a member. */
    void unseat(Item member, RoomParticipant.Seat seat) {
        boolean was = member.isHere();
        member.remove(seat);
        here -= was && !member.isHere() ? 1 : 0;
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

    /** Adds a member of an earlier time, who is away. Nobody is told. */
    void restore(Item member) {
        RoomUser user = member.user();
        members.put(user, member);
        if (!user.isGuest()) {
            accounts.add(user);
        }
        byName.put(Named.of(member), member);
    }

    /** Adds a member, who is here in a moment or away. */
    void add(Item member, Role role, boolean isHere) {
        restore(member);
        came(member, role, isHere);
    }

    /** Notes that a member is here now, or is one at all. */
    void came(Item member, Role role, boolean isHere) {
        RoomUser user = member.user();
        changed = true;
        // The last word counts and is always said: somebody may have joined, and seen a list, since the word before.
        left.remove(user);
        joined.put(user, new Member(user.item(), role, isHere));
    }

    void remove(Item member) {
        members.remove(member.user());
        accounts.remove(member.user());
        byName.remove(Named.of(member), member);
        changed = true;
        joined.remove(member.user());
    }

    /** Notes that a member is away. */
    void wentAway(Item member, String text) {
        RoomUser user = member.user();
        Member untold = joined.get(user); // nobody has heard that it came: then that is what is told
        changed = true;
        if (untold == null) {
            left.put(user, new Departure(user.item(), text, true));
        } else {
            joined.put(user, new Member(user.item(), untold.role(), false));
        }
    }

    /** Notes why somebody is no member any more. The mover. */
    void tellOf(Item former, String text) {
        RoomUser user = former.user();
        left.put(user, new Departure(user.item(), text));
    }

    void rename(Item member) {
        byName.remove(Named.of(member), member);
        member.renamed();
        byName.put(Named.of(member), member);
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

    /**
     * Members in the order of their names, behind one name.
     *
     * @param coming somebody who is about to have a place, or null
     */
    @SuppressWarnings("ReferenceEquality") // there is one object for each user
    List<Member> page(String after, int limit, RoomState state, @Nullable RoomUser coming) {
        List<Member> page = new ArrayList<>();
        for (Item member : byName.tailMap(new Named(after, -1), false).values()) {
            if (page.size() == limit) {
                break;
            }
            RoomUser user = member.user();
            page.add(new Member(user.item(), Permissions.role(state, user), member.isHere() || user == coming));
        }
        return page;
    }
}
