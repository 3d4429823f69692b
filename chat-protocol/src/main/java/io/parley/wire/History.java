package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.MalformedException;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for entries of a room between two exclusive bounds. Immutable, for any thread.
 *
 * <p>With {@code after} the oldest entries above it are meant, else the newest below {@code before}, or of all.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param epoch the epoch that the bounds are of
 * @param after only entries above this number, or {@link #ABSENT}
 * @param before only entries below this number, or {@link #ABSENT}
 * @param limit the most entries that may be answered
 */
public record History(long id, int room, long epoch, long after, long before, int limit) implements ClientFrame {
    /** No bound. */
    public static final long ABSENT = -1;

    static final int TYPE = 0x12;
    private static final int HAS_AFTER = 1;
    private static final int HAS_BEFORE = 2;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x12 HISTORY: id varint | room varint | epoch u64 | flags u8 | after varint, if flags has 1
    //     | before varint, if flags has 2 | limit varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.fixed64(into, epoch);
        into.put((byte) ((after == ABSENT ? 0 : HAS_AFTER) | (before == ABSENT ? 0 : HAS_BEFORE)));
        if (after != ABSENT) {
            ByteWriter.varint(into, after);
        }
        if (before != ABSENT) {
            ByteWriter.varint(into, before);
        }
        ByteWriter.varint(into, limit);
        FrameWriter.end(into, start);
    }

    static History decode(ByteReader in) {
        long id = in.varint();
        int room = in.varint31();
        long epoch = in.fixed64();
        int flags = in.one();
        if ((flags & ~(HAS_AFTER | HAS_BEFORE)) != 0) {
            throw new MalformedException("flags that have no meaning");
        }
        long after = (flags & HAS_AFTER) == 0 ? ABSENT : in.varint();
        long before = (flags & HAS_BEFORE) == 0 ? ABSENT : in.varint();
        return new History(id, room, epoch, after, before, in.varint31());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onHistory(this);
    }

    @Override
    public String toString() {
        return new ValueText("HISTORY")
                .number("id", id)
                .number("room", room)
                .bits("epoch", epoch)
                .word("after", after == ABSENT ? "-" : Long.toString(after))
                .word("before", before == ABSENT ? "-" : Long.toString(before))
                .number("limit", limit)
                .toString();
    }
}
