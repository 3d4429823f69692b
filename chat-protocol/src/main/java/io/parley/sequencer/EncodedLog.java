package io.parley.sequencer;

import io.parley.log.ByteLog;
import io.parley.log.WindowBudget;
import io.parley.model.Entry;
import io.parley.model.RoomRef;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/** The newest entries of a room in one encoding. It exists while somebody reads the room in that encoding. */
public final class EncodedLog extends ByteLog implements ByteLog.Encoder<Entry> {
    /** The room, as its log needs it. */
    public interface Owner {
        /**
         * Which room this is.
         *
         * @return its number, kind and name
         */
        RoomRef ref();
    }

    private final Owner room;
    private final RoomRef ref;
    private final EntryEncoding encoding;

    EncodedLog(Owner room, EntryEncoding encoding, WindowBudget budget, ReentrantLock lock, long head) {
        super(budget, lock, head);
        this.room = room;
        this.ref = room.ref();
        this.encoding = encoding;
    }

    Owner room() {
        return room;
    }

    EntryEncoding encoding() {
        return encoding;
    }

    /** Encodes an entry at the end; nobody sees it before the commit. The room's mover, under no lock. */
    void write(Entry entry) {
        write(entry instanceof Entry.Sequenced numbered ? numbered.seq() : 0, entry, this);
    }

    @Override
    public void encode(Entry entry, ByteBuffer into) {
        encoding.encode(ref, entry, into);
    }
}
