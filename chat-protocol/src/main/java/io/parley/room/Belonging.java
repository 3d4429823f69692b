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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rooms of accounts: what there is to read in them, and how many there may be. Any thread. */
final class Belonging {
    private static final int MOST_LISTED = 50; // rooms of a page
    private static final int MOST_LOOKED_AT = 1_000; // unread entries of a room, for mentions
    private static final int LOOKED_AT_ONCE = 200; // rows
    private static final int MOST_PAGES = 5; // of unread entries of a room, for mentions
    private static final int NEWEST = 10; // entries among which the last message is looked for

    private final HubContext context;
    private final Rooms rooms;
    private final ConcurrentHashMap<Long, CompletableFuture<MyRooms>> underWay =
            new ConcurrentHashMap<>(); // by the id of the account; the last one

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
        // Told on another thread than the journal's, since much follows.
        return context.told(unavailable(context.inTime(mayEnter(user, wanted, "", 0))))
                .thenCompose(may -> {
                    if (!may) {
                        throw new RoomException(
                                Reason.TOO_MANY_ROOMS, user.name() + " is in as many rooms as one may be");
                    }
                    return rooms.in(wanted, use);
                });
    }

    /** Whether a user is in a room already, or in fewer of its kind than may be. Conversations of others do not count. */
    private CompletableFuture<Boolean> mayEnter(User user, Rooms.Wanted wanted, String after, int before) {
        int most = context.options().maxRoomsPerUser();
        return context.memberships()
                .rooms(user.id(), wanted.kind(), after, Math.max(most, LOOKED_AT_ONCE))
                .thenCompose(page -> {
                    if (page.rows().stream().anyMatch(one -> one.key().equals(wanted.key()))) {
                        return CompletableFuture.completedFuture(true);
                    }
                    int count = before
                            + (int) page.rows().stream()
                                    .filter(one -> !one.unanswered())
                                    .count();
                    return page.next().isEmpty()
                            ? CompletableFuture.completedFuture(count < most)
                            : mayEnter(user, wanted, page.next(), count);
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

    // ---- an account that is no more

    /**
     * Ends all memberships of an account.
     *
     * @param cause why, for its sessions
     * @return completes when that is done; fails with UNAVAILABLE if it is not done in each room, and may be tried again then
     */
    CompletableFuture<@Nullable Void> end(long account, RoomException cause) {
        return endBehind(account, cause, "", true);
    }

    private CompletableFuture<@Nullable Void> endBehind(long account, RoomException cause, String after, boolean all) {
        return context.told(context.inTime(context.memberships().rooms(account, after, MOST_LISTED)))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(notEnded()))
                .thenComposeAsync(
                        page -> endOneByOne(account, page.rows(), 0, cause, all).thenCompose(done -> {
                            if (!page.next().isEmpty()) {
                                return endBehind(account, cause, page.next(), done);
                            }
                            return done
                                    ? CompletableFuture.completedFuture(null)
                                    : CompletableFuture.failedFuture(notEnded());
                        }),
                        context.executor());
    }

    private static RoomException notEnded() {
        return new RoomException(Reason.UNAVAILABLE, "not all memberships of the account could be ended");
    }

    /** One room after the other; gives whether all went well. One bad room must not keep the account in the others. */
    private CompletableFuture<Boolean> endOneByOne(
            long account, List<JoinedRoom> rows, int next, RoomException cause, boolean all) {
        if (next == rows.size()) {
            return CompletableFuture.completedFuture(all);
        }
        JoinedRoom row = rows.get(next);
        return context.inTime(end(account, row, cause))
                .handle((done, error) -> {
                    if (error == null) {
                        leftOver(row);
                    } else {
                        Faults.reportSeldom("a membership of a deleted account could not be ended", error);
                    }
                    return error == null;
                })
                .thenComposeAsync(well -> endOneByOne(account, rows, next + 1, cause, all && well), context.executor());
    }

    /** The other of a conversation keeps it; an open one is left like a room. */
    private CompletableFuture<@Nullable Void> end(long account, JoinedRoom row, RoomException cause) {
        if (row.kind() == RoomKind.DIRECT) {
            OpenRoom conversation = rooms.find(row.key());
            return conversation == null || conversation.number() != row.number()
                    ? CompletableFuture.completedFuture(null)
                    : conversation.dismiss(account, cause);
        }
        try {
            return rooms.in(
                    Rooms.Wanted.known(row.key(), row.name()),
                    room -> room.number() == row.number()
                            ? room.dismiss(account, cause)
                            : CompletableFuture.completedFuture(null));
        } catch (RoomException badName) { // of another name policy: nobody can join it
            return CompletableFuture.completedFuture(null);
        }
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
        CompletableFuture<MyRooms> done = new CompletableFuture<>();
        CompletableFuture<MyRooms> former = underWay.put(user.id(), done); // one at a time for each account
        CompletableFuture<?> turn = former == null
                ? CompletableFuture.completedFuture(null)
                : former.handle((page, error) -> Optional.empty());
        Faults.whenDone(unavailable(context.inTime(page(turn, user, after, most))), (page, error) -> {
            underWay.remove(user.id(), done);
            Asking.complete(done, page, error);
        });
        return done;
    }

    /** On another thread: to open the rooms and to look for mentions takes its time, whatever the journal is. */
    private CompletableFuture<MyRooms> page(CompletableFuture<?> turn, User user, String after, int most) {
        return turn.thenComposeAsync(begun -> context.memberships().rooms(user.id(), after, most), context.executor())
                .thenCompose(page -> rooms(user, page, 0, new ArrayList<>()));
    }

    /** One room after the other: others read, too. */
    private CompletableFuture<MyRooms> rooms(
            User user, MembershipStore.Page<JoinedRoom> page, int next, List<MyRoom> all) {
        if (next == page.rows().size()) {
            return CompletableFuture.completedFuture(new MyRooms(all, page.next()));
        }
        return room(user, page.rows().get(next))
                .thenComposeAsync(
                        room -> {
                            room.ifPresent(all::add);
                            return rooms(user, page, next + 1, all);
                        },
                        context.executor());
    }

    /** What there is to read in a room; nothing of one that cannot be read, which must not hide the others. */
    private CompletableFuture<Optional<MyRoom>> room(User user, JoinedRoom row) {
        Rooms.Wanted wanted;
        try {
            wanted = wanted(user, row);
        } catch (RoomException badName) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return rooms.in(wanted, room -> standing(user, row, room)).exceptionally(error -> {
            Throwable cause = Faults.cause(error);
            if (cause instanceof RoomException no && no.reason() == Reason.NO_SUCH_USER) {
                leftOver(row); // a conversation with a guest who has gone
            } else if (!(cause instanceof RoomException)) {
                Faults.reportSeldom("a room of an account could not be read", cause);
            }
            return Optional.empty();
        });
    }

    private CompletableFuture<Optional<MyRoom>> standing(User user, JoinedRoom row, OpenRoom room) {
        if (room.number() != row.number()) {
            leftOver(row); // the room of this key is another now
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return room.standing(user)
                .thenCompose(now -> now.isPresent()
                        ? item(user, row, room, now.get()).thenApply(Optional::of)
                        : CompletableFuture.completedFuture(Optional.<MyRoom>empty()));
    }

    private void leftOver(JoinedRoom row) {
        context.memberships().remove(row.account(), row.kind(), row.number());
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
                now.head() > read ? mentions(user, room, read, now.head(), MOST_LOOKED_AT, MOST_PAGES) : done(0);
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
    private CompletableFuture<Integer> mentions(User user, OpenRoom room, long after, long head, int most, int pages) {
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
            return !page.more() || read == 0 || read >= most || pages == 1
                    ? done(count)
                    : mentions(user, room, page.entries().get(read - 1).seq(), head, most - read, pages - 1)
                            .thenApply(rest -> count + rest);
        });
    }
}
