package io.parley.room;

import io.parley.journal.Journal;
import io.parley.log.WindowBudget;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.ServerBan;
import io.parley.model.UserAddress;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.policy.ServerBans;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all rooms of a hub share. Immutable, for any thread.
 *
 * @param journal where entries are kept
 * @param options the bounds
 * @param names which names there may be
 * @param listener told of what happens
 * @param nanoTime monotonic time in nanoseconds
 * @param epochMillis wall time in milliseconds since 1970, for display
 * @param steady the same as it was at the start, advanced by the monotonic time: nobody can set it
 * @param ids makes the public ids of users
 * @param bans who is kept off the server
 * @param own what the server does under its own name
 * @param budget the memory that encoded entries may take
 * @param users who is here
 * @param policy who may do what
 * @param executor where is done what waited for the policy
 * @param waiting what waits for the policy now; a concurrent set
 */
record RoomContext(
        Journal journal,
        HubOptions options,
        NamePolicy names,
        HubListener listener,
        LongSupplier nanoTime,
        LongSupplier epochMillis,
        LongSupplier steady,
        Ids ids,
        ServerBans bans,
        Own own,
        WindowBudget budget,
        Users users,
        ChatPolicy policy,
        Executor executor,
        Set<Waiting> waiting) {

    static LongSupplier steady(LongSupplier nanoTime, LongSupplier epochMillis) {
        long millis = epochMillis.getAsLong();
        long nanos = nanoTime.getAsLong();
        return () -> millis + TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - nanos);
    }

    /**
     * The server's own session: it has an origin and numbers its commands, like that of any user.
     *
     * @param participant in place of a connection
     * @param lastCid the number of its last command
     */
    record Own(Participant participant, AtomicLong lastCid) {
        static Own of(User operator, long origin) {
            Encoding none = (room, entry, into) -> {};
            return new Own(new Participant(operator, origin, none, Nobody.NOBODY, null), new AtomicLong());
        }
    }

    /** What waits for the policy. */
    interface Waiting {
        /** Decides what the policy did not in time. The ticker. */
        void expire(long now);
    }

    /** Whether the policy allows everything and is not asked. */
    @SuppressWarnings("ReferenceEquality") // there is one open policy
    boolean isOpen() {
        return policy == ChatPolicy.OPEN;
    }

    /** With a new budget, as the options say. */
    RoomContext(
            Journal journal,
            HubOptions options,
            NamePolicy names,
            HubListener listener,
            LongSupplier nanoTime,
            LongSupplier epochMillis,
            LongSupplier steady,
            Ids ids,
            Users users,
            ChatPolicy policy,
            Executor executor) {
        this(
                journal,
                options,
                names,
                listener,
                nanoTime,
                epochMillis,
                steady,
                ids,
                new ServerBans(names, steady),
                Own.of(users.operator(), ids.next()),
                new WindowBudget(options.maxWindowBytes()),
                users,
                policy,
                executor,
                ConcurrentHashMap.newKeySet());
    }

    /** The same outcome, told on the executor: what waits for it must not run while a room waits. */
    <T> CompletableFuture<T> told(CompletableFuture<T> outcome) {
        if (outcome.isDone()) {
            return outcome; // nothing waits for it yet
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        outcome.whenComplete((value, error) -> executor.execute(() -> {
            if (error == null) {
                done.complete(value);
            } else {
                done.completeExceptionally(cause(error));
            }
        }));
        return done;
    }

    /** What went wrong, without what futures put around it. */
    static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    long nanos() {
        return nanoTime.getAsLong();
    }

    long millis() {
        return epochMillis.getAsLong();
    }

    long steadyMillis() {
        return steady.getAsLong();
    }

    /** Checks that no ban of the server binds somebody. */
    void checkNotBanned(long id, String nameKey, Optional<UserAddress> address) {
        RoomException banned = ban(new ServerBans.Subject(id, nameKey, address));
        if (banned != null) {
            throw banned;
        }
    }

    /** Why somebody may not be here, or null. */
    @Nullable
    RoomException ban(Participant participant) {
        User user = participant.user();
        return user.isServer() ? null : ban(new ServerBans.Subject(user.id(), user.key(), participant.address()));
    }

    private @Nullable RoomException ban(ServerBans.Subject subject) {
        ServerBan ban = bans.find(subject);
        if (ban == null) {
            return null;
        }
        long remaining = ban.remainingMillis(steadyMillis());
        return new RoomException(
                RoomException.Reason.BANNED_FROM_SERVER,
                "you are banned from this server" + Words.until(remaining) + Words.because(ban.text()),
                remaining);
    }

    /** Checks that a name is nobody else's account, as the policy has answered. */
    void checkMayBear(NamePolicy.Name name, long id, Decision owner) {
        if (owner instanceof Decision.Admit account
                && ids.account(account.identity().id()) != id) {
            throw new RoomException(
                    RoomException.Reason.NAME_TAKEN, "the name " + name.display() + " belongs to an account");
        }
        if (owner instanceof Decision.Deny) {
            throw Questions.denial(owner);
        }
    }

    /**
     * Which room is meant, and where it is kept. Immutable, for any thread.
     *
     * @param key its name in the journal
     * @param ref its number, kind and name
     * @param pair the two users of a direct conversation; empty for any other room
     */
    record Place(String key, RoomRef ref, List<User> pair) {

        RoomKind kind() {
            return ref.kind();
        }

        /** The name as one user sees it: of a direct conversation the other's. */
        String nameFor(User viewer) {
            return kind() == RoomKind.DIRECT ? other(viewer).name() : ref.name();
        }

        /** With whom a direct conversation is; 0 for any other room. */
        long peer(User viewer) {
            return kind() == RoomKind.DIRECT ? other(viewer).id() : 0;
        }

        /** The other of a direct conversation. */
        User other(User viewer) {
            return pair.get(pair.get(0) == viewer ? 1 : 0);
        }

        /** The name as it was first given: of a direct conversation both names. */
        String name() {
            return kind() == RoomKind.DIRECT
                    ? pair.get(0).name() + " and " + pair.get(1).name()
                    : ref.name();
        }
    }
}
