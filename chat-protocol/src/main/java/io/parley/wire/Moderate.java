package io.parley.wire;

import java.nio.ByteBuffer;

/**
 * Asks to do something to a user in a room. Immutable, for any thread.
 *
 * @param id the number of the request, chosen by the client, from 1
 * @param room the number of the room, from its snapshot
 * @param action one of {@link Action}, or unknown
 * @param target to whom
 * @param durationMillis for how long, in milliseconds; 0 is for good
 * @param text the reason, maybe empty
 */
public record Moderate(long id, int room, int action, String target, long durationMillis, String text)
        implements ClientFrame {
    static final int TYPE = 0x16;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x16 MODERATE: id varint | room varint | action varint | target string | durationMillis varint
    //     | text string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        FrameWriter.varint(into, id);
        FrameWriter.varint(into, room);
        FrameWriter.varint(into, action);
        FrameWriter.text(into, target);
        FrameWriter.varint(into, durationMillis);
        FrameWriter.text(into, text);
        FrameWriter.end(into, start);
    }

    static Moderate decode(FrameReader in) {
        return new Moderate(in.varint(), in.varint31(), in.varint31(), in.text(), in.varint(), in.text());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onModerate(this);
    }

    @Override
    public String toString() {
        return new FrameText("MODERATE")
                .number("id", id)
                .number("room", room)
                .word("action", Action.name(action))
                .text("target", target)
                .number("durationMillis", durationMillis)
                .text("text", text)
                .toString();
    }
}
