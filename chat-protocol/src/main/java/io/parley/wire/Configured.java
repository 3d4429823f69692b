package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.RoomSettings;
import java.nio.ByteBuffer;

/**
 * An entry: the room has other settings. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param actor who did it
 * @param settings the settings from now on
 */
public record Configured(int room, long seq, long timeMillis, String actor, RoomSettings settings)
        implements ServerFrame {
    static final int TYPE = 0x53;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x53 CONFIGURED: room varint | seq varint | timeMillis varint | actor string | settings settings
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        ByteWriter.varint(into, timeMillis);
        ByteWriter.text(into, actor);
        settings.encode(into);
        FrameWriter.end(into, start);
    }

    static Configured decode(ByteReader in) {
        return new Configured(in.varint31(), in.varint(), in.varint(), in.text(), RoomSettings.decode(in));
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onConfigured(this);
    }

    @Override
    public String toString() {
        return new ValueText("CONFIGURED")
                .number("room", room)
                .number("seq", seq)
                .number("timeMillis", timeMillis)
                .text("actor", actor)
                .nested("settings", settings)
                .toString();
    }
}
