package io.parley.room;

import io.parley.model.NamePolicy;
import io.parley.model.RoomRef;
import io.parley.model.UserRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Somebody who is here, over one connection or several. Any thread may read it; the hub changes it.
 */
public final class User {
    static final String SERVER_IDENTITY = "server";

    static final String ACCOUNT = "account:";
    static final String GUEST = "guest:";

    private static final Participant[] NOBODY = {};
    private static final RoomRef[] NOWHERE = {};

    private static final AtomicReferenceFieldUpdater<User, RoomRef[]> ROOMS =
            AtomicReferenceFieldUpdater.newUpdater(User.class, RoomRef[].class, "rooms");

    private final String identity;
    private volatile Map<String, String> attributes = Map.of(); // written under the lock of Users
    private volatile RoomRef[] rooms = NOWHERE; // replaced through ROOMS
    private volatile RoomRef[] directs = NOWHERE; // replaced under the lock of Users
    private volatile NamePolicy.Name name; // written under the lock of Users
    private volatile Participant[] participants = NOBODY; // replaced under the lock of Users

    User(String identity, NamePolicy.Name name) {
        this.identity = identity;
        this.name = name;
    }

    /**
     * Who this is, whatever the name: an account's id, or for a guest something that ends with its session.
     *
     * @return the identity, unique
     */
    public String identity() {
        return identity;
    }

    /**
     * Whether the user came without proving who it is.
     *
     * @return true for a guest
     */
    public boolean isGuest() {
        return isGuest(identity);
    }

    /**
     * Who this is at the moment, as a value.
     *
     * @return a new value
     */
    public UserRef ref() {
        NamePolicy.Name now = name;
        return new UserRef(identity, now.display(), now.key(), isGuest(), attributes);
    }

    static boolean isGuest(String identity) {
        return identity.startsWith(GUEST);
    }

    /**
     * Whether this is the server's own user, the operator.
     *
     * @return true for it alone
     */
    public boolean isServer() {
        return SERVER_IDENTITY.equals(identity);
    }

    /**
     * The name as others see it.
     *
     * @return the name
     */
    public String name() {
        return name.display();
    }

    /**
     * The public number of the user's first session.
     *
     * @return the origin; 0 once the user has gone
     */
    public long origin() {
        Participant[] now = participants;
        return now.length == 0 ? 0 : now[0].origin();
    }

    /**
     * The key under which bans, mutes and invitations are kept: the identity, but for a guest its name, since that
     * is all that is left of it when it returns.
     *
     * @return the key
     */
    public String banKey() {
        return isGuest() ? nameKey() : identity;
    }

    /** The key under which the name is listed, whoever has it. */
    String nameKey() {
        return NamePolicy.guestBanKey(name.key());
    }

    String key() {
        return name.key();
    }

    void attributes(Map<String, String> next) {
        attributes = next;
    }

    void rename(NamePolicy.Name next) {
        name = next;
    }

    Participant[] participants() {
        return participants;
    }

    boolean isHere() {
        return participants.length > 0;
    }

    void participants(Participant[] next) {
        participants = next;
    }

    /** The direct conversations that are open. */
    List<RoomRef> directs() {
        return List.of(directs);
    }

    /** Lists a direct conversation, or takes it out; under the lock of Users. */
    void direct(RoomRef conversation, boolean open) {
        directs = open ? with(directs, conversation) : without(directs, conversation);
    }

    /** Where the user is a member. */
    List<RoomRef> rooms() {
        return List.of(rooms);
    }

    /** Lists a room, or takes it out. Each room's mover for itself: several may at the same time. */
    void member(RoomRef room, boolean in) {
        ROOMS.updateAndGet(this, now -> in ? with(now, room) : without(now, room));
    }

    private static RoomRef[] with(RoomRef[] rooms, RoomRef room) {
        RoomRef[] others = without(rooms, room);
        RoomRef[] more = Arrays.copyOf(others, others.length + 1);
        more[others.length] = room;
        return more;
    }

    private static RoomRef[] without(RoomRef[] rooms, RoomRef room) {
        return Arrays.stream(rooms).filter(one -> !one.equals(room)).toArray(RoomRef[]::new);
    }

    @Override
    public String toString() {
        return name();
    }
}
