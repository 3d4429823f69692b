package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.MalformedException;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * A frame of a type that this side does not know and must not ignore. Immutable, for any thread.
 *
 * <p>A type that only the other side may send is unknown too. It is received, never sent. Nothing is promised of a payload
 * whose type is not known, except what the ranges of types say; see {@link Wire#isCommand} and {@link Wire#isEntry}.
 *
 * @param type the type
 * @param first the varint that the payload begins with: the number of a request, or the number of a room; 0 if there is none
 * @param second the varint that follows: the number of a command or of an entry; 0 if there is none
 */
public record Unknown(int type, long first, long second) implements ClientFrame, ServerFrame {

    @Override
    public void encode(ByteBuffer into) {
        throw new IllegalStateException("not a frame to send: " + this);
    }

    //  any type: first varint, where there is one | second varint, where there is one | anything
    static Unknown decode(int type, ByteReader in) {
        long first = 0;
        try {
            first = in.varint();
            return new Unknown(type, first, in.varint());
        } catch (MalformedException none) {
            return new Unknown(type, first, 0);
        }
    }

    /**
     * Whether it is an entry of a room, which has a number like any other.
     *
     * @return true for a type of the range of entries
     */
    public boolean isEntry() {
        return Wire.isEntry(type);
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
                .number("first", first)
                .number("second", second)
                .toString();
    }
}
