package io.parley.room;

import io.parley.log.ByteLog;
import io.parley.log.WindowBudget;
import io.parley.model.Entry;
import io.parley.model.RoomRef;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** The newest entries of a room in one encoding. It exists while somebody reads the room in that encoding. */
final class EncodedLog implements ByteLog.Encoder<Entry> {
    private final RoomRef room;
    private final Encoding encoding;
    private final ByteLog bytes;

    EncodedLog(RoomRef room, Encoding encoding, WindowBudget budget, ReentrantLock lock, long head) {
        this.room = room;
        this.encoding = encoding;
        this.bytes = new ByteLog(budget, lock, head);
    }

    Encoding encoding() {
        return encoding;
    }

    ByteLog bytes() {
        return bytes;
    }

    /** Encodes an entry at the end; nobody sees it before the commit. The room's mover, under no lock. */
    void write(Entry entry) {
        bytes.write(entry instanceof Entry.Sequenced numbered ? numbered.seq() : 0, entry, this);
    }

    @Override
    public void encode(Entry entry, ByteBuffer into) {
        encoding.encode(room, entry, into);
    }
}
