package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.ValueText;
import io.parley.model.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of a room as the same bytes that were sent live: ascending, or what a search has found, the newest first. Immutable, for
 * any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param epoch the epoch of the room's numbers
 * @param floor the lowest number that can still be read; of a search the lowest that was looked at
 * @param head the highest number given so far
 * @param more whether there is more in the direction of travel
 * @param entries whole frames, one after another
 */
public record HistoryPage(long id, int room, long epoch, long floor, long head, boolean more, Bytes entries)
        implements ServerFrame {
    static final int TYPE = 0x45;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x45 HISTORY_PAGE: id varint | room varint | epoch u64 | floor varint | head varint | more flag
    //     | entries bytes
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.fixed64(into, epoch);
        ByteWriter.varint(into, floor);
        ByteWriter.varint(into, head);
        ByteWriter.flag(into, more);
        ByteWriter.bytes(into, entries);
        FrameWriter.end(into, start);
    }

    static HistoryPage decode(ByteReader in) {
        return new HistoryPage(
                in.varint(), in.varint31(), in.fixed64(), in.varint(), in.varint(), in.flag(), in.bytes());
    }

    @Override
    public byte[] toBytes() {
        return FrameWriter.toBytes(this, 64 + entries.length());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onHistoryPage(this);
    }

    /**
     * Decodes the entries. Frames of a type that is not known come as {@link Unknown}, or not at all where
     * the type says so.
     *
     * @param maxFrameBytes the longest payload that is accepted, in bytes
     * @return the frames in their order
     * @throws ProtocolException when the entries are not whole frames
     * @throws IllegalArgumentException when the limit is none, as of {@link FrameDecoder#ofServerFrames}
     */
    public List<ServerFrame> decodeEntries(int maxFrameBytes) {
        FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(maxFrameBytes);
        ByteBuffer source = ByteBuffer.wrap(entries.toArray());
        List<ServerFrame> frames = new ArrayList<>();
        for (ServerFrame frame = decoder.next(source); frame != null; frame = decoder.next(source)) {
            frames.add(frame);
        }
        if (decoder.midFrame()) {
            throw new ProtocolException(ErrorCode.MALFORMED, "a history page that ends inside an entry");
        }
        return List.copyOf(frames);
    }

    @Override
    public String toString() {
        return new ValueText("HISTORY_PAGE")
                .number("id", id)
                .number("room", room)
                .bits("epoch", epoch)
                .number("floor", floor)
                .number("head", head)
                .flag("more", more)
                .secret("entries", entries.length())
                .toString();
    }
}
