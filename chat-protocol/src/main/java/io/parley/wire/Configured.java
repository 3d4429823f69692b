package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Entry;
import io.parley.model.RoomSettings;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * An entry: the room has other settings. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param origin the session whose command it was: the 64 bits of its origin
 * @param cid the number of the command within its origin, from 1
 * @param author who did it
 * @param settings the settings from now on
 */
public record Configured(
        int room, long seq, long timeMillis, long origin, long cid, UserItem author, RoomSettings settings)
        implements ServerFrame {
    static final int TYPE = 0x63;

    /**
     * The entry that it tells of.
     *
     * @return a new value
     */
    public Entry.Configured entry() {
        return new Entry.Configured(seq, timeMillis, origin, cid, author, settings);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x63 CONFIGURED: room varint | seq varint | timeMillis varint | origin u64 | cid varint | author user
    //     | settings settings
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        ByteWriter.varint(into, timeMillis);
        ByteWriter.fixed64(into, origin);
        ByteWriter.varint(into, cid);
        author.encode(into);
        settings.encode(into);
        FrameWriter.end(into, start);
    }

    static Configured decode(ByteReader in) {
        return new Configured(
                in.varint31(),
                in.varint(),
                in.varint(),
                in.fixed64(),
                in.varint(),
                UserItem.decode(in),
                RoomSettings.decode(in));
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
                .bits("origin", origin)
                .number("cid", cid)
                .nested("author", author)
                .nested("settings", settings)
                .toString();
    }
}
