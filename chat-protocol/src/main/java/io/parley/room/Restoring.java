package io.parley.room;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.KeptCommand;
import io.parley.journal.KeyValue;
import io.parley.log.Faults;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.UserAddress;
import io.parley.model.UserItem;
import io.parley.model.UserKind;
import io.parley.sequencer.SessionRecord;
import io.parley.sequencer.StoredSession;
import io.parley.sequencer.StoredSession.Membership;
import io.parley.sequencer.StoredSession.Peer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings back what an earlier process has kept beside rooms: the bans of the server, whose messages accounts take, and sessions,
 * without connections and with the whole time to come back. Before anybody can come in.
 */
final class Restoring {
    private static final int PAGE = 500; // values at once

    private final HubContext context;
    private final Rooms rooms;
    private final Sessions sessions;
    private final Consumer<LastingSession> end;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>(); // of rooms, by their keys

    /**
     * Makes it.
     *
     * @param end ends a session for which there is no place
     */
    Restoring(HubContext context, Rooms rooms, Sessions sessions, Consumer<LastingSession> end) {
        this.context = context;
        this.rooms = rooms;
        this.sessions = sessions;
        this.end = end;
    }

    /** One session on its way back. */
    private record Returning(StoredSession stored, LastingParticipant participant) {}

    /**
     * Brings them back.
     *
     * @return completes when all are there; fails if they cannot be read
     */
    CompletableFuture<@Nullable Void> restore() {
        List<StoredSession> stored = new ArrayList<>();
        List<Returning> all = new ArrayList<>();
        return each(Kept.BAN, (key, ban) -> restore(Kept.ban(ban)))
                .thenCompose(read ->
                        each(Kept.CONTACTS, (id, one) -> context.users().restore(id, Kept.contacts(one))))
                .thenCompose(read -> each(StoredSession.KIND, (id, one) -> stored.add(StoredSession.decode(one))))
                .thenCompose(read -> enter(stored, all))
                .thenComposeAsync(entered -> all(all, this::join), context.executor())
                .thenComposeAsync(joined -> all(all, this::know), context.executor());
    }

    /** Brings in those for whom there is a place, accounts first; the others are forgotten. */
    private CompletableFuture<@Nullable Void> enter(List<StoredSession> stored, List<Returning> all) {
        List<KeyValue> gone = new ArrayList<>();
        stored.sort(Comparator.comparing(one -> one.user().isGuest()));
        for (StoredSession one : stored) {
            try {
                all.add(enter(one));
            } catch (RuntimeException no) { // its name is taken, it was banned, or sessions are not held any more
                gone.add(new KeyValue(StoredSession.KIND, StoredSession.key(one.origin()), null));
            }
        }
        return gone.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : context.journal().put(gone);
    }

    private void restore(Kept.Ban kept) {
        if (kept.ban().isRunning(context.steadyMillis())) {
            context.bans().restore(kept.ban(), kept.account());
        }
    }

    /** Takes a value and the number that its key is. */
    private interface Use {
        void take(long key, Bytes value);
    }

    /** Hands on all values of a kind. What cannot be read is left out. */
    private CompletableFuture<@Nullable Void> each(String kind, Use use) {
        return page(kind, "", use);
    }

    private CompletableFuture<@Nullable Void> page(String kind, String after, Use use) {
        return context.journal()
                .values(kind, after, PAGE)
                .thenComposeAsync(
                        page -> {
                            for (KeyValue one : page) {
                                Bytes value = one.value();
                                if (value != null) {
                                    Faults.safely(() -> use.take(Kept.id(one), value));
                                }
                            }
                            return page.isEmpty()
                                    ? CompletableFuture.completedFuture(null)
                                    : page(kind, page.get(page.size() - 1).key(), use);
                        },
                        context.executor());
    }

    private static CompletableFuture<@Nullable Void> all(
            List<Returning> all, Function<Returning, CompletableFuture<?>> step) {
        return CompletableFuture.allOf(all.stream()
                .map(one -> tried(one, step))
                .map(done -> done.exceptionally(lost -> {
                    Faults.report(lost);
                    return null;
                }))
                .toArray(CompletableFuture[]::new));
    }

    private static CompletableFuture<?> tried(Returning one, Function<Returning, CompletableFuture<?>> step) {
        try {
            return step.apply(one);
        } catch (RuntimeException | Error broken) {
            return Faults.failed(broken);
        }
    }

    // ---- one session

    private Returning enter(StoredSession stored) {
        NamePolicy.Name name = context.names().user(stored.user().name());
        UserAddress address = stored.address().isEmpty() ? null : UserAddress.of(stored.address());
        if (!sessions.areHeld() || stored.tokens().isEmpty()) {
            throw Resuming.gone();
        }
        context.checkNotBanned(stored.user().id(), name.key(), Optional.ofNullable(address));
        User.Entrant who = new User.Entrant(
                stored.user().id(),
                stored.user().kind(),
                stored.account(),
                stored.addressKey(),
                address,
                stored.cameMillis(),
                stored.attributes());
        Encoding none = (room, entry, into) -> {};
        LastingParticipant.Arrival nobody = new LastingParticipant.Arrival(none, Nobody.NOBODY, address);
        SessionRecord record = new SessionRecord(stored.inFlight());
        Users.Entered<LastingParticipant> entered =
                context.users().enter(who, name, user -> new LastingParticipant(user, stored.origin(), record, nobody));
        LastingParticipant participant = entered.participant();
        User user = participant.user();
        if (entered.first()) {
            context.listener().onEnter(user);
        }
        if (user.isGuest()) {
            context.users().contacts(user, now -> stored.contacts());
        }
        List<LastingSession> tooMany = new ArrayList<>(0);
        sessions.restore(participant, stored, context.nanos(), tooMany);
        tooMany.forEach(end);
        return new Returning(stored, participant);
    }

    private CompletableFuture<?> join(Returning one) {
        return CompletableFuture.allOf(one.stored().memberships().stream()
                .map(membership -> join(one.participant(), membership))
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<?> join(LastingParticipant participant, Membership membership) {
        if (membership.peer().stream().anyMatch(peer -> peer.user().kind() == UserKind.OPERATOR)) {
            return CompletableFuture.completedFuture(null); // the operator is somebody else in each process
        }
        Rooms.Wanted wanted = membership.peer().isEmpty()
                ? Rooms.Wanted.known(membership.key(), membership.name())
                : Rooms.Wanted.direct(participant.user(), peer(membership.peer().get(0)));
        return rooms.in(wanted, room -> {
                    numbers.put(membership.key(), room.number());
                    return room.restore(participant);
                })
                .exceptionally(lost -> {
                    // The conversation with a guest who did not come back is over.
                    if (!(Faults.cause(lost) instanceof RoomException no) || no.reason() != Reason.NO_SUCH_USER) {
                        Faults.report(lost);
                    }
                    return null;
                });
    }

    /** The other of a conversation, who may be away. */
    private User peer(Peer peer) {
        UserItem item = peer.user();
        return context.users().peer(item, peer.account(), context.names().user(item.name()));
    }

    /** Which of its commands are kept, in which rooms. */
    private CompletableFuture<?> know(Returning one) {
        SessionRecord record = one.participant().outliving();
        return context.journal()
                .find(one.stored().origin(), 1, one.stored().inFlight())
                .thenCompose(kept -> CompletableFuture.allOf(kept.stream()
                                .map(KeptCommand::room)
                                .distinct()
                                .map(this::number)
                                .toArray(CompletableFuture[]::new))
                        .thenRun(() -> record.cids().restore(one.stored().read(), kept, numbers)));
    }

    /** Finds the number of a room. */
    private CompletableFuture<?> number(String key) {
        if (numbers.containsKey(key)) {
            return CompletableFuture.completedFuture(null);
        }
        Journal journal = context.journal();
        return journal.open(key).thenAccept(room -> {
            numbers.put(key, room.number());
            journal.close(key);
        });
    }
}
