package io.parley.apps.benchmarks;

import io.parley.wire.Bytes;
import io.parley.wire.Hello;
import io.parley.wire.Join;
import io.parley.wire.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many members of one room who say nothing: each logs in, joins, and from then on answers PING with PONG. One thread.
 *
 * <p>It reads no more of a frame than its type, so that it costs less than the server it measures.
 */
final class IdleCrowd implements AutoCloseable {
    private static final int MOST_UNDER_WAY = 256; // connections that have begun and are not in the room
    private static final int PING = 0x06;
    private static final int JOINED = 0x43;
    private static final byte PONG = 0x07;

    private final InetSocketAddress server;
    private final String room;
    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(256 << 10);
    private final List<SocketChannel> channels = new ArrayList<>();
    private int joined;
    private long pings;
    private int pingsNow; // in the tenth of a second that runs
    private int mostPings; // in any tenth of a second
    private long tenth;

    /** What is kept of one connection. */
    private static final class Place {
        private byte @Nullable [] rest; // of a frame that is half here
    }

    IdleCrowd(InetSocketAddress server, String room) throws IOException {
        this.server = server;
        this.room = room;
    }

    /** Brings members in as fast as the server takes them. */
    void enter(int members, String prefix) throws IOException {
        int target = joined + members;
        int begun = joined;
        while (joined < target) {
            while (begun < target && begun - joined < MOST_UNDER_WAY) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channels.add(channel);
                String name = prefix + begun++;
                if (channel.connect(server)) {
                    channel.register(selector, SelectionKey.OP_READ, new Place());
                    greet(channel, name);
                } else {
                    channel.register(selector, SelectionKey.OP_CONNECT, name);
                }
            }
            turn(1_000);
        }
    }

    /** Answers pings for a time. */
    void idle(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            turn(Math.max(1, left / 1_000_000));
        }
    }

    long pings() {
        return pings;
    }

    /** The most pings that came within one tenth of a second. */
    int mostPings() {
        return mostPings;
    }

    private void turn(long millis) throws IOException {
        selector.select(this::ready, millis);
    }

    private void ready(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.attachment() instanceof Place place) {
                read(channel, place);
            } else if (channel.finishConnect()) {
                String name = (String) key.attachment();
                key.attach(new Place());
                key.interestOps(SelectionKey.OP_READ);
                greet(channel, name);
            }
        } catch (IOException lost) {
            throw new IllegalStateException("a connection was lost after " + joined + " had joined", lost);
        }
    }

    private void greet(SocketChannel channel, String name) throws IOException {
        Bytes wanted = Bytes.of(name.getBytes(StandardCharsets.UTF_8));
        byte[] hello = new Hello(1, 1, 0, "benchmark", Wire.GUEST, wanted, Bytes.EMPTY).toBytes();
        byte[] join = new Join(1, room, null, 0, "").toBytes();
        byte[] preface = Wire.PREFACE.toArray();
        ByteBuffer out = ByteBuffer.allocate(preface.length + hello.length + join.length);
        channel.write(out.put(preface).put(hello).put(join).flip());
    }

    private void read(SocketChannel channel, Place place) throws IOException {
        in.clear();
        byte[] rest = place.rest;
        if (rest != null) {
            in.put(rest);
            place.rest = null;
        }
        if (channel.read(in) < 0) {
            throw new IOException("the server ended the connection");
        }
        in.flip();
        while (in.remaining() >= Wire.HEADER_BYTES) {
            int header = in.getInt(in.position());
            int length = Wire.HEADER_BYTES + (header & 0xFFFFFF);
            if (in.remaining() < length) {
                break;
            }
            frame(channel, header >>> 24, in.slice(in.position(), length));
            in.position(in.position() + length);
        }
        if (in.hasRemaining()) {
            byte[] half = new byte[in.remaining()];
            in.get(half);
            place.rest = half;
        }
    }

    private void frame(SocketChannel channel, int type, ByteBuffer frame) throws IOException {
        if (type == JOINED) {
            joined++;
        } else if (type == PING) {
            count();
            ByteBuffer pong = ByteBuffer.allocate(frame.remaining()).put(frame).flip();
            channel.write(pong.put(0, PONG));
        }
    }

    private void count() {
        pings++;
        long now = System.nanoTime() / 100_000_000;
        pingsNow = now == tenth ? pingsNow + 1 : 1;
        tenth = now;
        mostPings = Math.max(mostPings, pingsNow);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
