package io.parley.sequencer;

import io.parley.log.WindowBudget;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all rooms of a hub share. Immutable, for any thread.
 *
 * @param bounds how much there may be
 * @param nanoTime monotonic time in nanoseconds
 * @param epochMillis wall time in milliseconds since 1970, for display
 * @param steady the same as it was at the start, advanced by the monotonic time: nobody can set it
 * @param budget the memory that encoded entries may take
 * @param users who is here
 * @param own what the server does under its own name
 */
public record RoomContext(
        Bounds bounds,
        LongSupplier nanoTime,
        LongSupplier epochMillis,
        LongSupplier steady,
        WindowBudget budget,
        Directory users,
        Own own) {

    /**
     * Makes the time that nobody can set.
     *
     * @param nanoTime monotonic time in nanoseconds
     * @param epochMillis wall time in milliseconds since 1970
     * @return the wall time as it is now, advanced by the monotonic time
     */
    public static LongSupplier steady(LongSupplier nanoTime, LongSupplier epochMillis) {
        long millis = epochMillis.getAsLong();
        long nanos = nanoTime.getAsLong();
        return () -> millis + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - nanos);
    }

    /**
     * How much there may be.
     *
     * @param members in a room
     * @param listed members who are told by name
     * @param roomsPerUser of each kind
     * @param restrictions of each kind in a room; invitations and roles too
     * @param bodyBytes of a message
     * @param textBytes of any other text
     */
    public record Bounds(int members, int listed, int roomsPerUser, int restrictions, int bodyBytes, int textBytes) {}

    /** Who is here, for rooms. Any thread. */
    public interface Directory {
        /**
         * Finds a user who is here.
         *
         * @param id the public id
         * @return the user, or null
         */
        @Nullable
        RoomUser find(long id);

        /**
         * Finds a user who is here, or an account that is away and a member of a room in use.
         *
         * @param id the public id
         * @return the user, or null
         */
        @Nullable
        RoomUser known(long id);

        /**
         * Keeps an account known that becomes a member, also while it is away.
         *
         * @param member the account's user
         * @return false if the account came back meanwhile as another object, which is the one that counts
         */
        boolean keep(RoomUser member);

        /**
         * Finds a user who may be away.
         *
         * @param id the public id
         * @return the user as one to be acted on; null if nothing is known of it
         */
        Command.@Nullable Target target(long id);
    }

    /**
     * The server's own session: it has an origin and numbers its commands, like that of any user.
     *
     * @param participant in place of a connection
     * @param lastCid the number of its last command
     */
    public record Own(RoomParticipant participant, AtomicLong lastCid) {}

    /**
     * Monotonic time.
     *
     * @return nanoseconds
     */
    public long nanos() {
        return nanoTime.getAsLong();
    }

    long millis() {
        return epochMillis.getAsLong();
    }

    /**
     * The time that restrictions are measured in.
     *
     * @return milliseconds since 1970
     */
    public long steadyMillis() {
        return steady.getAsLong();
    }

    /**
     * Which room is meant, and where it is kept. Immutable, for any thread.
     *
     * @param <U> the class of the users
     * @param key its name in the journal
     * @param ref its number, kind and name
     * @param pair the two users of a direct conversation; empty for any other room
     */
    public record Place<U extends RoomUser>(String key, RoomRef ref, List<U> pair) {

        /**
         * The kind of room.
         *
         * @return the kind
         */
        public RoomKind kind() {
            return ref.kind();
        }

        /**
         * The name as one user sees it.
         *
         * @param viewer one who may see it
         * @return the name; of a direct conversation the other's
         */
        public String nameFor(RoomUser viewer) {
            return kind() == RoomKind.DIRECT ? other(viewer).name() : ref.name();
        }

        /**
         * With whom a direct conversation is.
         *
         * @param viewer one of the two
         * @return the other's id; 0 for any other room
         */
        public long peer(RoomUser viewer) {
            return kind() == RoomKind.DIRECT ? other(viewer).id() : 0;
        }

        /** The other of a direct conversation. */
        @SuppressWarnings("ReferenceEquality") // there is one object for each user
        U other(RoomUser viewer) {
            return pair.get(pair.get(0) == viewer ? 1 : 0);
        }

        /**
         * The name as it was first given.
         *
         * @return the name; of a direct conversation both names
         */
        public String name() {
            return kind() == RoomKind.DIRECT
                    ? pair.get(0).name() + " and " + pair.get(1).name()
                    : ref.name();
        }
    }
}
