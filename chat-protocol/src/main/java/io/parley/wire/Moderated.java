package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Action;
import io.parley.model.Entry;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * An entry: somebody was moderated. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param origin the session whose command it was: the 64 bits of its origin
 * @param cid the number of the command within its origin, from 1
 * @param author who did it
 * @param actionCode the number of an {@link Action}, or of one that this version does not know
 * @param target to whom
 * @param restriction the number of the restriction that ends with it; 0 if none does
 * @param durationMillis for how long, in milliseconds; 0 is for good
 * @param text the reason, maybe empty
 */
public record Moderated(
        int room,
        long seq,
        long timeMillis,
        long origin,
        long cid,
        UserItem author,
        int actionCode,
        UserItem target,
        long restriction,
        long durationMillis,
        String text)
        implements ServerFrame {
    static final int TYPE = 0x62;

    /**
     * What is done.
     *
     * @return the action; OTHER for one that this version does not know
     */
    public Action action() {
        return Action.of(actionCode);
    }

    /**
     * The entry that it tells of.
     *
     * @return a new value
     */
    public Entry.Moderated entry() {
        return new Entry.Moderated(
                seq, timeMillis, origin, cid, author, action(), target, restriction, durationMillis, text, null);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x62 MODERATED: room varint | seq varint | timeMillis varint | origin u64 | cid varint | author user
    //     | action varint | target user | restriction varint | durationMillis varint | text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        ByteWriter.varint(into, timeMillis);
        ByteWriter.fixed64(into, origin);
        ByteWriter.varint(into, cid);
        author.encode(into);
        ByteWriter.varint(into, actionCode);
        target.encode(into);
        ByteWriter.varint(into, restriction);
        ByteWriter.varint(into, durationMillis);
        ByteWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static Moderated decode(ByteReader in) {
        return new Moderated(
                in.varint31(),
                in.varint(),
                in.varint(),
                in.fixed64(),
                in.varint(),
                UserItem.decode(in),
                in.varint31(),
                UserItem.decode(in),
                in.varint(),
                in.varint(),
                in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onModerated(this);
    }

    @Override
    public String toString() {
        return new ValueText("MODERATED")
                .number("room", room)
                .number("seq", seq)
                .number("timeMillis", timeMillis)
                .bits("origin", origin)
                .number("cid", cid)
                .nested("author", author)
                .word("action", action() == Action.OTHER ? "ACTION_" + actionCode : action().name())
                .nested("target", target)
                .number("restriction", restriction)
                .number("durationMillis", durationMillis)
                .text("text", text)
                .toString();
    }
}
