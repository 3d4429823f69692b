package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.MalformedException;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * A frame of a type that this side does not know and must not ignore. Immutable, for any thread.
 *
 * <p>A type that only the other side may send is unknown too. It is received, never sent.
 *
 * @param type the type
 * @param id the varint that the payload begins with, the number of the request if it is one; else 0
 */
public record Unknown(int type, long id) implements ClientFrame, ServerFrame {

    @Override
    public void encode(ByteBuffer into) {
        throw new IllegalStateException("not a frame to send: " + this);
    }

    //  any type: id varint, where there is one | anything
    static Unknown decode(int type, ByteReader in) {
        long id;
        try {
            id = in.varint();
        } catch (MalformedException none) {
            id = 0; // nothing is promised of a payload whose type is not known
        }
        return new Unknown(type, id);
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onUnknown(this);
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onUnknown(this);
    }

    @Override
    public String toString() {
        return new ValueText("UNKNOWN")
                .word("type", "0x" + Integer.toHexString(type))
                .number("id", id)
                .toString();
    }
}
