package io.parley.apps.benchmarks;

import io.parley.codec.Bytes;
import io.parley.model.HeldMembership;
import io.parley.model.Tags;
import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import io.parley.transport.Transport;
import io.parley.wire.Continue;
import io.parley.wire.Frame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Joined;
import io.parley.wire.Message;
import io.parley.wire.Resumed;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Welcome;
import io.parley.wire.Wire;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of the wire that joins a room, says a word, and later comes back to its session. One connection at a time. */
final class ResumingMember {
    private static final long LIMIT_SECONDS = 120;

    private final Transport transport;
    private final SocketAddress address;
    private final String name;
    private final String room;
    private volatile Bytes token = Bytes.EMPTY;
    private volatile boolean resumed;
    private volatile CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable Connection connection;

    ResumingMember(Transport transport, SocketAddress address, String name, String room) {
        this.transport = transport;
        this.address = address;
        this.name = name;
        this.room = room;
    }

    /** Begins to connect, and to be where it was. */
    void connect() {
        ready = new CountDownLatch(1);
        connection = transport.connect(address, new Handler());
    }

    /** Waits until it is in its room. */
    void awaitReady() throws InterruptedException {
        if (!ready.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(name + " is not back");
        }
    }

    boolean isResumed() {
        return resumed;
    }

    void cut() {
        Connection now = connection;
        if (now != null) {
            now.abort();
        }
    }

    private Hello hello() {
        Bytes who = Bytes.of(name.getBytes(StandardCharsets.UTF_8));
        return new Hello(Wire.VERSION, Wire.VERSION, Wire.CAN_RESUME, "benchmark", Wire.GUEST, who, token);
    }

    /** One connection. The transport's thread. */
    private final class Handler implements ConnectionHandler {
        private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
        private final ByteBuffer output = ByteBuffer.allocate(1 << 10).flip();
        private @Nullable Connection link;

        @Override
        public void onOpen(Connection made) {
            link = made;
            put(Wire.PREFACE.toArray());
            send(hello());
        }

        private void send(Frame frame) {
            put(frame.toBytes());
        }

        private void put(byte[] bytes) {
            output.compact().put(bytes).flip();
            Connection now = link;
            if (now != null) {
                now.wantWrite();
            }
        }

        @Override
        public void onBytes(ByteBuffer bytes) {
            for (ServerFrame frame = decoder.next(bytes); frame != null; frame = decoder.next(bytes)) {
                on(frame);
            }
        }

        private void on(ServerFrame frame) {
            if (frame instanceof Welcome welcome) {
                token = welcome.resumeToken();
                resumed = welcome.resumed();
                if (!resumed) {
                    send(new Join(1, room, null, 0, ""));
                }
            } else if (frame instanceof Resumed memberships) {
                for (HeldMembership held : memberships.held()) {
                    send(new Continue(1, held.room(), null, 0));
                }
            } else if (frame instanceof Joined joined) {
                if (resumed) {
                    ready.countDown();
                } else {
                    send(new Say(joined.snapshot().room(), 1, "hello", Tags.NONE));
                }
            } else if (frame instanceof Message said && said.author().name().equals(name)) {
                ready.countDown();
            }
        }

        @Override
        public Progress onWritable(Sink sink) {
            int taken = sink.write(output.array(), output.position(), output.remaining());
            output.position(output.position() + taken);
            return output.hasRemaining() ? Progress.MORE : Progress.DRAINED;
        }

        @Override
        public void onClosed(Disconnect disconnect) {}
    }
}
