package io.parley.journal.jdbc;

import io.parley.journal.KeptRoom;
import io.parley.model.RoomState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of rooms, without the state. Immutable, for any thread.
 *
 * @param number the room's number
 * @param key the room's key
 * @param epoch what the epoch is made from, together with the history of the whole database
 * @param head the last number given
 * @param floor the lowest number kept
 * @param bytes how many bytes its entries have
 * @param lastId the id of the request that was kept last, null before the first
 * @param stateSum the checksum of the state, 0 if there is none
 */
record RoomRow(
        int number, String key, long epoch, long head, long floor, long bytes, byte @Nullable [] lastId, int stateSum) {

    static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    boolean isLast(byte[] id) {
        return Arrays.equals(id, lastId);
    }

    /** How many entries are kept. */
    long entries() {
        return head - floor + 1;
    }

    /** The room after an append. */
    RoomRow appended(byte[] id, int entries, long more, int newStateSum) {
        return new RoomRow(number, key, epoch, head + entries, floor, bytes + more, id, newStateSum);
    }

    /** The room without its oldest entries. */
    RoomRow trimmed(long newFloor, long less) {
        return new RoomRow(number, key, epoch, head, newFloor, bytes - less, lastId, stateSum);
    }

    KeptRoom opened(long history, RoomState state) {
        return new KeptRoom(number, epoch ^ history, head, floor, state);
    }
}
