package io.parley.log;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of one log, in an array with free places: adding and removing one costs the same however many there are.
 * Changed under the log's lock; any thread may look at {@link #all()}, and sees every cursor that was there before.
 */
final class CursorSlots {
    static final int NONE = -1; // the slot of a cursor that is not here

    private static final int LEAST = 4;

    private volatile @Nullable Cursor[] slots = new Cursor[LEAST]; // replaced and changed under the lock
    private int cursors; // lock
    private int hint; // where a free slot may be; lock

    void add(Cursor cursor) {
        @Nullable Cursor[] now = slots;
        int free = 0;
        if (cursors == now.length) {
            free = cursors;
            now = Arrays.copyOf(now, 2 * cursors);
        } else {
            for (free = hint; now[free] != null; free = (free + 1) % now.length) {
                // an empty one is there
            }
        }
        hint = (free + 1) % now.length;
        now[free] = cursor;
        cursor.slot = free;
        cursors++;
        slots = now;
    }

    /** Removes a cursor, if it is here; true if it was the last. */
    boolean remove(Cursor cursor) {
        if (cursor.slot == NONE) {
            return false;
        }
        slots[cursor.slot] = null;
        hint = cursor.slot;
        cursor.slot = NONE;
        cursors--;
        if (cursors < slots.length / 8) {
            compact();
        }
        return cursors == 0;
    }

    /** A new array: a scan under way goes on in the old one and misses nobody. */
    private void compact() {
        @Nullable Cursor[] next = new Cursor[Math.max(LEAST, 2 * cursors)];
        int at = 0;
        for (Cursor cursor : slots) {
            if (cursor != null) {
                next[at] = cursor;
                cursor.slot = at++;
            }
        }
        hint = at % next.length;
        slots = next;
    }

    /** The array, with null for a free place. */
    @Nullable
    Cursor[] all() {
        return slots;
    }
}
