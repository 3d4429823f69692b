package io.parley.apps.benchmarks.micro;

import io.parley.room.Chunk;
import io.parley.room.Cursor;
import io.parley.room.Encoding;
import io.parley.room.Hub;
import io.parley.room.Joined;
import io.parley.room.Outlet;
import io.parley.room.Participant;
import io.parley.room.Past;

/** A member that reads its room's log and does nothing with it. One thread. */
final class Reader implements Outlet {
    private static final int RUN_BYTES = 32 << 10; // as the server reads

    private final Cursor cursor;
    private long bytes;

    Reader(Hub hub, String name, String room, Encoding encoding) {
        Participant participant = hub.enterGuest(name, encoding, this);
        cursor = participant.join(room, Past.NOTHING).join().cursor();
    }

    /** Reads all there is and goes idle; gives how many bytes were read so far. */
    long read() {
        do {
            for (Chunk run = cursor.prepare(RUN_BYTES); run != null; run = cursor.prepare(RUN_BYTES)) {
                int length = cursor.remaining();
                bytes += length;
                cursor.advance(run, length);
            }
            if (cursor.isLost()) {
                throw new IllegalStateException("fell out of the window");
            }
        } while (!cursor.sleep());
        return bytes;
    }

    @Override
    public void ready(Cursor woken) {}

    @Override
    public void opened(Joined joined) {}
}
