package io.parley.membership;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.journal.KeyValue;
import io.parley.model.RoomKind;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A room that an account is a member of. Immutable, for any thread.
 *
 * <pre>
 *   key     account u64 in hex | kind digit | room number in hex
 *   value   version 1 varint | room key string | name string | unanswered flag | has a peer flag | peer user, its account string
 * </pre>
 *
 * @param account the public id of the account
 * @param kind ROOM or DIRECT
 * @param number the room's number
 * @param key the room's key in the journal
 * @param name the room's name; empty for a direct conversation
 * @param unanswered whether it is a conversation that the other began, and that the account has not answered
 * @param peer the other of a direct conversation, else null
 */
public record JoinedRoom(
        long account,
        RoomKind kind,
        int number,
        String key,
        String name,
        boolean unanswered,
        @Nullable Peer peer) {
    static final String KIND = "membership";

    private static final int VERSION = 1;
    private static final int MOST_BYTES = 8 << 10;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * The other of a direct conversation.
     *
     * @param user who it is, by its last name
     * @param account the account as the policy calls it; empty for a guest
     */
    public record Peer(UserItem user, String account) {}

    /** The keys of all rooms of an account begin with this. */
    static String prefix(long account) {
        return HEX.toHexDigits(account);
    }

    /** The keys of all rooms of one kind begin with this. */
    static String prefix(long account, RoomKind kind) {
        return prefix(account) + (kind == RoomKind.DIRECT ? 1 : 0);
    }

    static String rowKey(long account, RoomKind kind, int number) {
        return prefix(account, kind) + HEX.toHexDigits(number);
    }

    KeyValue value() {
        ByteBuffer into = ByteBuffer.allocate(MOST_BYTES);
        ByteWriter.varint(into, VERSION);
        ByteWriter.text(into, key);
        ByteWriter.text(into, name);
        ByteWriter.flag(into, unanswered);
        ByteWriter.flag(into, peer != null);
        if (peer != null) {
            peer.user().encode(into);
            ByteWriter.text(into, peer.account());
        }
        return new KeyValue(KIND, rowKey(account, kind, number), Rows.written(into));
    }

    static JoinedRoom decode(String rowKey, Bytes value) {
        int digits = Long.BYTES * 2;
        ByteReader in = Rows.read(value, VERSION);
        return new JoinedRoom(
                HexFormat.fromHexDigitsToLong(rowKey, 0, digits),
                rowKey.charAt(digits) == '1' ? RoomKind.DIRECT : RoomKind.ROOM,
                HexFormat.fromHexDigits(rowKey, digits + 1, rowKey.length()),
                in.text(),
                in.text(),
                in.flag(),
                in.flag() ? new Peer(UserItem.decode(in), in.text()) : null);
    }
}
