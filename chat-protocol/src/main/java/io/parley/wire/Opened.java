package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Somebody began a conversation with the user, or the user did elsewhere. Immutable, for any thread.
 *
 * @param snapshot the room as it is at this point
 */
public record Opened(RoomSnapshot snapshot) implements ServerFrame {
    static final int TYPE = 0x5B;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x5B OPENED: snapshot snapshot
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        snapshot.encode(into);
        FrameWriter.end(into, start);
    }

    static Opened decode(ByteReader in) {
        return new Opened(RoomSnapshot.decode(in));
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onOpened(this);
    }

    @Override
    public String toString() {
        return new ValueText("OPENED").nested("snapshot", snapshot).toString();
    }
}
