package io.parley.room;

import io.parley.codec.Bytes;
import io.parley.journal.Journal;
import io.parley.journal.KeptRoom;
import io.parley.log.Faults;
import io.parley.membership.RoomMember;
import io.parley.model.NamePolicy;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomItem;
import io.parley.model.RoomKind;
import io.parley.model.RoomRef;
import io.parley.model.RoomState;
import io.parley.sequencer.Outside;
import io.parley.sequencer.RoomContext.Place;
import io.parley.sequencer.RoomInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rooms in use: opened from the journal when they are first asked for, closed when nobody needs them. Any thread. Its
 * lock is a leaf.
 */
final class Rooms implements OpenRoom.Home {
    /** The one order of rooms in lists, and of the names that lists begin behind. */
    private static final Comparator<String> NAMES = Comparator.naturalOrder();

    private final HubContext context;
    private final Users users;
    private final Set<OpenRoom> unflushed = ConcurrentHashMap.newKeySet();
    private final Set<OpenRoom> waiting = ConcurrentHashMap.newKeySet(); // for the journal
    private final Map<Integer, OpenRoom> byNumber = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CompletableFuture<OpenRoom>> byKey = new HashMap<>(); // by journal key; lock
    private final OpenRoom announcements;

    Rooms(HubContext context) {
        this.context = context;
        this.users = context.users();
        Place<User> everywhere =
                new Place<>("announcements", new RoomRef(0, RoomKind.ANNOUNCEMENTS, "*", "*"), List.of());
        announcements =
                new OpenRoom(everywhere, context, this, new KeptRoom(0, 1, 0, 1, RoomState.EMPTY), null, List.of());
    }

    /**
     * Which room is wanted.
     *
     * @param key its name in the journal
     * @param kind the kind of room
     * @param name its name for people; empty for a conversation
     * @param nameKey the key of the name
     * @param pair the two of a conversation; empty for any other room
     */
    record Wanted(String key, RoomKind kind, String name, String nameKey, List<User> pair) {
        private static final String ROOM = "room:";

        static Wanted room(NamePolicy.Name name) {
            return new Wanted(ROOM + name.key(), RoomKind.ROOM, name.display(), name.key(), List.of());
        }

        /** A room by its key and the name that it had. */
        static Wanted known(String key, String name) {
            return new Wanted(key, RoomKind.ROOM, name, key.substring(ROOM.length()), List.of());
        }

        static Wanted direct(User one, User other) {
            List<User> pair = one.id() < other.id() ? List.of(one, other) : List.of(other, one);
            HexFormat hex = HexFormat.of();
            String key = "direct:" + hex.toHexDigits(pair.get(0).id()) + ":"
                    + hex.toHexDigits(pair.get(1).id());
            return new Wanted(key, RoomKind.DIRECT, "", "", pair);
        }
    }

    /** Does something in a room, which is opened if need be, and anew if it is just being closed. */
    <T> CompletableFuture<T> in(Wanted wanted, Function<OpenRoom, CompletableFuture<T>> use) {
        for (User user : wanted.pair()) {
            if (user.isGuest() && !user.isHere()) { // and never will be: no conversation with it stays open
                return CompletableFuture.failedFuture(
                        new RoomException(Reason.NO_SUCH_USER, user.name() + " is not here any more"));
            }
        }
        CompletableFuture<OpenRoom> opened;
        try {
            opened = open(wanted);
        } catch (RoomException full) {
            return CompletableFuture.failedFuture(full);
        }
        return opened.thenCompose(use).exceptionallyCompose(error -> {
            // The room was closed between finding it and coming in: there is a new one to be made.
            boolean again = Faults.cause(error) instanceof RoomException no && no.reason() == Reason.ROOM_GONE;
            if (!again || opened.isCompletedExceptionally()) {
                return CompletableFuture.failedFuture(Faults.cause(error));
            }
            return opened.join().over().thenCompose(closed -> in(wanted, use));
        });
    }

    /** Does something in a room of a name, as above. */
    <T> CompletableFuture<T> in(String name, Function<OpenRoom, CompletableFuture<T>> use) {
        try {
            return in(Wanted.room(context.names().room(name)), use);
        } catch (RoomException no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    private CompletableFuture<OpenRoom> open(Wanted wanted) {
        CompletableFuture<OpenRoom> opening = new CompletableFuture<>();
        lock.lock();
        try {
            CompletableFuture<OpenRoom> known = byKey.get(wanted.key());
            if (known != null) {
                return known;
            }
            if (byKey.size() >= context.options().maxRooms()) {
                throw new RoomException(Reason.TOO_MANY_ROOMS, "the server has as many rooms as it may");
            }
            byKey.put(wanted.key(), opening);
        } finally {
            lock.unlock();
        }
        CompletableFuture<Found> found = context.inTime(fromJournal(wanted));
        boolean atOnce = found.isDone();
        Faults.whenDone(found, (room, error) -> {
            if (error != null) {
                Faults.reportSeldom("a room could not be opened", error);
            }
            try {
                if (room == null) {
                    fail(opening, wanted.key());
                } else if (atOnce) {
                    begin(opening, wanted, room);
                } else { // on another thread than the journal's
                    context.executor().execute(() -> begin(opening, wanted, room));
                }
            } catch (Throwable noThread) {
                fail(opening, wanted.key());
                throw noThread;
            }
        });
        return opening;
    }

    /** What the journal has of a room. */
    private record Found(KeptRoom kept, @Nullable RoomInfo info, List<RoomMember> members) {}

    private CompletableFuture<Found> fromJournal(Wanted wanted) {
        try {
            Journal journal = context.journal();
            CompletableFuture<KeptRoom> opened = Objects.requireNonNull(journal.open(wanted.key()));
            CompletableFuture<@Nullable Bytes> info = wanted.kind() == RoomKind.ROOM && journal.isLasting()
                    ? journal.value(RoomInfo.KIND, wanted.key())
                    : CompletableFuture.completedFuture(null);
            return opened.thenCompose(room -> context.memberships()
                    .members(room.number())
                    .thenCombine(
                            info,
                            (members, bytes) ->
                                    new Found(room, bytes == null ? null : RoomInfo.decode(bytes), members)));
        } catch (Throwable broken) {
            return Faults.failed(broken);
        }
    }

    private void fail(CompletableFuture<OpenRoom> opening, String key) {
        unlink(key, opening);
        opening.completeExceptionally(new RoomException(Reason.UNAVAILABLE, "the room cannot be opened now"));
    }

    private void begin(CompletableFuture<OpenRoom> opening, Wanted wanted, Found found) {
        RoomInfo info = found.info();
        String name = info == null ? wanted.name() : info.name(); // as it was first given
        RoomRef ref = new RoomRef(found.kept().number(), wanted.kind(), name, wanted.nameKey());
        Place<User> place = new Place<>(wanted.key(), ref, wanted.pair());
        OpenRoom room;
        try {
            place = users.begin(place);
            room = new OpenRoom(place, context, this, found.kept(), info, members(found, ref));
            byNumber.put(room.number(), room);
        } catch (Throwable broken) {
            Faults.report(broken);
            found.members().stream()
                    .map(row -> users.known(row.id()))
                    .flatMap(Stream::ofNullable)
                    .forEach(user -> users.release(user, ref));
            users.ended(place);
            fail(opening, place.key());
            return;
        }
        opening.complete(room);
        Faults.safely(() -> room.watch(context.journal().watch(room.place().key(), room::catchUp)));
        place.pair().stream().filter(user -> user.isGuest() && !user.isHere()).forEach(user -> room.shut(gone(user)));
    }

    /** The accounts that are members. One whose name the server does not allow any more is left out. */
    private List<Outside.KeptMember> members(Found found, RoomRef room) {
        List<Outside.KeptMember> all = new ArrayList<>(found.members().size());
        for (RoomMember one : found.members()) {
            RoomMember row = one;
            try {
                if (row.readSeq() > found.kept().head()) { // the room has lost entries, and has other numbers now
                    row = row.read(found.kept().head());
                    context.memberships().put(row);
                }
                User user = users.member(row, context.names().user(row.name()), room);
                all.add(new Outside.KeptMember(user, row.sinceMillis(), row.readSeq(), row.unanswered()));
            } catch (RoomException bad) {
                Faults.reportSeldom("a member of a room cannot be restored", bad);
            }
        }
        return all;
    }

    private void unlink(String key, CompletableFuture<OpenRoom> opened) {
        lock.lock();
        try {
            byKey.remove(key, opened);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void closed(OpenRoom room, boolean forGood) {
        String key = room.place().key();
        CompletableFuture<@Nullable Void> done = CompletableFuture.completedFuture(null);
        if (forGood) {
            done = forget(key); // first: the next room of the name has no history
        }
        unflushed.remove(room);
        waiting.remove(room);
        byNumber.remove(room.number(), room);
        Faults.safely(room::release);
        users.ended(room.place());
        lock.lock(); // then: from now on it can be opened anew
        try {
            if (opened(byKey.get(key)) == room) {
                byKey.remove(key);
            }
        } finally {
            lock.unlock();
        }
        Throwable fault = tried(() -> {
            room.unwatch();
            if (!forGood) {
                context.journal().close(key);
            }
        });
        Faults.whenDone(done, (none, error) -> room.ended(error == null ? fault : error));
    }

    private CompletableFuture<@Nullable Void> forget(String key) {
        try {
            return Objects.requireNonNull(context.journal().forget(key));
        } catch (Throwable broken) {
            Faults.report(broken);
            return CompletableFuture.failedFuture(broken);
        }
    }

    private static @Nullable Throwable tried(Runnable act) {
        try {
            act.run();
            return null;
        } catch (Throwable broken) { // the journal's fault, which must not keep the room in use
            Faults.report(broken);
            return broken;
        }
    }

    @Override
    public void waits(OpenRoom room, boolean is) {
        if (is) {
            waiting.add(room);
        } else {
            waiting.remove(room);
        }
    }

    @Override
    public void flushLater(OpenRoom room) {
        unflushed.add(room);
    }

    @Override
    public void giveWay(RoomRef conversation) {
        OpenRoom room = byNumber.get(conversation.number());
        if (room != null) {
            room.end("too many conversations were not answered", false);
        }
    }

    /** Has presence told that was held back, and looks after those rooms that wait for the journal. */
    void tick() {
        waiting.forEach(OpenRoom::lookAfter);
        for (OpenRoom room : List.copyOf(unflushed)) { // a copy: a room may put itself back
            unflushed.remove(room); // before it is told, or news that comes in between would be forgotten
            room.flush();
        }
    }

    /** The room, if it is open by now. */
    private static @Nullable OpenRoom opened(@Nullable CompletableFuture<OpenRoom> opening) {
        return opening == null || !opening.isDone() || opening.isCompletedExceptionally() ? null : opening.join();
    }

    @Nullable
    OpenRoom find(String key) {
        lock.lock();
        try {
            return opened(byKey.get(key));
        } finally {
            lock.unlock();
        }
    }

    /** Those of some rooms that are in use. */
    List<OpenRoom> find(List<RoomRef> refs) {
        return refs.stream()
                .map(ref -> byNumber.get(ref.number()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The rooms in use, conversations left out, by name. */
    List<Room> all() {
        return inUse().filter(room -> room.kind() == RoomKind.ROOM)
                .sorted(Comparator.comparing(Room::name, NAMES))
                .<Room>map(room -> room)
                .toList();
    }

    /** The rooms in use that a user may see in a list, behind one name. */
    List<RoomItem> listed(User viewer, String after, int limit) {
        return inUse().filter(room -> room.kind() == RoomKind.ROOM && NAMES.compare(room.name(), after) > 0)
                .sorted(Comparator.comparing(Room::name, NAMES))
                .map(room -> room.item(viewer))
                .flatMap(Stream::ofNullable)
                .limit(limit)
                .toList();
    }

    OpenRoom announcements() {
        return announcements;
    }

    /** A user has gone. A guest comes back as somebody else, so its conversations end. */
    void exited(User user) {
        if (user.isGuest()) {
            RoomException gone = gone(user);
            find(user.directs().open()).forEach(room -> room.shut(gone));
        }
    }

    private static RoomException gone(User user) {
        return new RoomException(Reason.ROOM_GONE, user.name() + " has gone");
    }

    /** Completes when all that was asked of any room before has happened and was told. */
    CompletableFuture<@Nullable Void> settled() {
        return CompletableFuture.allOf(inUse().map(OpenRoom::settled).toArray(CompletableFuture[]::new));
    }

    private Stream<OpenRoom> inUse() {
        Collection<CompletableFuture<OpenRoom>> known;
        lock.lock();
        try {
            known = List.copyOf(byKey.values());
        } finally {
            lock.unlock();
        }
        return known.stream().map(Rooms::opened).flatMap(Stream::ofNullable);
    }
}
