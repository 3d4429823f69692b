package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The client is in the room; backlog and live entries follow. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param snapshot the room as it is at this point
 * @param recovered whether everything after {@code since} follows, without a hole
 */
public record Joined(long id, RoomSnapshot snapshot, boolean recovered) implements ServerFrame {
    static final int TYPE = 0x43;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x43 JOINED: id varint | snapshot snapshot | recovered flag
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        snapshot.encode(into);
        ByteWriter.flag(into, recovered);
        FrameWriter.end(into, start);
    }

    static Joined decode(ByteReader in) {
        return new Joined(in.varint(), RoomSnapshot.decode(in), in.flag());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onJoined(this);
    }

    @Override
    public String toString() {
        return new ValueText("JOINED")
                .number("id", id)
                .nested("snapshot", snapshot)
                .flag("recovered", recovered)
                .toString();
    }
}
