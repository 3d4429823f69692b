package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Action;
import java.nio.ByteBuffer;

/**
 * Does something to a user in a room. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param cid the number of the command within its origin, from 1
 * @param actionCode the number of an {@link Action}, or of one that this version does not know
 * @param target the id of the user; 0 where a restriction is lifted
 * @param restriction the number of the restriction to lift; 0 for other actions
 * @param durationMillis for how long, in milliseconds; 0 is for good
 * @param text the reason, maybe empty
 */
public record Moderate(
        int room, long cid, int actionCode, long target, long restriction, long durationMillis, String text)
        implements ClientFrame {
    static final int TYPE = 0x22;

    /**
     * What is done.
     *
     * @return the action; OTHER for one that this version does not know
     */
    public Action action() {
        return Action.of(actionCode);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x22 MODERATE: room varint | cid varint | action varint | target u64 | restriction varint
    //     | durationMillis varint | text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, cid);
        ByteWriter.varint(into, actionCode);
        ByteWriter.fixed64(into, target);
        ByteWriter.varint(into, restriction);
        ByteWriter.varint(into, durationMillis);
        ByteWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static Moderate decode(ByteReader in) {
        return new Moderate(
                in.varint31(), in.varint(), in.varint31(), in.fixed64(), in.varint(), in.varint(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onModerate(this);
    }

    @Override
    public String toString() {
        return new ValueText("MODERATE")
                .number("room", room)
                .number("cid", cid)
                .word("action", action() == Action.OTHER ? "ACTION_" + actionCode : action().name())
                .bits("target", target)
                .number("restriction", restriction)
                .number("durationMillis", durationMillis)
                .text("text", text)
                .toString();
    }
}
