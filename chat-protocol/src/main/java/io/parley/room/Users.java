package io.parley.room;

import io.parley.membership.RoomMember;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomRef;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.sequencer.Command;
import io.parley.sequencer.Contacts;
import io.parley.sequencer.RoomContext;
import io.parley.sequencer.RoomContext.Place;
import io.parley.sequencer.RoomUser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, and under which name. Any thread. Its lock is a leaf.
 */
final class Users implements RoomContext.Directory {
    private static final int MOST_CONTACTS = 10_000; // accounts

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, User> byName = new HashMap<>(); // lock
    private final UserTable byId = new UserTable(); // lock
    private final Map<Long, User> away =
            new HashMap<>(); // accounts that have gone, but are known to open conversations; lock
    private final Map<Long, RoomRef> told = new HashMap<>(); // who is in conversation with the operator; lock
    private final Absent absent = new Absent(); // who has gone; lock
    private final Absent asked = new Absent(); // accounts that were asked for, and have not been here; lock
    private final Map<Long, Contacts> contacts =
            new LinkedHashMap<>(); // of accounts, if they differ from the usual; lock

    private final User operator;
    private final LongSupplier nanoTime;

    Users(User operator, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.operator = operator;
        byName.put(operator.key(), operator);
        byId.add(operator);
    }

    /** The server's own user. */
    User operator() {
        return operator;
    }

    /** A connection that came in, and whether it is its user's first. */
    record Entered<P extends Participant>(P participant, boolean first) {}

    /** Brings a connection in, as a new user or as one that is here or comes back. */
    <P extends Participant> Entered<P> enter(User.Entrant who, NamePolicy.Name name, Function<User, P> connection) {
        long time = nanoTime.getAsLong();
        lock.lock();
        try {
            User here = byId.find(who.id());
            User user = here == null ? arrive(who, name, time) : here;
            user.attributes(who.attributes());
            P participant = connection.apply(user);
            Participant[] now = user.participants();
            Participant[] more = Arrays.copyOf(now, now.length + 1);
            more[now.length] = participant;
            user.participants(more);
            return new Entered<>(participant, here == null);
        } finally {
            lock.unlock();
        }
    }

    private User arrive(User.Entrant who, NamePolicy.Name name, long time) {
        User holder = byName.get(name.key());
        if (holder != null) {
            throw taken(name, holder, time);
        }
        User known = away.remove(who.id());
        User user = known == null ? new User(who, name) : known;
        user.directs(now -> now.with(contacts.getOrDefault(who.id(), Contacts.OPEN)));
        user.rename(name);
        byName.put(name.key(), user);
        byId.add(user);
        return user;
    }

    /** Whoever is held without a connection may be gone in a while. */
    private RoomException taken(NamePolicy.Name name, User holder, long time) {
        long left = 0;
        for (Participant one : holder.participants()) {
            left = one.heldUntil() == 0 ? Long.MAX_VALUE : Math.max(left, Math.max(1, one.heldUntil() - time));
        }
        long millis = left == 0 || left == Long.MAX_VALUE ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
        return new RoomException(Reason.NAME_TAKEN, "the name " + name.display() + " is taken", millis);
    }

    void rename(User user, NamePolicy.Name next) {
        long time = nanoTime.getAsLong();
        lock.lock();
        try {
            if (!user.isHere()) {
                throw new RoomException(Reason.NO_SUCH_USER, "you are not here any more");
            }
            User holder = byName.get(next.key());
            if (holder != null && holder != user) {
                throw taken(next, holder, time);
            }
            byName.remove(user.key());
            user.rename(next);
            byName.put(next.key(), user);
        } finally {
            lock.unlock();
        }
    }

    /** The policy says something else of a user. */
    void attributes(User user, Map<String, String> attributes) {
        lock.lock();
        try {
            user.attributes(attributes);
        } finally {
            lock.unlock();
        }
    }

    /** Another connection goes on with a session. */
    @SuppressWarnings("ReferenceEquality") // there is one object for each connection
    void replace(Participant former, Participant next) {
        lock.lock();
        try {
            User user = former.user();
            Participant[] now = user.participants().clone();
            for (int i = 0; i < now.length; i++) {
                now[i] = now[i] == former ? next : now[i];
            }
            user.participants(now);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a connection out; true if its user goes with it. */
    @SuppressWarnings("ReferenceEquality") // there is one object for each connection
    boolean exit(Participant participant) {
        User user = participant.user();
        lock.lock();
        try {
            Participant[] now = user.participants();
            Participant[] fewer =
                    Arrays.stream(now).filter(p -> p != participant).toArray(Participant[]::new);
            user.participants(fewer);
            if (fewer.length > 0 || now.length == 0) {
                return false;
            }
            byName.remove(user.key(), user);
            byId.remove(user);
            absent.add(user.item(), user.account(), user.key(), user.addressKey());
            if (!user.isGuest() && isKnown(user)) {
                away.put(user.id(), user);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Changes whose messages a user takes; gives the new contacts. */
    Contacts contacts(User user, UnaryOperator<Contacts> change) {
        lock.lock();
        try {
            Contacts next = change.apply(user.directs().contacts());
            user.directs(now -> now.with(next));
            if (!user.isGuest()) {
                contacts.remove(user.id());
                if (!next.equals(Contacts.OPEN)) {
                    contacts.put(user.id(), next);
                }
                if (contacts.size() > MOST_CONTACTS) {
                    contacts.remove(contacts.keySet().iterator().next());
                }
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** What an account takes, as it was kept. Before anybody comes in. */
    void restore(long account, Contacts kept) {
        lock.lock();
        try {
            contacts.put(account, kept);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    User find(NamePolicy.Name name) {
        lock.lock();
        try {
            return byName.get(name.key());
        } finally {
            lock.unlock();
        }
    }

    /** Whether a room in use knows a user, who may be away. */
    private static boolean isKnown(User user) {
        return !user.directs().open().isEmpty() || !user.rooms().isEmpty();
    }

    /** The one of an id who is here, or an account that a room in use knows; null if there is neither. */
    @Override
    public @Nullable User known(long id) {
        lock.lock();
        try {
            User here = byId.find(id);
            return here == null ? away.get(id) : here;
        } finally {
            lock.unlock();
        }
    }

    /** An account that is a member of a room that is being opened. */
    User member(RoomMember member, NamePolicy.Name name, RoomRef room) {
        lock.lock();
        try {
            User here = byId.find(member.id());
            User user =
                    here == null ? away.computeIfAbsent(member.id(), id -> absent(id, member.account(), name)) : here;
            user.member(room, true);
            return user;
        } finally {
            lock.unlock();
        }
    }

    /** An account that is not here. Under the lock. */
    private User absent(long id, String account, NamePolicy.Name name) {
        User.Entrant who = new User.Entrant(id, UserKind.ACCOUNT, account, 0, null, 0, Map.of());
        User user = new User(who, name);
        user.directs(now -> now.with(contacts.getOrDefault(id, Contacts.OPEN)));
        return user;
    }

    /** The one of an id who is here, or an account that was here or was asked for; null if nobody is known. */
    private @Nullable User knownAccount(long id) {
        lock.lock();
        try {
            User here = byId.find(id);
            User known = here == null ? away.get(id) : here;
            Absent.One gone = absent.one(id) == null ? asked.one(id) : absent.one(id);
            if (known != null || gone == null || gone.account().isEmpty()) {
                return known;
            }
            return absent(
                    id, gone.account(), new NamePolicy.Name(gone.target().item().name(), gone.key()));
        } finally {
            lock.unlock();
        }
    }

    /** The other of a conversation that was kept, who may be away. */
    User peer(UserItem item, String account, NamePolicy.Name name) {
        lock.lock();
        try {
            User here = byId.find(item.id());
            User known = here == null ? away.get(item.id()) : here;
            if (known != null) {
                return known;
            }
            if (item.isGuest()) {
                User.Entrant who = new User.Entrant(item.id(), item.kind(), account, 0, null, 0, Map.of());
                return new User(who, name);
            }
            asked.add(item, account, name.key(), 0); // so that the conversation can be opened by the id
            return absent(item.id(), account, name);
        } finally {
            lock.unlock();
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one object for each user
    public boolean keep(RoomUser member) {
        User user = (User) member;
        lock.lock();
        try {
            User here = byId.find(user.id());
            User known = here == null ? away.putIfAbsent(user.id(), user) : here;
            return known == null || known == user;
        } finally {
            lock.unlock();
        }
    }

    /** A user is no member of a room any more, or the room is not in use any more: it need not be known for it. */
    void release(User user, RoomRef room) {
        lock.lock();
        try {
            user.member(room, false);
            user.directs(now -> now.unanswered(room, false));
            if (!user.isHere() && !isKnown(user)) {
                away.remove(user.id(), user);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Another user, for a direct conversation: one who is here, or an account that a room in use knows. */
    User other(User self, long id) {
        User other = knownAccount(id);
        if (other == null || (other.isServer() && !isTold(self))) {
            throw new RoomException(Reason.NO_SUCH_USER, "that user is not here");
        }
        if (other == self) {
            throw new RoomException(Reason.BAD_REQUEST, "that is you");
        }
        return other;
    }

    /** Whether the operator has spoken to a user, in a conversation that is open. */
    private boolean isTold(User user) {
        lock.lock();
        try {
            return told.containsKey(user.id());
        } finally {
            lock.unlock();
        }
    }

    /** How many are here, without the operator. */
    int size() {
        lock.lock();
        try {
            return byName.size() - 1;
        } finally {
            lock.unlock();
        }
    }

    /** Everybody but the operator, by name. */
    List<User> all() {
        List<Named> all;
        lock.lock();
        try {
            all = new ArrayList<>(byName.size());
            byName.values().forEach(user -> all.add(new Named(user.name(), user)));
        } finally {
            lock.unlock();
        }
        return all.stream()
                .filter(one -> !one.user().isServer())
                .sorted(Comparator.comparing(Named::name))
                .map(Named::user)
                .toList();
    }

    /** A user under the name of one moment: names change while they are sorted. */
    private record Named(String name, User user) {}

    /** The one of an id who is here, or null. */
    @Override
    public @Nullable User find(long id) {
        lock.lock();
        try {
            return byId.find(id);
        } finally {
            lock.unlock();
        }
    }

    /** The one of an id, who may be away; null if nothing is known of it. */
    @Override
    public Command.@Nullable Target target(long id) {
        lock.lock();
        try {
            User here = byId.find(id);
            User user = here == null ? away.get(id) : here;
            if (user != null) {
                return user.target();
            }
            Command.Target gone = absent.find(id);
            return gone == null ? asked.find(id) : gone;
        } finally {
            lock.unlock();
        }
    }

    /** The one who had a name last, and is not here; null if nobody did. */
    Command.@Nullable Target gone(NamePolicy.Name name) {
        lock.lock();
        try {
            return absent.find(name.key());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Remembers an account that is away.
     *
     * @param id the account as the policy calls it
     */
    Command.Target away(UserItem account, String id, NamePolicy.Name name) {
        lock.lock();
        try {
            User here = byId.find(account.id());
            if (here != null) {
                return here.target();
            }
            // Whoever asks for many accounts must not have those forgotten who have just gone.
            Absent memory = absent.find(account.id()) == null ? asked : absent;
            return memory.add(account, id, name.key(), 0);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lists a direct conversation with both, but not with the operator, who may have any number. Whoever was here when the conversation was asked for may have gone, and come
     * back as another user.
     *
     * @return the same place, with the users as they are now
     */
    Place<User> begin(Place<User> place) {
        if (place.pair().isEmpty()) {
            return place;
        }
        lock.lock();
        try {
            List<User> present = place.pair().stream()
                    .map(user -> {
                        User here = byId.find(user.id());
                        return here == null ? away.getOrDefault(user.id(), user) : here; // one object for each
                    })
                    .toList();
            boolean tells = present.contains(operator);
            for (User user : present) {
                if (user.isServer()) {
                    continue;
                }
                user.directs(now -> now.open(place.ref(), true));
                if (tells) {
                    told.put(user.id(), place.ref());
                }
                if (!user.isHere() && !user.isGuest()) {
                    away.put(user.id(), user);
                }
            }
            return new Place<>(place.key(), place.ref(), present);
        } finally {
            lock.unlock();
        }
    }

    /** A room is not in use any more; if it is a direct conversation, neither has it open. */
    void ended(Place<User> place) {
        lock.lock();
        try {
            for (User user : place.pair()) {
                user.directs(now -> now.open(place.ref(), false));
                told.remove(user.id(), place.ref());
                if (!isKnown(user)) {
                    away.remove(user.id(), user);
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
