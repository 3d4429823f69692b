package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.ValueText;
import io.parley.model.Departure;
import io.parley.model.Member;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Who came and who went since the last one. Immutable, for any thread.
 *
 * @param room the number of the room, from its snapshot
 * @param count how many members there are now
 * @param joined who came, or is there already
 * @param left who went
 */
public record Presence(int room, int count, List<Member> joined, List<Departure> left) implements ServerFrame {
    static final int TYPE = 0xD4;

    /**
     * Makes one, with copies of the lists.
     *
     * @param room the number of the room, from its snapshot
     * @param count how many members there are now
     * @param joined who came, or is there already
     * @param left who went
     */
    public Presence {
        joined = List.copyOf(joined);
        left = List.copyOf(left);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0xD4 PRESENCE: room varint | count varint | joined list of member | left list of departure
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, room);
        ByteWriter.varint(into, count);
        Items.members(into, joined);
        Items.departures(into, left);
        FrameWriter.end(into, start);
    }

    static Presence decode(ByteReader in) {
        return new Presence(in.varint31(), in.varint31(), Items.members(in), Items.departures(in));
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onPresence(this);
    }

    @Override
    public String toString() {
        return new ValueText("PRESENCE")
                .number("room", room)
                .number("count", count)
                .list("joined", joined)
                .list("left", left)
                .toString();
    }
}
