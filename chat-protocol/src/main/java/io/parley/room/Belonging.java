package io.parley.room;

import io.parley.journal.Journal;
import io.parley.log.Faults;
import io.parley.membership.JoinedRoom;
import io.parley.membership.MembershipStore;
import io.parley.membership.Mentions;
import io.parley.model.Entry;
import io.parley.model.EntryPage;
import io.parley.model.LastMessage;
import io.parley.model.MyRoom;
import io.parley.model.MyRooms;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import io.parley.sequencer.RoomCore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rooms of accounts: what there is to read in them, and how many there may be. Any thread. */
final class Belonging {
    private static final int MOST_LISTED = 50; // rooms of a page
    private static final int MOST_LOOKED_AT = 1_000; // unread entries of a room, for mentions
    private static final int NEWEST = 10; // entries among which the last message is looked for

    private final HubContext context;
    private final Rooms rooms;

    Belonging(HubContext context, Rooms rooms) {
        this.context = context;
        this.rooms = rooms;
    }

    // ---- how many

    /** Does something in a room that a user may become a member of, unless it is in as many as may be. */
    <T> CompletableFuture<T> in(User user, Rooms.Wanted wanted, Function<OpenRoom, CompletableFuture<T>> use) {
        OpenRoom open = rooms.find(wanted.key());
        if (user.isGuest() || user.isServer() || (open != null && open.isMember(user))) {
            return rooms.in(wanted, use); // a guest's rooms are all in use
        }
        int most = context.options().maxRoomsPerUser();
        CompletableFuture<List<JoinedRoom>> known =
                context.inTime(context.memberships().rooms(user.id(), wanted.kind(), most));
        return unavailable(known).thenCompose(all -> {
            if (all.size() >= most && all.stream().noneMatch(one -> one.key().equals(wanted.key()))) {
                throw new RoomException(Reason.TOO_MANY_ROOMS, user.name() + " is in as many rooms as one may be");
            }
            return rooms.in(wanted, use);
        });
    }

    /** Whatever keeps the journal from answering, the user is told the same. */
    private static <T> CompletableFuture<T> unavailable(CompletableFuture<T> answer) {
        return answer.exceptionallyCompose(error -> {
            boolean told = Faults.cause(error) instanceof RoomException;
            if (!told) {
                Faults.reportSeldom("memberships could not be read", error);
            }
            return CompletableFuture.failedFuture(
                    told
                            ? Faults.cause(error)
                            : new RoomException(Reason.UNAVAILABLE, "your rooms cannot be read at the moment"));
        });
    }

    // ---- markers

    CompletableFuture<@Nullable Void> read(Participant by, Subscription in, long seq) {
        User user = by.user();
        if (user.isGuest()) {
            return CompletableFuture.failedFuture(noGuests());
        }
        long moved = in.room().read(user, seq);
        if (moved > 0) {
            for (Participant other : user.participants()) {
                if (other.origin() != by.origin()) {
                    Faults.safely(() -> other.subscriber().read(in.room().ref(), moved));
                }
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private static RoomException noGuests() {
        return new RoomException(Reason.FORBIDDEN, "only accounts have rooms that they come back to");
    }

    // ---- the rooms

    CompletableFuture<MyRooms> mine(User user, String after, int limit) {
        if (user.isGuest()) {
            return CompletableFuture.failedFuture(noGuests());
        }
        if (!MembershipStore.mayBegin(user.id(), after)) {
            return CompletableFuture.failedFuture(
                    new RoomException(Reason.BAD_REQUEST, "no page of your rooms begins there"));
        }
        int most = Math.max(1, Math.min(limit, MOST_LISTED));
        CompletableFuture<MembershipStore.Page<JoinedRoom>> rows =
                context.memberships().rooms(user.id(), after, most);
        // On another thread: to open the rooms and to look for mentions takes its time, whatever the journal is.
        return unavailable(context.inTime(rows.thenComposeAsync(page -> rooms(user, page), context.executor())));
    }

    private CompletableFuture<MyRooms> rooms(User user, MembershipStore.Page<JoinedRoom> page) {
        List<CompletableFuture<Optional<MyRoom>>> all =
                page.rows().stream().map(row -> room(user, row)).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> new MyRooms(
                        all.stream()
                                .map(CompletableFuture::join)
                                .flatMap(Optional::stream)
                                .toList(),
                        page.next()));
    }

    private CompletableFuture<Optional<MyRoom>> room(User user, JoinedRoom row) {
        Rooms.Wanted wanted = wanted(user, row);
        return rooms.in(
                        wanted,
                        room -> room.standing(user).thenCompose(standing -> {
                            boolean same = room.number() == row.number();
                            return same && standing.isPresent()
                                    ? item(user, row, room, standing.get()).thenApply(Optional::of)
                                    : CompletableFuture.completedFuture(Optional.<MyRoom>empty());
                        }))
                .exceptionallyCompose(error -> {
                    boolean gone =
                            Faults.cause(error) instanceof RoomException no && no.reason() == Reason.NO_SUCH_USER;
                    return gone // a conversation with a guest who has gone
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : CompletableFuture.failedFuture(Faults.cause(error));
                })
                .thenApply(found -> {
                    if (found.isEmpty()) { // the room is another now, or the user is no member: the row was left over
                        context.memberships().remove(row.account(), row.kind(), row.number());
                    }
                    return found;
                });
    }

    private Rooms.Wanted wanted(User user, JoinedRoom row) {
        JoinedRoom.Peer peer = row.peer();
        if (row.kind() != RoomKind.DIRECT || peer == null) {
            return Rooms.Wanted.known(row.key(), row.name());
        }
        NamePolicy.Name name = context.names().user(peer.user().name());
        return Rooms.Wanted.direct(user, context.users().peer(peer.user(), peer.account(), name));
    }

    private CompletableFuture<MyRoom> item(User user, JoinedRoom row, OpenRoom room, RoomCore.Standing now) {
        long read = Math.max(Math.min(now.readSeq(), now.head()), now.floor() - 1);
        CompletableFuture<Integer> mentions =
                now.head() > read ? mentions(user, room, read, now.head(), MOST_LOOKED_AT) : done(0);
        return room.page(Journal.NONE, now.head(), NEWEST)
                .thenCombine(
                        mentions,
                        (page, count) -> new MyRoom(
                                room.number(),
                                row.kind(),
                                room.nameFor(user),
                                room.peer(user),
                                now.epoch(),
                                now.head(),
                                Math.max(now.floor(), page.floor()),
                                Math.min(now.readSeq(), now.head()),
                                count,
                                last(page)));
    }

    private static CompletableFuture<Integer> done(int count) {
        return CompletableFuture.completedFuture(count);
    }

    private static @Nullable LastMessage last(EntryPage page) {
        Entry.Message last = null;
        for (Entry.Sequenced entry : page.entries()) {
            last = entry instanceof Entry.Message message ? message : last;
        }
        return last == null ? null : LastMessage.of(last);
    }

    /** How many messages of others behind a number name the user. */
    private CompletableFuture<Integer> mentions(User user, OpenRoom room, long after, long head, int most) {
        return room.page(after, head, most).thenCompose(page -> {
            int here = 0;
            for (Entry.Sequenced entry : page.entries()) {
                boolean names = entry instanceof Entry.Message message
                        && message.author().id() != user.id()
                        && Mentions.of(message.body(), user.name());
                here += names ? 1 : 0;
            }
            int read = page.entries().size();
            int count = here;
            return !page.more() || read == 0 || read >= most
                    ? done(count)
                    : mentions(user, room, page.entries().get(read - 1).seq(), head, most - read)
                            .thenApply(rest -> count + rest);
        });
    }
}
