package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Action;
import java.nio.ByteBuffer;

/**
 * An entry: somebody was moderated. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param actor who did it
 * @param actionCode the number of an {@link Action}, or of one that this version does not know
 * @param target to whom
 * @param durationMillis for how long, in milliseconds; 0 is for good
 * @param text the reason, maybe empty
 */
public record Moderated(
        int room,
        long seq,
        long timeMillis,
        String actor,
        int actionCode,
        String target,
        long durationMillis,
        String text)
        implements ServerFrame {
    static final int TYPE = 0x52;

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

    //  0x52 MODERATED: room varint | seq varint | timeMillis varint | actor string | action varint
    //     | target string | durationMillis varint | text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, seq);
        ByteWriter.varint(into, timeMillis);
        ByteWriter.text(into, actor);
        ByteWriter.varint(into, actionCode);
        ByteWriter.text(into, target);
        ByteWriter.varint(into, durationMillis);
        ByteWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static Moderated decode(ByteReader in) {
        return new Moderated(
                in.varint31(), in.varint(), in.varint(), in.text(), in.varint31(), in.text(), in.varint(), in.text());
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
                .text("actor", actor)
                .word("action", action() == Action.OTHER ? "ACTION_" + actionCode : action().name())
                .text("target", target)
                .number("durationMillis", durationMillis)
                .text("text", text)
                .toString();
    }
}
