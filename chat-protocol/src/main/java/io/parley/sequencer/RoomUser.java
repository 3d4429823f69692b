package io.parley.sequencer;

import io.parley.model.RoomRef;
import io.parley.model.UserItem;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A user, as rooms know it. The hub has one class of users, and one object for each user; a room gives back the objects that it
 * was given. Any thread.
 */
public abstract class RoomUser {
    /** For the hub's users. */
    protected RoomUser() {}

    /**
     * Who this is, whatever the name.
     *
     * @return the public id, unique
     */
    public abstract long id();

    /**
     * Who this is at the moment, as others see it.
     *
     * @return the user
     */
    public abstract UserItem item();

    /**
     * The name as others see it.
     *
     * @return the name
     */
    public abstract String name();

    /**
     * Whether the user came without proving who it is.
     *
     * @return true for a guest
     */
    public abstract boolean isGuest();

    /**
     * Whether this is the server's own user.
     *
     * @return true for it alone
     */
    public abstract boolean isServer();

    /**
     * Whether the user may do in every room what its owners may.
     *
     * @return true for an operator
     */
    public abstract boolean isOperator();

    /**
     * Where a guest comes from.
     *
     * @return stands for the address; 0 where that says nothing, and for accounts
     */
    protected abstract long addressKey();

    /**
     * When the user came, in steady time.
     *
     * @return milliseconds
     */
    protected abstract long cameMillis();

    /**
     * The user as one to be acted on.
     *
     * @return a new value
     */
    protected abstract Command.Target target();

    /**
     * The user's connections.
     *
     * @return an array that nobody changes
     */
    protected abstract RoomParticipant[] participants();

    /**
     * Whether the user has a connection, or a session that is held.
     *
     * @return false once it has gone
     */
    protected abstract boolean isHere();

    /**
     * Its direct conversations, and whose messages it takes.
     *
     * @return the present value
     */
    protected abstract Directs directs();

    /**
     * Changes something of its direct conversations. Several threads may at the same time.
     *
     * @param change gives the next value; it may be called more than once
     */
    protected abstract void directs(UnaryOperator<Directs> change);

    /**
     * Where the user is a member.
     *
     * @return the rooms
     */
    protected abstract List<RoomRef> rooms();

    /**
     * Lists a room, or takes it out. Each room's mover for itself: several may at the same time.
     *
     * @param room the room
     * @param in whether the user is a member now
     */
    protected abstract void member(RoomRef room, boolean in);
}
