package io.parley.apps.server.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.parley.codec.Bytes;
import io.parley.journal.EntryCodec;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.StateCodec;
import io.parley.journal.jdbc.JournalReader;
import io.parley.model.Entry;
import io.parley.model.UserItem;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes a journal as lines of JSON. What an import needs is in {@code data}, in the encoding of the journal; the other fields of an
 * entry are for people and programs. One thread.
 */
final class Export {
    /** The version of the format. A later one may have more fields and more types of lines under the same number. */
    static final int FORMAT = 1;

    private static final int PAGE = 500;

    private final JournalReader journal;
    private final JsonGenerator json;
    private long rooms;
    private long entries;
    private long values;

    Export(JournalReader journal, OutputStream to) throws IOException {
        this.journal = journal;
        this.json = new JsonFactory()
                .createGenerator(to)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    void write() throws IOException, SQLException {
        begin("journal");
        json.writeNumberField("format", FORMAT);
        json.writeBinaryField("secret", journal.secret());
        json.writeEndObject();
        List<String> keys = journal.rooms("", PAGE);
        while (!keys.isEmpty()) {
            for (String key : keys) {
                room(key);
            }
            keys = journal.rooms(keys.get(keys.size() - 1), PAGE);
        }
        values();
        begin("end");
        json.writeNumberField("rooms", rooms);
        json.writeNumberField("entries", entries);
        json.writeNumberField("values", values);
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void begin(String type) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
    }

    private void room(String key) throws IOException, SQLException {
        KeptRoom room = journal.room(key);
        if (room == null) {
            return;
        }
        rooms++;
        begin("room");
        json.writeStringField("room", key);
        json.writeNumberField("number", room.number());
        json.writeNumberField("floor", room.floor());
        json.writeNumberField("head", room.head());
        json.writeStringField("topic", room.state().topic());
        json.writeBinaryField("data", StateCodec.encode(room.state()));
        json.writeEndObject();
        for (long last = 0; last < room.head(); ) {
            List<Entry.Sequenced> page = journal.read(key, last, PAGE).entries();
            if (page.isEmpty()) {
                break;
            }
            for (Entry.Sequenced entry : page) {
                entry(key, entry);
                last = entry.seq();
            }
        }
    }

    private void entry(String key, Entry.Sequenced entry) throws IOException {
        entries++;
        begin("entry");
        json.writeStringField("room", key);
        json.writeNumberField("seq", entry.seq());
        json.writeStringField("time", Instant.ofEpochMilli(entry.timeMillis()).toString());
        user("user", entry.author());
        content(entry);
        json.writeBinaryField("data", EntryCodec.encode(entry));
        json.writeEndObject();
    }

    private void user(String field, UserItem user) throws IOException {
        json.writeStringField(field, user.name());
        json.writeStringField(field + "Id", HexFormat.of().toHexDigits(user.id()));
    }

    private void content(Entry.Sequenced entry) throws IOException {
        if (entry instanceof Entry.Message message) {
            json.writeStringField("kind", "message");
            json.writeStringField("text", message.body());
        } else if (entry instanceof Entry.TopicChanged change) {
            json.writeStringField("kind", "topic");
            json.writeStringField("text", change.topic());
        } else if (entry instanceof Entry.Moderated act) {
            json.writeStringField("kind", "moderated");
            json.writeStringField("action", act.action().name());
            user("target", act.target());
            json.writeStringField("text", act.text());
        } else {
            json.writeStringField("kind", entry instanceof Entry.Configured ? "settings" : "other");
        }
    }

    private void values() throws IOException, SQLException {
        List<KeyValue> page = journal.values("", "", PAGE);
        while (!page.isEmpty()) {
            for (KeyValue value : page) {
                Bytes content = value.value();
                values++;
                begin("value");
                json.writeStringField("kind", value.kind());
                json.writeStringField("key", value.key());
                json.writeBinaryField("data", content == null ? new byte[0] : content.toArray());
                json.writeEndObject();
            }
            KeyValue last = page.get(page.size() - 1);
            page = journal.values(last.kind(), last.key(), PAGE);
        }
    }
}
