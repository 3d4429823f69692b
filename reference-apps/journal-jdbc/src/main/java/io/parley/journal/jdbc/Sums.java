package io.parley.journal.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Checksums of rows: CRC32C over all that a row says. A database does not notice when the disk changes a byte. No state of its own,
 * for any thread.
 */
final class Sums {
    private static final int MOST_NUMBERS = 6;

    private Sums() {}

    static int entry(int room, EntryRow row) {
        CRC32C sum = numbers(room, row.seq(), row.origin(), row.cid(), row.timeMillis());
        sum.update(row.content());
        return (int) sum.getValue();
    }

    static int room(RoomRow row) {
        CRC32C sum = numbers(row.number(), row.epoch(), row.head(), row.floor(), row.bytes(), row.stateSum());
        byte[] last = row.lastId();
        if (last != null) {
            sum.update(last);
        }
        return text(sum, row.key());
    }

    static int state(byte @Nullable [] state) {
        return state == null ? 0 : sum(new CRC32C(), state);
    }

    static int value(String kind, String key, byte[] content) {
        CRC32C sum = numbers(kind.length(), key.length());
        text(sum, kind);
        text(sum, key);
        return sum(sum, content);
    }

    private static CRC32C numbers(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * MOST_NUMBERS);
        for (long number : numbers) {
            bytes.putLong(number);
        }
        CRC32C sum = new CRC32C();
        sum.update(bytes.flip());
        return sum;
    }

    private static int text(CRC32C sum, String text) {
        return sum(sum, text.getBytes(StandardCharsets.UTF_8));
    }

    private static int sum(CRC32C sum, byte[] bytes) {
        sum.update(bytes);
        return (int) sum.getValue();
    }
}
