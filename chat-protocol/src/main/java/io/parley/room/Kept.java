package io.parley.room;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.journal.KeyValue;
import io.parley.model.ServerBan;
import io.parley.sequencer.Contacts;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What a hub keeps in the journal beside rooms and sessions, as bytes. No state, for any thread.
 *
 * <pre>
 *   contacts   key: the account's id in hex | mode varint | ignored: count x u64
 *   ban        key: its number in hex | account u64 | number varint | kind string | subject string | sinceMillis i64
 *              | untilMillis i64 | by string | text string
 * </pre>
 */
final class Kept {
    static final String CONTACTS = "contacts";
    static final String BAN = "ban";

    private static final int MOST_BYTES = 64 << 10;
    private static final HexFormat HEX = HexFormat.of();

    private Kept() {}

    /** A ban, and the id of the account that it binds; 0 if it binds none. */
    record Ban(ServerBan ban, long account) {}

    static KeyValue contacts(long id, Contacts contacts) {
        String key = HEX.toHexDigits(id);
        if (contacts.equals(Contacts.OPEN)) {
            return new KeyValue(CONTACTS, key, null);
        }
        ByteBuffer into = ByteBuffer.allocate(MOST_BYTES);
        contacts.encode(into);
        return new KeyValue(CONTACTS, key, bytes(into));
    }

    static Contacts contacts(Bytes bytes) {
        return Contacts.decode(over(bytes));
    }

    /** Whose a value is. */
    static long id(KeyValue value) {
        return HexFormat.fromHexDigitsToLong(value.key());
    }

    static KeyValue ban(ServerBan ban, long account) {
        ByteBuffer into = ByteBuffer.allocate(MOST_BYTES);
        ByteWriter.fixed64(into, account);
        ByteWriter.varint(into, ban.number());
        ByteWriter.text(into, ban.kind().name());
        ByteWriter.text(into, ban.subject());
        ByteWriter.fixed64(into, ban.sinceMillis());
        ByteWriter.fixed64(into, ban.untilMillis());
        ByteWriter.text(into, ban.by());
        ByteWriter.text(into, ban.text());
        return new KeyValue(BAN, HEX.toHexDigits(ban.number()), bytes(into), true);
    }

    static KeyValue noBan(long number) {
        return new KeyValue(BAN, HEX.toHexDigits(number), null);
    }

    static Ban ban(Bytes bytes) {
        ByteReader in = over(bytes);
        long account = in.fixed64();
        long number = in.varint();
        ServerBan ban =
                new ServerBan(number, kind(in.text()), in.text(), in.fixed64(), in.fixed64(), in.text(), in.text());
        return new Ban(ban, account);
    }

    private static ServerBan.Kind kind(String name) {
        try {
            return ServerBan.Kind.valueOf(name);
        } catch (IllegalArgumentException later) {
            throw new MalformedException("a ban that a later version has written");
        }
    }

    private static ByteReader over(Bytes bytes) {
        ByteReader in = new ByteReader();
        in.over(bytes.toArray(), 0, bytes.length());
        return in;
    }

    private static Bytes bytes(ByteBuffer written) {
        byte[] bytes = new byte[written.flip().remaining()];
        written.get(bytes);
        return Bytes.of(bytes);
    }
}
