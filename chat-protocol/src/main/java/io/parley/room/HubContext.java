package io.parley.room;

import io.parley.journal.Journal;
import io.parley.journal.KeyValue;
import io.parley.log.Faults;
import io.parley.log.WindowBudget;
import io.parley.membership.MembershipStore;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.ServerBan;
import io.parley.model.UserAddress;
import io.parley.policy.ChatPolicy;
import io.parley.policy.Decision;
import io.parley.policy.ServerBans;
import io.parley.sequencer.Contacts;
import io.parley.sequencer.RoomContext;
import io.parley.sequencer.SessionRecord;
import io.parley.sequencer.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a hub share. Immutable, for any thread.
 *
 * @param journal where entries are kept
 * @param options the bounds
 * @param names which names there may be
 * @param listener told of what happens
 * @param ids makes the public ids of users
 * @param bans who is kept off the server
 * @param users who is here
 * @param memberships of which rooms accounts are members
 * @param room what all rooms share, the clocks among it
 * @param policy who may do what
 * @param executor where is done what waited for the policy
 * @param waiting what waits for the policy or the journal now; a concurrent set
 */
record HubContext(
        Journal journal,
        HubOptions options,
        NamePolicy names,
        HubListener listener,
        Ids ids,
        ServerBans bans,
        Users users,
        MembershipStore memberships,
        RoomContext room,
        ChatPolicy policy,
        Executor executor,
        Set<Waiting> waiting) {

    private static final long JOURNAL_NANOS = Duration.ofSeconds(10).toNanos();

    /** What waits for the policy or for the journal. */
    interface Waiting {
        /** Goes on without what did not come in time. The ticker. */
        void expire(long now);
    }

    /** Whether the policy allows everything and is not asked. */
    @SuppressWarnings("ReferenceEquality") // there is one open policy
    boolean isOpen() {
        return policy == ChatPolicy.OPEN;
    }

    /** With nobody banned and nothing that waits. */
    HubContext(
            Journal journal,
            HubOptions options,
            NamePolicy names,
            HubListener listener,
            Ids ids,
            Users users,
            RoomContext room,
            ChatPolicy policy,
            Executor executor) {
        this(
                journal,
                options,
                names,
                listener,
                ids,
                new ServerBans(names, room.steady()),
                users,
                new MembershipStore(journal, room.nanos()),
                room,
                policy,
                executor,
                ConcurrentHashMap.newKeySet());
    }

    /** What all rooms share, with a new budget, as the options say. */
    static RoomContext room(HubOptions options, Users users, Ids ids, LongSupplier nanoTime, LongSupplier epochMillis) {
        RoomContext.Bounds bounds = new RoomContext.Bounds(
                options.maxMembers(),
                options.maxListed(),
                options.maxRoomsPerUser(),
                options.maxRestrictions(),
                options.maxBodyBytes(),
                options.maxTextBytes());
        Encoding none = (room, entry, into) -> {};
        Participant server = new Participant(users.operator(), ids.next(), none, Nobody.NOBODY, null);
        return new RoomContext(
                bounds,
                nanoTime,
                epochMillis,
                RoomContext.steady(nanoTime, epochMillis),
                new WindowBudget(options.maxWindowBytes()),
                users,
                new RoomContext.Own(server, new AtomicLong()));
    }

    /** The same outcome, told on the executor: what waits for it must not run while a room waits. */
    <T> CompletableFuture<T> told(CompletableFuture<T> outcome) {
        if (outcome.isDone()) {
            return outcome; // nothing waits for it yet
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        Faults.whenDone(outcome, (value, error) -> {
            Runnable tell = () -> Asking.complete(done, value, error);
            try {
                executor.execute(tell);
            } catch (Throwable none) { // no thread: better on this one than never
                Faults.report(none);
                tell.run();
            }
        });
        return done;
    }

    /** What the journal was asked for; fails with UNAVAILABLE if that takes longer than ten seconds. */
    <T> CompletableFuture<T> inTime(CompletableFuture<T> answer) {
        if (answer.isDone()) {
            return answer;
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        long until = nanos() + JOURNAL_NANOS;
        Waiting wait = now -> {
            if (now - until >= 0) {
                executor.execute(() -> done.completeExceptionally(new RoomException(
                        RoomException.Reason.UNAVAILABLE, "what is kept cannot be used at the moment")));
            }
        };
        waiting.add(wait);
        Faults.whenDone(done, (value, error) -> waiting.remove(wait));
        Faults.whenDone(answer, (value, error) -> Asking.complete(done, value, error));
        return done;
    }

    /** Keeps a value, if anything outlives the process; fails with UNAVAILABLE if that cannot be done now. */
    CompletableFuture<@Nullable Void> kept(KeyValue value) {
        if (!journal.isLasting()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Faults.whenDone(inTime(journal.put(List.of(value))), (none, error) -> {
            if (error == null) {
                done.complete(null);
            } else {
                Faults.reportSeldom("a value could not be kept", error);
                done.completeExceptionally(
                        new RoomException(RoomException.Reason.UNAVAILABLE, "this cannot be kept at the moment"));
            }
        });
        return told(done);
    }

    /** Changes whose messages a user takes; completes when that is kept. */
    CompletableFuture<@Nullable Void> contacts(Participant by, UnaryOperator<Contacts> change) {
        User user = by.user();
        Contacts next = users.contacts(user, change);
        SessionRecord session = by.outliving();
        if (user.isGuest() && session != null) {
            session.changed();
        }
        return user.isGuest() ? CompletableFuture.completedFuture(null) : kept(Kept.contacts(user.id(), next));
    }

    long nanos() {
        return room.nanos();
    }

    long steadyMillis() {
        return room.steadyMillis();
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
}
