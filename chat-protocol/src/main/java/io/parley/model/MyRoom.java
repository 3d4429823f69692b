package io.parley.model;

import io.parley.codec.ValueText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room or conversation that an account is a member of, and what there is to read in it. Immutable, for any thread.
 *
 * @param number the room's number
 * @param kind ROOM or DIRECT
 * @param name the room's name; of a direct conversation the other's
 * @param peer of a direct conversation the id of the other; else 0
 * @param epoch the epoch of the room's numbers
 * @param head the highest number given so far
 * @param floor the lowest number that can still be read
 * @param readSeq up to which number the account has read
 * @param mentions how many of the unread messages name the account; of many unread ones only the oldest 1,000 are looked at
 * @param last the newest message; null if there is none among the newest entries
 */
public record MyRoom(
        int number,
        RoomKind kind,
        String name,
        long peer,
        long epoch,
        long head,
        long floor,
        long readSeq,
        int mentions,
        @Nullable LastMessage last) {

    /**
     * How many entries were not read, of those that can still be read. Exact, since numbers have no holes.
     *
     * @return 0 if everything was read
     */
    public long unread() {
        return Math.max(0, head - Math.max(readSeq, floor - 1));
    }

    @Override
    public String toString() {
        return new ValueText("MY_ROOM")
                .number("number", number)
                .word("kind", kind.name())
                .text("name", name)
                .number("head", head)
                .number("floor", floor)
                .number("read", readSeq)
                .number("mentions", mentions)
                .list("last", last == null ? List.of() : List.of(last))
                .toString();
    }
}
