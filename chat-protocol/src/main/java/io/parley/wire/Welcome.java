package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.ByteWriter;
import io.parley.codec.Bytes;
import io.parley.codec.ValueText;
import io.parley.model.UserItem;
import java.nio.ByteBuffer;

/**
 * The login succeeded. Immutable, for any thread.
 *
 * @param version the version to speak
 * @param capabilities a bit for each optional part that both can
 * @param origin the client's own origin
 * @param resumeToken the secret that a later connection shows, or empty
 * @param resumed whether the old session goes on
 * @param user who the client is, with the name given
 * @param limits what the server bounds
 * @param server what the server calls itself
 */
public record Welcome(
        int version,
        long capabilities,
        long origin,
        Bytes resumeToken,
        boolean resumed,
        UserItem user,
        Limits limits,
        String server)
        implements ServerFrame {
    static final int TYPE = 0x04;

    @Override
    public int type() {
        return TYPE;
    }

    //  0x04 WELCOME: version varint | capabilities varint | origin u64 | resumeToken bytes | resumed flag
    //     | user user | limits limits | server string
    @Override
    public void encode(ByteBuffer into) {
        int start = FrameWriter.begin(into, TYPE);
        ByteWriter.varint(into, version);
        ByteWriter.varint(into, capabilities);
        ByteWriter.fixed64(into, origin);
        ByteWriter.bytes(into, resumeToken);
        ByteWriter.flag(into, resumed);
        user.encode(into);
        limits.encode(into);
        ByteWriter.text(into, server);
        FrameWriter.end(into, start);
    }

    static Welcome decode(ByteReader in) {
        return new Welcome(
                in.varint31(),
                in.varint(),
                in.fixed64(),
                in.bytes(),
                in.flag(),
                UserItem.decode(in),
                Limits.decode(in),
                in.text());
    }

    @Override
    public void accept(ServerFrame.Handler handler) {
        handler.onWelcome(this);
    }

    @Override
    public String toString() {
        return new ValueText("WELCOME")
                .number("version", version)
                .number("capabilities", capabilities)
                .bits("origin", origin)
                .secret("resumeToken", resumeToken.length())
                .flag("resumed", resumed)
                .nested("user", user)
                .nested("limits", limits)
                .text("server", server)
                .toString();
    }
}
