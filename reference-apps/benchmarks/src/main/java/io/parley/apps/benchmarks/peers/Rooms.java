package io.parley.apps.benchmarks.peers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * All rooms, made when they are first named and numbered from 1. For any thread.
 *
 * @param <R> what the server at hand keeps of a room
 */
final class Rooms<R> {
    private final IntFunction<R> maker;
    private final Map<String, R> byName = new HashMap<>(); // guarded by this
    private volatile @Nullable Object[] byNumber = {null}; // replaced, never changed

    Rooms(IntFunction<R> maker) {
        this.maker = maker;
    }

    synchronized R named(String name) {
        R room = byName.get(name);
        if (room == null) {
            int number = byNumber.length;
            room = maker.apply(number);
            byName.put(name, room);
            @Nullable Object[] more = Arrays.copyOf(byNumber, number + 1);
            more[number] = room;
            byNumber = more;
        }
        return room;
    }

    @SuppressWarnings("unchecked") // only rooms are put there
    @Nullable
    R numbered(int number) {
        @Nullable Object[] rooms = byNumber;
        return number > 0 && number < rooms.length ? (R) rooms[number] : null;
    }
}
