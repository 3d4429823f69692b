package io.parley.membership;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.journal.KeyValue;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * An account that is a member of a room. Immutable, for any thread.
 *
 * <pre>
 *   key     room number in hex | account u64 in hex
 *   value   version 1 varint | account string | name string | since varint | read varint | unanswered flag
 * </pre>
 *
 * @param number the room's number
 * @param id the public id of the account
 * @param account the account as the policy calls it
 * @param name its last name
 * @param sinceMillis when it became a member, in steady time
 * @param readSeq up to which number it has read
 * @param unanswered whether it has not answered yet, in a direct conversation that the other began
 */
public record RoomMember(
        int number, long id, String account, String name, long sinceMillis, long readSeq, boolean unanswered) {
    static final String KIND = "member";

    private static final int VERSION = 1;
    private static final int MOST_BYTES = 8 << 10;
    private static final HexFormat HEX = HexFormat.of();

    /** The keys of all members of a room begin with this. */
    static String prefix(int number) {
        return HEX.toHexDigits(number);
    }

    static String rowKey(int number, long id) {
        return prefix(number) + HEX.toHexDigits(id);
    }

    /**
     * The same with another marker.
     *
     * @param seq up to which number it has read
     * @return the row
     */
    public RoomMember read(long seq) {
        return new RoomMember(number, id, account, name, sinceMillis, seq, unanswered);
    }

    KeyValue value() {
        ByteBuffer into = ByteBuffer.allocate(MOST_BYTES);
        ByteWriter.varint(into, VERSION);
        ByteWriter.text(into, account);
        ByteWriter.text(into, name);
        ByteWriter.varint(into, Math.max(0, sinceMillis));
        ByteWriter.varint(into, readSeq);
        ByteWriter.flag(into, unanswered);
        return new KeyValue(KIND, rowKey(number, id), Rows.written(into));
    }

    static RoomMember decode(String rowKey, Bytes value) {
        int digits = Integer.BYTES * 2;
        ByteReader in = Rows.read(value, VERSION);
        return new RoomMember(
                HexFormat.fromHexDigits(rowKey, 0, digits),
                HexFormat.fromHexDigitsToLong(rowKey, digits, rowKey.length()),
                in.text(),
                in.text(),
                in.varint(),
                in.varint(),
                in.flag());
    }
}
