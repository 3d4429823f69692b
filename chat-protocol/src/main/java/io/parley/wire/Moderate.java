package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Action;
import java.nio.ByteBuffer;

/**
 * Asks to do something to a user in a room. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param actionCode the number of an {@link Action}, or of one that this version does not know
 * @param target to whom
 * @param durationMillis for how long, in milliseconds; 0 is for good
 * @param text the reason, maybe empty
 */
public record Moderate(long id, int room, int actionCode, String target, long durationMillis, String text)
        implements ClientFrame {
    static final int TYPE = 0x16;

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

    //  0x16 MODERATE: id varint | room varint | action varint | target string | durationMillis varint
    //     | text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, id);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, actionCode);
        ByteWriter.text(into, target);
        ByteWriter.varint(into, durationMillis);
        ByteWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static Moderate decode(ByteReader in) {
        return new Moderate(in.varint(), in.varint31(), in.varint31(), in.text(), in.varint(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onModerate(this);
    }

    @Override
    public String toString() {
        return new ValueText("MODERATE")
                .number("id", id)
                .number("room", room)
                .word("action", action() == Action.OTHER ? "ACTION_" + actionCode : action().name())
                .text("target", target)
                .number("durationMillis", durationMillis)
                .text("text", text)
                .toString();
    }
}
