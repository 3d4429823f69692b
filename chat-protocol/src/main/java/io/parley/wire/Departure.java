package io.parley.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One who left a room. Immutable, for any thread.
 *
 * @param name the name
 * @param text why, maybe empty
 */
public record Departure(String name, String text) {
    private static final int LEAST_BYTES = 2;

    //  name string | text string
    void encode(ByteBuffer into) {
        FrameWriter.text(into, name);
        FrameWriter.text(into, text);
    }

    static Departure decode(FrameReader in) {
        return new Departure(in.text(), in.text());
    }

    //  count varint | count x the above
    static void encodeAll(ByteBuffer into, List<Departure> items) {
        FrameWriter.varint(into, items.size());
        for (Departure item : items) {
            item.encode(into);
        }
    }

    static List<Departure> decodeAll(FrameReader in) {
        Departure[] items = new Departure[in.count(LEAST_BYTES)];
        for (int i = 0; i < items.length; i++) {
            items[i] = decode(in);
        }
        return List.of(items);
    }

    @Override
    public String toString() {
        return new FrameText("DEPARTURE").text("name", name).text("text", text).toString();
    }
}
