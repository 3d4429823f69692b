package io.parley.room;

import io.parley.model.Identity;
import io.parley.model.NamePolicy;
import io.parley.model.RoomRef;
import io.parley.model.UserAddress;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.model.UserRef;
import io.parley.sequencer.Command;
import io.parley.sequencer.Directs;
import io.parley.sequencer.RoomUser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is here, over one connection or several, or an account that is away and known to a room in use. Any thread may read it; the hub changes it.
 */
public final class User extends RoomUser {
    private static final Participant[] NOBODY = {};
    private static final RoomRef[] NOWHERE = {};

    private static final AtomicReferenceFieldUpdater<User, RoomRef[]> ROOMS =
            AtomicReferenceFieldUpdater.newUpdater(User.class, RoomRef[].class, "rooms");

    private static final AtomicReferenceFieldUpdater<User, Directs> DIRECTS =
            AtomicReferenceFieldUpdater.newUpdater(User.class, Directs.class, "directs");

    private final String account; // as the policy calls it; empty for a guest and for the operator
    private final long addressKey; // where a guest comes from
    private final long cameMillis; // steady time
    private volatile Map<String, String> attributes = Map.of(); // written under the lock of Users
    private volatile RoomRef[] rooms = NOWHERE; // replaced through ROOMS
    private volatile Directs directs = Directs.NONE; // replaced through DIRECTS
    private volatile UserItem item; // written under the lock of Users
    private volatile String key; // of the name; written under the lock of Users
    private volatile Participant[] participants = NOBODY; // replaced under the lock of Users

    User(Entrant who, NamePolicy.Name name) {
        this.account = who.account();
        this.addressKey = who.addressKey();
        this.cameMillis = who.cameMillis();
        this.item = new UserItem(who.id(), who.kind(), name.display());
        this.key = name.key();
    }

    /**
     * Somebody who comes in.
     *
     * @param id the public id
     * @param kind who vouches for it
     * @param account as the policy calls it; empty for a guest
     * @param addressKey stands for where a guest comes from; 0 where that says nothing
     * @param address where it comes from, or null
     * @param cameMillis when, in steady time
     * @param attributes what the policy wants to know of it
     * @param revocations the number of the last revocation when the policy was asked; 0 if it was not
     */
    record Entrant(
            long id,
            UserKind kind,
            String account,
            long addressKey,
            @Nullable UserAddress address,
            long cameMillis,
            Map<String, String> attributes,
            long revocations) {

        /** Somebody about whom the policy was not asked. */
        Entrant(
                long id,
                UserKind kind,
                String account,
                long addressKey,
                @Nullable UserAddress address,
                long cameMillis,
                Map<String, String> attributes) {
            this(id, kind, account, addressKey, address, cameMillis, attributes, 0);
        }

        /** The same, who comes at a time. */
        Entrant at(long millis) {
            return new Entrant(id, kind, account, addressKey, address, millis, attributes, revocations);
        }
    }

    /**
     * Who this is, whatever the name: the same for all sessions of an account, and another for each session of a guest.
     *
     * @return the public id, unique
     */
    @Override
    public long id() {
        return item.id();
    }

    /**
     * The account's id, as the policy gave it at the login.
     *
     * @return the id; empty for a guest
     */
    public String account() {
        return account;
    }

    /**
     * Whether the user came without proving who it is.
     *
     * @return true for a guest
     */
    @Override
    public boolean isGuest() {
        return item.isGuest();
    }

    /**
     * Who this is at the moment, as others see it.
     *
     * @return the user
     */
    @Override
    public UserItem item() {
        return item;
    }

    /**
     * Who this is at the moment, as a policy sees it.
     *
     * @return a new value
     */
    public UserRef ref() {
        return new UserRef(id(), account, name(), key, attributes);
    }

    /**
     * Whether this is the server's own user, the operator.
     *
     * @return true for it alone
     */
    @Override
    public boolean isServer() {
        return item.kind() == UserKind.OPERATOR;
    }

    /**
     * Whether the user may do in every room what its owners may: the server's own user, or an account whose attributes say so.
     *
     * @return true for an operator
     */
    @Override
    public boolean isOperator() {
        return isServer() || (!isGuest() && "true".equals(attributes.get(Identity.OPERATOR)));
    }

    /**
     * The name as others see it.
     *
     * @return the name
     */
    @Override
    public String name() {
        return item.name();
    }

    @Override
    protected long addressKey() {
        return addressKey;
    }

    @Override
    protected Command.Target target() {
        return new Command.Target(item, addressKey);
    }

    @Override
    protected long cameMillis() {
        return cameMillis;
    }

    String key() {
        return key;
    }

    void attributes(Map<String, String> next) {
        attributes = next;
    }

    void rename(NamePolicy.Name next) {
        item = new UserItem(id(), item.kind(), next.display());
        key = next.key();
    }

    @Override
    protected Participant[] participants() {
        return participants;
    }

    @Override
    protected boolean isHere() {
        return participants.length > 0;
    }

    void participants(Participant[] next) {
        participants = next;
    }

    @Override
    protected Directs directs() {
        return directs;
    }

    @Override
    protected void directs(UnaryOperator<Directs> change) {
        DIRECTS.updateAndGet(this, change);
    }

    @Override
    protected List<RoomRef> rooms() {
        return List.of(rooms);
    }

    @Override
    protected void member(RoomRef room, boolean in) {
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
