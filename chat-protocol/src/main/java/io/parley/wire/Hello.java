package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.ValueText;
import java.nio.ByteBuffer;

/**
 * The first frame of a client: who it is and what it speaks. Immutable, for any thread.
 *
 * @param minVersion the lowest version it speaks
 * @param maxVersion the highest version it speaks
 * @param capabilities a bit for each optional part it can
 * @param client what the client calls itself
 * @param mechanism how it logs in: {@link Wire#GUEST}, {@link Wire#PLAIN}, {@link Wire#REGISTER} or another
 * @param initial the first response of the mechanism
 * @param resumeToken the secret of the session to go on with, or empty
 */
public record Hello(
        int minVersion,
        int maxVersion,
        long capabilities,
        String client,
        String mechanism,
        Bytes initial,
        Bytes resumeToken)
        implements ClientFrame {
    static final int TYPE = 0x01;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x01 HELLO: minVersion varint | maxVersion varint | capabilities varint | client string
    //     | mechanism string | initial bytes | resumeToken bytes
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, minVersion);
        ByteWriter.varint(into, maxVersion);
        ByteWriter.varint(into, capabilities);
        ByteWriter.text(into, client);
        ByteWriter.text(into, mechanism);
        ByteWriter.bytes(into, initial);
        ByteWriter.bytes(into, resumeToken);
        FrameWriter.end(into, start);
    }

    static Hello decode(ByteReader in) {
        return new Hello(in.varint31(), in.varint31(), in.varint(), in.text(), in.text(), in.bytes(), in.bytes());
    }

    @Override
    public void accept(ClientFrame.Handler handler) {
        handler.onHello(this);
    }

    @Override
    public String toString() {
        return new ValueText("HELLO")
                .number("minVersion", minVersion)
                .number("maxVersion", maxVersion)
                .number("capabilities", capabilities)
                .text("client", client)
                .text("mechanism", mechanism)
                .secret("initial", initial.length())
                .secret("resumeToken", resumeToken.length())
                .toString();
    }
}
