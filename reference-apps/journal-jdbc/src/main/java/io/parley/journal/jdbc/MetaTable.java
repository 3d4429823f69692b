package io.parley.journal.jdbc;

import io.parley.journal.DamagedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What a database says of itself. No state of its own, for any thread. */
final class MetaTable {
    /** 32 bytes that nobody can guess, made once. */
    static final String SECRET = "secret";

    /** 8 bytes, part of every epoch. */
    static final String HISTORY = "history";

    /** The process that writes: 16 random bytes. */
    static final String OWNER = "owner";

    /** The {@link Durability} of a journal that runs, or that ended without being closed; not there after a clean end. */
    static final String RUNNING = "running";

    /** Where the database is; one that was copied or put back is elsewhere. */
    static final String PLACE = "place";

    /** When a backup was made, in milliseconds; only in backups that no journal has opened yet. */
    static final String BACKUP = "backup";

    private static final String KIND = "meta"; // for the checksum

    private final String place;

    MetaTable(String place) {
        this.place = place;
    }

    byte @Nullable [] get(Link link, String name) throws SQLException {
        return link.one("select name, content, crc from meta where name = ?", this::read, name);
    }

    /** The same in PostgreSQL, and nobody changes it before the transaction ends. */
    byte @Nullable [] share(Link link, String name) throws SQLException {
        return link.one("select name, content, crc from meta where name = ? for share", this::read, name);
    }

    private byte[] read(ResultSet from) throws SQLException {
        byte[] content = from.getBytes(2);
        if (content == null || from.getInt(3) != Sums.value(KIND, from.getString(1), content)) {
            throw new DamagedException(place + ", table meta, " + from.getString(1)
                    + " is damaged: its checksum is wrong. Restore a backup.");
        }
        return content;
    }

    void put(Link link, String name, byte[] content) throws SQLException {
        link.update(
                "insert into meta (name, content, crc) values (?, ?, ?) on conflict (name)"
                        + " do update set content = excluded.content, crc = excluded.crc",
                name,
                content,
                Sums.value(KIND, name, content));
    }

    void remove(Link link, String name) throws SQLException {
        link.update("delete from meta where name = ?", name);
    }
}
