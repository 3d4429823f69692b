package io.parley.room;

import io.parley.journal.Journal;
import io.parley.model.RoomException;
import io.parley.model.RoomException.Reason;
import io.parley.model.RoomKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rooms in use: opened from the journal when they are first asked for, put away when nobody needs them. Any thread.
 * Its lock is a leaf.
 */
final class Rooms {
    private final Hub hub;
    private final Users users;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CompletableFuture<Room>> byKey = new HashMap<>(); // by journal key; lock
    private int lastNumber; // lock

    Rooms(Hub hub, Users users) {
        this.hub = hub;
        this.users = users;
    }

    /**
     * Which room is meant.
     *
     * @param key its name in the journal
     * @param name its name for people; empty for a conversation
     * @param pair the two of a conversation; empty for any other room
     */
    record Place(String key, RoomKind kind, String name, List<User> pair) {}

    /** Does something in a room, which is opened if need be, and anew if it is just being put away. */
    <T> CompletableFuture<T> in(Place place, Function<Room, CompletableFuture<T>> use) {
        CompletableFuture<Room> opened = open(place);
        return opened.thenCompose(use).exceptionallyCompose(error -> {
            // The room was put away between finding it and coming in: there is a new one to be made.
            boolean again = cause(error) instanceof RoomException no && no.reason() == Reason.ROOM_GONE;
            if (!again || opened.isCompletedExceptionally()) {
                return CompletableFuture.failedFuture(cause(error));
            }
            unlink(place.key(), opened);
            return in(place, use);
        });
    }

    private static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    private CompletableFuture<Room> open(Place place) {
        CompletableFuture<Room> opening = new CompletableFuture<>();
        int number;
        lock.lock();
        try {
            CompletableFuture<Room> known = byKey.get(place.key());
            if (known != null) {
                return known;
            }
            if (byKey.size() >= hub.options().maxRooms()) {
                throw new RoomException(Reason.TOO_MANY_ROOMS, "the server has as many rooms as it may");
            }
            byKey.put(place.key(), opening);
            number = ++lastNumber;
        } finally {
            lock.unlock();
        }
        asked(place.key()).whenComplete((opened, error) -> {
            if (opened == null) {
                fail(opening, place);
            } else {
                begin(opening, place, number, opened);
            }
        });
        return opening;
    }

    private void fail(CompletableFuture<Room> opening, Place place) {
        unlink(place.key(), opening);
        opening.completeExceptionally(new RoomException(Reason.UNAVAILABLE, "the room cannot be opened now"));
    }

    private CompletableFuture<Journal.Opened> asked(String key) {
        try {
            return Objects.requireNonNull(hub.journal().open(key));
        } catch (Throwable broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private void begin(CompletableFuture<Room> opening, Place place, int number, Journal.Opened opened) {
        Room room;
        try {
            room = users.converse(
                    place.pair(),
                    present -> new Room(hub, place.kind(), place.key(), place.name(), number, present, opened));
        } catch (Throwable broken) {
            Lane.report(broken);
            fail(opening, place);
            return;
        }
        opening.complete(room);
        room.pair().stream()
                .filter(user -> user.isGuest() && !user.isHere())
                .forEach(user -> room.shut(new RoomException(Reason.ROOM_GONE, user.name() + " has gone")));
    }

    private void unlink(String key, CompletableFuture<Room> opened) {
        lock.lock();
        try {
            byKey.remove(key, opened);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a closed room away. Called once for each room, under no lock. */
    void unload(Room room, boolean forGood) {
        lock.lock();
        try {
            if (opened(byKey.get(room.key())) == room) {
                byKey.remove(room.key());
            }
        } finally {
            lock.unlock();
        }
        users.ended(room);
        if (forGood) {
            hub.journal().forget(room.key());
        } else {
            hub.journal().close(room.key());
        }
    }

    /** The room, if it is open by now. */
    private static @Nullable Room opened(@Nullable CompletableFuture<Room> opening) {
        return opening == null || !opening.isDone() || opening.isCompletedExceptionally() ? null : opening.join();
    }

    @Nullable
    Room find(String key) {
        lock.lock();
        try {
            return opened(byKey.get(key));
        } finally {
            lock.unlock();
        }
    }

    /** The rooms in use, conversations left out, by name. */
    List<Room> all() {
        return inUse().filter(room -> room.kind() == RoomKind.ROOM)
                .sorted(Comparator.comparing(Room::name))
                .toList();
    }

    /** Completes when all that was asked of any room before has happened and was told. */
    CompletableFuture<@Nullable Void> settled() {
        return CompletableFuture.allOf(inUse().map(Room::settled).toArray(CompletableFuture[]::new));
    }

    private Stream<Room> inUse() {
        Collection<CompletableFuture<Room>> known;
        lock.lock();
        try {
            known = List.copyOf(byKey.values());
        } finally {
            lock.unlock();
        }
        return known.stream().map(Rooms::opened).flatMap(Stream::ofNullable);
    }
}
