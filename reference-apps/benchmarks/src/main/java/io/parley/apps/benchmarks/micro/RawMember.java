package io.parley.apps.benchmarks.micro;

import io.parley.codec.Bytes;
import io.parley.model.Tags;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A member that speaks the protocol by hand. The thread that turns the network.
 *
 * <p>It decodes until it has joined. From then on it counts MESSAGEs and looks at nothing else of them, so that what
 * is measured is the server.
 */
final class RawMember implements ConnectionHandler {
    private static final int MESSAGE = 0x60;

    private final ByteBuffer out = ByteBuffer.allocate(1024);
    private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
    private @Nullable Connection connection;
    private int room; // 0 until joined
    private long cid;
    private long deliveries;

    // Of the frame that is under way: what is missing of its header, the header, what is missing behind it.
    private int headerMissing = Wire.HEADER_BYTES;
    private int header;
    private int payloadMissing;

    RawMember(String name, String roomName) {
        Bytes wanted = Bytes.of(name.getBytes(StandardCharsets.UTF_8));
        out.put(Wire.PREFACE.asReadOnlyBuffer());
        new Hello(1, 1, 0, "benchmark", Wire.GUEST, wanted, Bytes.EMPTY).encode(out);
        new Join(1, roomName, null, 0, "").encode(out);
    }

    boolean hasJoined() {
        return room != 0;
    }

    long deliveries() {
        return deliveries;
    }

    void say(String text) {
        new Say(room, ++cid, text, Tags.NONE).encode(out);
        if (connection != null) {
            connection.wantWrite();
        }
    }

    @Override
    public void onOpen(Connection opened) {
        connection = opened;
        opened.wantWrite();
    }

    @Override
    public void onBytes(ByteBuffer bytes) {
        while (room == 0) {
            ServerFrame frame = decoder.next(bytes);
            if (frame == null) {
                return;
            }
            if (frame instanceof Joined joined) {
                room = joined.snapshot().room();
            }
        }
        count(bytes);
    }

    private void count(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            if (headerMissing > 0) {
                header = header << 8 | (bytes.get() & 0xFF);
                headerMissing--;
                payloadMissing = header & 0xFFFFFF;
            } else {
                int skipped = Math.min(bytes.remaining(), payloadMissing);
                bytes.position(bytes.position() + skipped);
                payloadMissing -= skipped;
            }
            if (headerMissing == 0 && payloadMissing == 0) {
                deliveries += header >>> 24 == MESSAGE ? 1 : 0;
                headerMissing = Wire.HEADER_BYTES;
                header = 0;
            }
        }
    }

    @Override
    public Progress onWritable(Sink sink) {
        out.flip();
        while (out.hasRemaining()) {
            int taken = sink.write(out.array(), out.arrayOffset() + out.position(), out.remaining());
            if (taken == 0) {
                out.compact();
                return Progress.MORE;
            }
            out.position(out.position() + taken);
        }
        out.clear();
        return Progress.DRAINED;
    }

    @Override
    public void onClosed(Disconnect disconnect) {
        connection = null;
    }
}
