package io.parley.apps.server.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.parley.codec.Bytes;
import io.parley.codec.MalformedException;
import io.parley.journal.EntryCodec;
import io.parley.journal.KeptRoom;
import io.parley.journal.KeyValue;
import io.parley.journal.StateCodec;
import io.parley.journal.jdbc.CheckReport;
import io.parley.journal.jdbc.JournalImport;
import io.parley.model.Entry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a journal of the lines that {@link Export} writes. Types of lines and fields that it does not know are left out. One thread. */
final class Import {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int AT_ONCE = 500; // entries
    private static final int SECRET_BYTES = 32;

    private final BufferedReader lines;
    private final List<Entry.Sequenced> waiting = new ArrayList<>(); // of one room
    private String room = ""; // whose they are
    private long number; // of the line
    private long rooms;
    private long entries;
    private long values;

    Import(BufferedReader lines) {
        this.lines = lines;
    }

    /** The fields of a line: texts and numbers. */
    private record Line(Map<String, Object> fields) {
        String text(String name) throws IOException {
            if (fields.get(name) instanceof String text) {
                return text;
            }
            throw new IOException("there is no text " + name);
        }

        long number(String name) throws IOException {
            if (fields.get(name) instanceof Long number) {
                return number;
            }
            throw new IOException("there is no number " + name);
        }

        byte[] bytes(String name) throws IOException {
            return Base64.getDecoder().decode(text(name));
        }
    }

    /**
     * Reads all lines.
     *
     * @throws IOException if a line is not as it should be, with its number, or the end is missing
     */
    CheckReport into(Path folder) throws IOException, SQLException {
        try (JournalImport journal = JournalImport.into(folder, secret(next()))) {
            boolean ended = false;
            for (Line line = next(); line != null; line = next()) {
                if (ended) {
                    throw wrong("there is something behind the end", null);
                }
                ended = take(line, journal);
            }
            if (!ended) {
                throw wrong("the end is missing: the file was cut off", null);
            }
            return journal.finish();
        }
    }

    /** The secret in the first line, which says what all this is. */
    private byte[] secret(@Nullable Line first) throws IOException {
        if (first == null || !"journal".equals(first.fields().get("type"))) {
            throw wrong("this is no export: the first line is not of the type journal", null);
        }
        try {
            if (first.number("format") > Export.FORMAT) {
                throw new IOException("a later version has written this: use that version");
            }
            byte[] secret = first.bytes("secret");
            if (secret.length != SECRET_BYTES) {
                throw new IOException("the secret has " + secret.length + " bytes, not " + SECRET_BYTES);
            }
            return secret;
        } catch (IOException | IllegalArgumentException bad) {
            throw wrong(String.valueOf(bad.getMessage()), bad);
        }
    }

    private @Nullable Line next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            return null;
        }
        number++;
        try {
            return parse(line);
        } catch (JsonProcessingException malformed) {
            throw wrong("this is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static Line parse(String line) throws IOException {
        Map<String, Object> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    fields.put(name, json.getText());
                } else if (value == JsonToken.VALUE_NUMBER_INT) {
                    fields.put(name, json.getLongValue());
                } else {
                    json.skipChildren();
                }
            }
        }
        return new Line(fields);
    }

    /** Takes a line; whether it is the end. */
    private boolean take(Line line, JournalImport journal) throws IOException {
        try {
            String type = line.text("type");
            if (!type.equals("entry")) {
                flush(journal);
            }
            switch (type) {
                case "room" -> room(line, journal);
                case "entry" -> entry(line, journal);
                case "value" -> value(line, journal);
                case "end" -> {
                    if (line.number("rooms") != rooms
                            || line.number("entries") != entries
                            || line.number("values") != values) {
                        throw new IOException("lines are missing: here are " + rooms + " rooms, " + entries
                                + " entries, " + values + " values");
                    }
                    return true;
                }
                default -> {
                    // Of a later version, for which an earlier one is good enough.
                }
            }
            return false;
        } catch (SQLException bad) {
            throw wrong("this cannot be kept: " + bad.getMessage(), bad);
        } catch (IOException | IllegalArgumentException | ArithmeticException | MalformedException bad) {
            throw wrong(String.valueOf(bad.getMessage()), bad);
        }
    }

    private void room(Line line, JournalImport journal) throws IOException, SQLException {
        rooms++;
        long floor = line.number("floor");
        KeptRoom made = new KeptRoom(
                Math.toIntExact(line.number("number")), 0, floor, floor, StateCodec.decode(line.bytes("data")));
        journal.room(line.text("room"), made);
    }

    private void entry(Line line, JournalImport journal) throws IOException, SQLException {
        entries++;
        String of = line.text("room");
        if (!of.equals(room) || waiting.size() >= AT_ONCE) {
            flush(journal);
            room = of;
        }
        waiting.add(EntryCodec.decode(line.bytes("data")));
    }

    private void flush(JournalImport journal) throws SQLException {
        if (!waiting.isEmpty()) {
            journal.entries(room, waiting);
            waiting.clear();
        }
    }

    private void value(Line line, JournalImport journal) throws IOException, SQLException {
        values++;
        Bytes content = Bytes.of(line.bytes("data"));
        journal.values(List.of(new KeyValue(line.text("kind"), line.text("key"), content)));
    }

    private IOException wrong(String words, @Nullable Exception cause) {
        return new IOException("line " + number + ": " + words, cause);
    }
}
