package io.parley.apps.benchmarks.peers;

import io.parley.wire.Join;
import io.parley.wire.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A client of the floor. Selector thread only.
 */
final class FloorConnection implements Inbound.Client {
    private static final byte[] NOTHING = {};

    private final FloorPeer peer;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Inbound inbound = new Inbound(this);
    private final Backlog backlog;
    private final List<FloorRoom> rooms = new ArrayList<>(1);
    private FloorRoom[] due = {}; // rooms that this turn's write is about
    private int dueCount;
    private byte[] begun = NOTHING; // a frame that is not complete

    FloorConnection(FloorPeer peer, SocketChannel channel, SelectionKey key) {
        this.peer = peer;
        this.channel = channel;
        this.key = key;
        backlog = new Backlog(peer.freeChunks());
    }

    /** Does what the key is ready for. */
    void ready(ByteBuffer in) {
        try {
            if (key.isWritable()) {
                backlog.writeTo(channel);
                if (backlog.isEmpty()) {
                    key.interestOps(SelectionKey.OP_READ);
                }
            }
            if (key.isReadable()) {
                read(in);
            }
        } catch (IOException | ProtocolException gone) {
            close();
        }
    }

    private void read(ByteBuffer in) throws IOException {
        in.clear().put(begun);
        if (channel.read(in) < 0) {
            throw new EOFException();
        }
        inbound.take(in.flip());
        if (in.hasRemaining()) {
            begun = new byte[in.remaining()];
            in.get(begun);
        } else {
            begun = NOTHING;
        }
    }

    /** Sends all of it, now or when the socket takes it; that the client is gone is for the next read to see. */
    void write(ByteBuffer bytes) {
        if (!backlog.isEmpty()) {
            backlog.add(bytes);
            return;
        }
        try {
            channel.write(bytes);
        } catch (IOException gone) {
            return;
        }
        if (bytes.hasRemaining()) {
            backlog.add(bytes);
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    boolean isInOneRoom() {
        return rooms.size() == 1;
    }

    /** The burst of a room is to be written with others at the end of the turn. */
    void due(FloorRoom room) {
        if (dueCount == 0) {
            peer.turn().add(this);
        }
        if (dueCount == due.length) {
            due = Arrays.copyOf(due, rooms.size());
        }
        due[dueCount++] = room;
    }

    void writeDue(ByteBuffer gathered) {
        if (dueCount == 1) {
            write(due[0].sent());
        } else {
            gathered.clear();
            for (int i = 0; i < dueCount; i++) {
                ByteBuffer burst = due[i].sent();
                if (gathered.remaining() < burst.remaining()) {
                    write(gathered.flip());
                    gathered.clear();
                }
                gathered.put(burst);
            }
            write(gathered.flip());
        }
        dueCount = 0;
    }

    @Override
    public void reply(byte[] frame) {
        write(ByteBuffer.wrap(frame));
    }

    @Override
    public void join(Join join) {
        peer.rooms().named(join.room()).join(this, join);
    }

    void entered(FloorRoom room) {
        rooms.add(room);
    }

    @Override
    public void say(Sender sender, int number, long cid, ByteBuffer text) {
        FloorRoom room = peer.rooms().numbered(number);
        if (room != null) {
            room.say(sender, cid, text);
        }
    }

    private void close() {
        for (FloorRoom room : rooms) {
            room.leave(this);
        }
        rooms.clear();
        backlog.clear();
        try {
            channel.close();
        } catch (IOException no) {
            // it is gone all the same
        }
    }
}
