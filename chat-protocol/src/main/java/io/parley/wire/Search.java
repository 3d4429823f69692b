package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * Asks for messages of a room that have some words, the newest first. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param epoch the epoch that {@code before} is of
 * @param words the words, all of which must occur
 * @param sender the id of the user who said it, or 0
 * @param sinceMillis only what was said then or later, or 0
 * @param untilMillis only what was said before then, or 0
 * @param before only messages below this number, or 0
 * @param limit the most messages that may be answered
 */
public record Search(
        long id,
        int room,
        long epoch,
        String words,
        long sender,
        long sinceMillis,
        long untilMillis,
        long before,
        int limit)
        implements ClientFrame {
    static final int TYPE = 0x16;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x16 SEARCH: id varint | room varint | epoch u64 | words string | sender u64 | sinceMillis varint
    //     | untilMillis varint | before varint | limit varint
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.fixed64(into, epoch);
        ByteWriter.text(into, words);
        ByteWriter.fixed64(into, sender);
        ByteWriter.varint(into, sinceMillis);
        ByteWriter.varint(into, untilMillis);
        ByteWriter.varint(into, before);
        ByteWriter.varint(into, limit);
        FrameWriter.end(into, start);
    }

    static Search decode(ByteReader in) {
        return new Search(
                in.varint(),
                in.varint31(),
                in.fixed64(),
                in.text(),
                in.fixed64(),
                in.varint(),
                in.varint(),
                in.varint(),
                in.varint31());
    }

    @Override
    public byte[] toBytes() {
        return FrameWriter.toBytes(this, 128 + words.length());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onSearch(this);
    }

    @Override
    public String toString() {
        return new ValueText("SEARCH")
                .number("id", id)
                .number("room", room)
                .bits("epoch", epoch)
                .text("words", words)
                .bits("sender", sender)
                .number("since", sinceMillis)
                .number("until", untilMillis)
                .number("before", before)
                .number("limit", limit)
                .toString();
    }
}
