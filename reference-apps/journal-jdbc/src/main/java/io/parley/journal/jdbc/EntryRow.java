package io.parley.journal.jdbc;

import io.parley.codec.MalformedException;
import io.parley.journal.DamagedException;
import io.parley.journal.EntryCodec;
import io.parley.model.Entry;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of the table of entries. Immutable, for any thread.
 *
 * @param seq the number in the room
 * @param origin the session whose command it was, 0 for none
 * @param cid the number of the command
 * @param timeMillis when it was ordered
 * @param content the entry, encoded
 */
record EntryRow(long seq, long origin, long cid, long timeMillis, byte[] content) {
    static final String COLUMNS = "seq, origin, cid, time, content, crc";

    static EntryRow of(Entry.Sequenced entry) {
        return new EntryRow(entry.seq(), entry.origin(), entry.cid(), entry.timeMillis(), EntryCodec.encode(entry));
    }

    /** Reads {@link #COLUMNS}, and verifies the checksum. */
    static EntryRow read(String place, int room, ResultSet from) throws SQLException {
        byte[] content = from.getBytes("content");
        EntryRow row = new EntryRow(
                from.getLong("seq"),
                from.getLong("origin"),
                from.getLong("cid"),
                from.getLong("time"),
                content == null ? new byte[0] : content);
        if (from.getInt("crc") != Sums.entry(room, row)) {
            throw damaged(place, room, row.seq, "its checksum is wrong");
        }
        return row;
    }

    Entry.Sequenced decode(String place, int room) {
        try {
            return EntryCodec.decode(content);
        } catch (MalformedException malformed) {
            throw damaged(place, room, seq, "it is malformed");
        }
    }

    static DamagedException damaged(String place, int room, long seq, String why) {
        return new DamagedException(place + ", table entry, room " + room + ", number " + seq + " is damaged: " + why
                + ". Restore a backup, or go on without this entry.");
    }
}
