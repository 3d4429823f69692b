package io.parley.journal.jdbc;

import io.parley.codec.Bytes;
import io.parley.journal.DamagedException;
import io.parley.journal.KeyValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of values. No state of its own, for any thread. */
final class ValueTable {
    private final String place;

    ValueTable(String place) {
        this.place = place;
    }

    void put(Link link, List<KeyValue> values) throws SQLException {
        for (KeyValue value : values) {
            if (value.value() == null) {
                link.update("delete from value where kind = ? and key = ?", value.kind(), value.key());
            } else {
                byte[] content = value.value().toArray();
                link.update(
                        "insert into value (kind, key, content, crc) values (?, ?, ?, ?) on conflict (kind, key)"
                                + " do update set content = excluded.content, crc = excluded.crc",
                        value.kind(),
                        value.key(),
                        content,
                        Sums.value(value.kind(), value.key(), content));
            }
        }
    }

    @Nullable
    Bytes get(Link link, String kind, String key) throws SQLException {
        KeyValue found =
                link.one("select kind, key, content, crc from value where kind = ? and key = ?", this::read, kind, key);
        return found == null ? null : found.value();
    }

    List<KeyValue> read(Link link, String kind, String after, int limit) throws SQLException {
        return List.copyOf(link.all(
                "select kind, key, content, crc from value where kind = ? and key > ? order by key limit ?",
                this::read,
                kind,
                after,
                limit));
    }

    /** Values of all kinds behind one, in their order. */
    List<KeyValue> all(Link link, String kind, String key, int limit) throws SQLException {
        return link.all(
                "select kind, key, content, crc from value where (kind, key) > (?, ?) order by kind, key limit ?",
                this::read,
                kind,
                key,
                limit);
    }

    KeyValue read(ResultSet from) throws SQLException {
        String kind = from.getString(1);
        String key = from.getString(2);
        byte[] content = from.getBytes(3);
        if (content == null) { // how a driver may read an empty one
            content = new byte[0];
        }
        if (from.getInt(4) != Sums.value(kind, key, content)) {
            throw new DamagedException(place + ", table value, kind " + kind + ", key " + key
                    + " is damaged: its checksum is wrong. Restore a backup, or set the value anew.");
        }
        return new KeyValue(kind, key, Bytes.of(content));
    }
}
