package io.parley.gateway;

import io.parley.room.Opening;
import io.parley.room.Subscription;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that one connection is in. Any thread; a membership's end is told by the connection's writer.
 *
 * <p>Its monitor is its lock, a leaf: a monitor costs a peer in one room, for good, nothing.
 */
final class Memberships {
    private static final @Nullable Membership[] NONE = {};
    private static final int FEW = 8; // that are looked through faster than looked up

    /** What the memberships of a connection cannot do themselves. Called under no lock. */
    interface Owner {
        /** Has a membership written. */
        void wake(Membership membership);

        /** The last room is left, and the client has said goodbye. */
        void allLeft();

        /** Whether the session goes on without the connection, or may. */
        boolean livesOn();

        /** Why the connection ends, for the others in its rooms. */
        String farewell();
    }

    private final PendingOutcomes.Line line;
    private final Owner owner;
    // That are open, by number - 1; replaced and changed under the monitor.
    private volatile @Nullable Membership[] all = NONE;
    // By their rooms' numbers, the newest of each, once there have been more than a few; changed under the monitor.
    private volatile @Nullable Map<Integer, Membership> byRoom;
    private int hint; // where a free number may be; monitor
    private boolean closed; // nothing begins any more; monitor
    private boolean leaving; // the peer said goodbye; monitor
    private volatile boolean held; // the session lives on without the connection

    Memberships(PendingOutcomes.Line line, Owner owner) {
        this.line = line;
        this.owner = owner;
    }

    /** The membership of a room that the peer is in; the newest, if it joined anew. Any thread. */
    @Nullable
    Membership find(int room) {
        Map<Integer, Membership> many = byRoom;
        if (many != null) {
            return many.get(room);
        }
        for (Membership membership : all) {
            if (membership != null
                    && membership.isNewest()
                    && membership.room().number() == room
                    && membership.isListed()) {
                return membership;
            }
        }
        return null;
    }

    /** Those that are open; under the monitor. */
    private List<Membership> open() {
        return Arrays.stream(all).filter(Objects::nonNull).toList();
    }

    // ---- beginning

    /** The connection has joined a room, by a request; or somebody else has opened a conversation with it. */
    void begin(Opening opening, long request) {
        Membership membership = new Membership(line, opening.subscription());
        try {
            membership.open(line.protocol().opening(membership, opening, request));
        } catch (Throwable broken) {
            refuse(opening.subscription());
            throw broken;
        }
        if (start(membership)) {
            line.protocol().joined(membership, request);
        }
    }

    /** The connection hears what the server says to everybody. */
    void hear(Opening announcements) {
        start(new Membership(line, announcements.subscription()));
    }

    /** False if nothing begins any more. */
    private boolean start(Membership membership) {
        Subscription subscription = membership.subscription();
        boolean late;
        boolean first = true;
        synchronized (this) {
            late = closed;
            if (!late) {
                Membership former =
                        membership.isListed() ? find(membership.room().number()) : null;
                first = former == null;
                // Whoever looks meanwhile finds the one or the other, and each with all that is owed.
                if (former == null) {
                    number(membership);
                } else {
                    membership.inherit(former);
                    number(membership);
                    former.succeededBy(membership);
                }
            }
        }
        if (late) {
            refuse(subscription);
            return false;
        }
        membership.announce();
        if (first) {
            owner.wake(membership);
        }
        return true;
    }

    private void refuse(Subscription subscription) {
        letGo(subscription, owner.farewell(), held || owner.livesOn());
    }

    /** Lets go of a subscription, and of its membership unless the session lives on. */
    private static void letGo(Subscription subscription, String farewell, boolean lives) {
        if (lives) {
            subscription.hold();
        } else {
            subscription.leave(farewell);
            subscription.close();
        }
    }

    private void number(Membership membership) {
        @Nullable Membership[] now = all;
        int free = hint;
        while (free < now.length && now[free] != null) {
            free++;
        }
        if (free == now.length) {
            now = Arrays.copyOf(now, Math.max(2, 2 * free));
        }
        now[free] = membership;
        membership.number = free + 1;
        hint = free + 1;
        all = now;
        Map<Integer, Membership> many = byRoom;
        if (many == null && now.length > FEW) {
            many = new ConcurrentHashMap<>();
            for (Membership other : open()) {
                if (other.isNewest() && other.isListed()) {
                    many.put(other.room().number(), other);
                }
            }
        }
        if (many != null) {
            if (membership.isListed()) {
                many.put(membership.room().number(), membership);
            }
            byRoom = many;
        }
    }

    /** The membership with a number. The connection's writer; it learns of the number after the membership has it. */
    Membership numbered(int number) {
        return Objects.requireNonNull(all[number - 1]);
    }

    // ---- the end

    /** A membership is written to its end. The connection's writer. */
    void ended(Membership membership) {
        membership.subscription().close();
        Membership next;
        boolean last;
        boolean anew;
        synchronized (this) {
            anew = membership.endsUntold() && !closed;
            next = membership.successor();
            @Nullable Membership[] now = all;
            now[membership.number - 1] = null; // it is in no list: its cursor is closed
            hint = Math.min(hint, membership.number - 1);
            all = now;
            if (byRoom != null) {
                byRoom.remove(membership.room().number(), membership);
            }
            last = leaving && open().stream().noneMatch(Membership::isListed);
        }
        if (next != null) {
            owner.wake(next);
            return;
        }
        membership.pending().end(anew);
        if (last) {
            owner.allLeft();
        }
    }

    /** Nothing begins any more; what is open goes on. */
    void close() {
        synchronized (this) {
            closed = true;
        }
    }

    /** Leaves every room in order; the last one to end ends the output. False if there is none to wait for. */
    boolean leave() {
        List<Membership> mine;
        synchronized (this) {
            closed = true;
            leaving = true;
            mine = open();
        }
        for (Membership membership : mine) {
            membership.subscription().leave("");
        }
        return mine.stream().anyMatch(Membership::isListed);
    }

    /** Lets go of everything: the connection is over, and the session with it unless it lives on. */
    void abandon(String farewell, boolean lives) {
        List<Membership> mine;
        synchronized (this) {
            held = lives;
            closed = true;
            mine = open();
            all = NONE; // nothing is written any more
            byRoom = null;
        }
        for (Membership membership : mine) {
            letGo(membership.subscription(), farewell, lives);
        }
    }
}
