package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Tags;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * A message in its place in a room. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param origin the session whose command it was: the 64 bits of its origin
 * @param cid the number of the command within its origin, from 1
 * @param author who did it
 * @param body the text
 * @param tags what goes with the text
 */
public record Message(
        int room, long seq, long timeMillis, long origin, long cid, UserItem author, String body, Tags tags)
        implements ServerFrame {
    static final int TYPE = 0x60;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x60 MESSAGE: room varint | seq varint | timeMillis varint | origin u64 | cid varint | author user
    //     | body string | tags tags
    @Override
    public void encode(ByteBuffer into) {
        write(into, room, seq, timeMillis, origin, cid, author, body, tags);
    }

    /**
     * Writes a whole frame as {@link #encode} does, without making one: nothing is allocated. Any thread.
     *
     * @param into where to; its position is unspecified after an exception
     * @param room the number of the room
     * @param seq the number of the entry in its room
     * @param timeMillis when, in milliseconds since 1970
     * @param origin the session whose command it was
     * @param cid the number of the command within its origin
     * @param author who did it
     * @param body the text
     * @param tags what goes with the text
     * @throws java.nio.BufferOverflowException when the frame does not fit
     * @throws IllegalArgumentException when a number is negative that cannot be, or the payload is longer than a length
     *     of 24 bits can say
     */
    public static void write(
            ByteBuffer into,
            int room,
            long seq,
            long timeMillis,
            long origin,
            long cid,
            UserItem author,
            String body,
            Tags tags) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        ByteWriter.varint(into, timeMillis);
        ByteWriter.fixed64(into, origin);
        ByteWriter.varint(into, cid);
        author.encode(into);
        ByteWriter.text(into, body);
        tags.encode(into);
        FrameWriter.end(into, start);
    }

    static Message decode(ByteReader in) {
        return new Message(
                in.varint31(),
                in.varint(),
                in.varint(),
                in.fixed64(),
                in.varint(),
                UserItem.decode(in),
                in.text(),
                Tags.decode(in));
    }

    @Override
    public byte[] toBytes() {
        return FrameWriter.toBytes(this, 64 + author.name().length() + body.length() + tags.encodedBytes());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onMessage(this);
    }

    @Override
    public String toString() {
        return new ValueText("MESSAGE")
                .number("room", room)
                .number("seq", seq)
                .number("timeMillis", timeMillis)
                .bits("origin", origin)
                .number("cid", cid)
                .nested("author", author)
                .text("body", body)
                .nested("tags", tags)
                .toString();
    }
}
