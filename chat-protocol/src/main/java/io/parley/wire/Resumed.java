package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ValueText;
import io.parley.model.EndedMembership;
import io.parley.model.HeldMembership;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What has become of a session's memberships: the frame behind a WELCOME with which the session goes on. Immutable, for any
 * thread.
 *
 * @param held those that the client may go on with
 * @param ended those that ended meanwhile
 */
public record Resumed(List<HeldMembership> held, List<EndedMembership> ended) implements ServerFrame {
    static final int TYPE = 0x50;

    /**
     * Makes one, with copies of the lists.
     *
     * @param held those that the client may go on with
     * @param ended those that ended meanwhile
     */
    public Resumed {
        held = List.copyOf(held);
        ended = List.copyOf(ended);
    }

    @Override
    public int type() {
        return TYPE;
    }

    //  0x50 RESUMED: held list of held | ended list of ended
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        Items.held(into, held);
        Items.ended(into, ended);
        FrameWriter.end(into, start);
    }

    static Resumed decode(ByteReader in) {
        return new Resumed(Items.held(in), Items.ended(in));
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onResumed(this);
    }

    @Override
    public String toString() {
        return new ValueText("RESUMED").list("held", held).list("ended", ended).toString();
    }
}
