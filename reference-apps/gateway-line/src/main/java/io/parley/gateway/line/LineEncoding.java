package io.parley.gateway.line;

import io.parley.model.Entry;
import io.parley.model.RoomRef;
import io.parley.room.Encoding;
import java.nio.ByteBuffer;

/** Entries as lines: the same for every member. Nobody's own lines come back. */
final class LineEncoding implements Encoding {

    @Override
    public void encode(RoomRef room, Entry entry, ByteBuffer into) {
        into.put(LineText.bytes(LineText.of(room.kind(), entry)));
    }

    @Override
    public boolean ownApart() {
        return true;
    }
}
