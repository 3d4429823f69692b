package io.parley.apps.benchmarks;

import io.parley.wire.Bytes;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Tags;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One member of a swarm: speaks the native protocol and looks at each MESSAGE just enough to check its number, so that
 * the generator costs less than the server it measures. One thread.
 */
final class Member {
    private static final int MESSAGE = 0x50;

    private final SocketChannel channel;
    private final int bodyBytes;
    private final ByteBuffer in = ByteBuffer.allocate(256 << 10);
    private final ByteBuffer out = ByteBuffer.allocate(256 << 10);
    private final long origin;
    private final int room;
    private long seq; // the last number seen
    private long cid;
    private long deliveries;
    private long own;
    private long disorder;

    Member(InetSocketAddress server, String name, String roomName, int bodyBytes) throws IOException {
        this.bodyBytes = bodyBytes;
        channel = SocketChannel.open(server);
        channel.socket().setTcpNoDelay(true);
        write(Wire.PREFACE.toArray());
        Bytes wanted = Bytes.of(name.getBytes(StandardCharsets.UTF_8));
        write(new Hello(1, 1, 0, "benchmark", Wire.GUEST, wanted, Bytes.EMPTY).toBytes());
        write(new Join(1, roomName, null, 0, "").toBytes());
        FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
        origin = ((Welcome) next(decoder)).origin();
        ServerFrame frame = next(decoder);
        while (!(frame instanceof Joined)) {
            frame = next(decoder);
        }
        room = ((Joined) frame).snapshot().room();
        seq = -1;
        channel.configureBlocking(false);
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private ServerFrame next(FrameDecoder<ServerFrame> decoder) throws IOException {
        while (true) {
            @Nullable ServerFrame frame = decoder.next(in.flip());
            if (frame != null) {
                in.compact();
                return frame;
            }
            in.clear();
            if (channel.read(in) < 0) {
                throw new IOException("the server ended the connection");
            }
        }
    }

    SocketChannel channel() {
        return channel;
    }

    long seq() {
        return seq;
    }

    long deliveries() {
        return deliveries;
    }

    long own() {
        return own;
    }

    long disorder() {
        return disorder;
    }

    /** Queues one message whose text begins with the time. */
    void say(long nanoTime) {
        String time = String.format("%016x", nanoTime);
        new Say(room, ++cid, time + "x".repeat(bodyBytes - time.length()), Tags.NONE).encode(out);
    }

    /** Sends what is queued; false if the server did not take all of it. */
    boolean flush() throws IOException {
        out.flip();
        channel.write(out);
        out.compact();
        return out.position() == 0;
    }

    /** Reads what has come; counts messages and notes how long each that is sampled was under way. */
    void read(Latencies latencies) throws IOException {
        while (channel.read(in) > 0) {
            in.flip();
            long now = System.nanoTime();
            while (in.remaining() >= Wire.HEADER_BYTES) {
                int header = in.getInt(in.position());
                int length = Wire.HEADER_BYTES + (header & 0xFFFFFF);
                if (in.remaining() < length) {
                    break;
                }
                if (header >>> 24 == MESSAGE) {
                    message(in.position() + Wire.HEADER_BYTES, in.position() + length, now, latencies);
                }
                in.position(in.position() + length);
            }
            in.compact();
        }
    }

    private void message(int from, int to, long now, Latencies latencies) {
        int at = from;
        while (in.get(at++) < 0) {
            // the room's number, which is the one we are in
        }
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = in.get(at++);
            number |= (long) (part & 0x7F) << shift;
            if (part >= 0) {
                break;
            }
        }
        if (seq >= 0 && number != seq + 1) {
            disorder++;
        }
        seq = number;
        deliveries++;
        while (in.get(at++) < 0) {
            // the time
        }
        if (in.getLong(at) == origin) {
            own++;
        }
        if (latencies.wants() && to - 1 - bodyBytes > at + 8) { // not of somebody else who is brief
            // From the end: no tags (one byte), then the text.
            latencies.add(now - parseHex(to - 1 - bodyBytes));
        }
    }

    private long parseHex(int at) {
        long value = 0;
        for (int i = at; i < at + 16; i++) {
            value = value << 4 | Character.digit(in.get(i), 16);
        }
        return value;
    }
}
