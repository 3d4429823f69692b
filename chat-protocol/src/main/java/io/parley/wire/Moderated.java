package io.parley.wire;

import java.nio.ByteBuffer;

/**
 * An entry: somebody was moderated. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param seq the number of the entry in its room
 * @param timeMillis when, in milliseconds since 1970; to display only
 * @param actor who did it
 * @param action one of {@link Action}, or unknown
 * @param target to whom
 * @param durationMillis for how long, in milliseconds; 0 is for good
 * @param text the reason, maybe empty
 */
public record Moderated(
        int room, long seq, long timeMillis, String actor, int action, String target, long durationMillis, String text)
        implements ServerFrame {
    static final int TYPE = 0x52;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x52 MODERATED: room varint | seq varint | timeMillis varint | actor string | action varint
    //     | target string | durationMillis varint | text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        FrameWriter.varint(into, room);
        FrameWriter.varint(into, seq);
        FrameWriter.varint(into, timeMillis);
        FrameWriter.text(into, actor);
        FrameWriter.varint(into, action);
        FrameWriter.text(into, target);
        FrameWriter.varint(into, durationMillis);
        FrameWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static Moderated decode(FrameReader in) {
        return new Moderated(
                in.varint31(), in.varint(), in.varint(), in.text(), in.varint31(), in.text(), in.varint(), in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onModerated(this);
    }

    @Override
    public String toString() {
        return new FrameText("MODERATED")
                .number("room", room)
                .number("seq", seq)
                .number("timeMillis", timeMillis)
                .text("actor", actor)
                .word("action", Action.name(action))
                .text("target", target)
                .number("durationMillis", durationMillis)
                .text("text", text)
                .toString();
    }
}
