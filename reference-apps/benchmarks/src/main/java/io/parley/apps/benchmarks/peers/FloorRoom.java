package io.parley.apps.benchmarks.peers;

import io.parley.wire.Join;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A room of the floor: its members in an array, and the messages of this turn in a buffer. Selector thread only.
 */
final class FloorRoom {
    private static final int LEAST_BURST_BYTES = 4 << 10;

    /** The most that is written at once; the longest frame fits in. */
    static final int MOST_BURST_BYTES = 256 << 10;

    private final int number;
    private final FloorTurn turn;
    private FloorConnection[] members = new FloorConnection[4];
    private int memberCount;
    private ByteBuffer burst = ByteBuffer.allocateDirect(LEAST_BURST_BYTES);
    private boolean due; // this turn has messages
    private long seq;

    FloorRoom(int number, FloorTurn turn) {
        this.number = number;
        this.turn = turn;
    }

    void say(Sender sender, long cid, ByteBuffer text) {
        int most = MessageFrame.maxBytes(sender, text.remaining());
        if (burst.remaining() < most) {
            makeRoom(most);
        }
        if (!due) {
            due = true;
            turn.add(this);
        }
        MessageFrame.encode(burst, number, ++seq, System.currentTimeMillis(), sender, cid, text);
    }

    private void makeRoom(int bytes) {
        int wanted = burst.position() + bytes;
        if (wanted > MOST_BURST_BYTES) {
            sendNow();
            wanted = bytes;
        }
        if (burst.capacity() < wanted) {
            int size = Math.min(MOST_BURST_BYTES, Integer.highestOneBit(wanted) << 1);
            burst = ByteBuffer.allocateDirect(size).put(burst.flip());
        }
    }

    private void sendNow() {
        send(true);
        burst.clear();
    }

    /** Writes the burst to the members, those apart who may be due for other rooms as well. */
    void send(boolean toAll) {
        burst.flip();
        if (!burst.hasRemaining()) {
            return;
        }
        for (int i = 0; i < memberCount; i++) {
            FloorConnection member = members[i];
            if (toAll || member.isInOneRoom()) {
                member.write(burst);
                burst.rewind();
            } else {
                member.due(this);
            }
        }
    }

    /** What {@link #send} wrote. */
    ByteBuffer sent() {
        return burst.rewind();
    }

    void endTurn() {
        burst.clear();
        due = false;
    }

    void join(FloorConnection connection, Join join) {
        if (burst.position() > 0) {
            sendNow(); // what was said before is for those who were there
        }
        if (indexOf(connection) < 0) {
            if (memberCount == members.length) {
                members = Arrays.copyOf(members, 2 * memberCount);
            }
            members[memberCount++] = connection;
            connection.entered(this);
        }
        connection.reply(Replies.joined(join, number, seq, memberCount));
    }

    void leave(FloorConnection connection) {
        int at = indexOf(connection);
        members[at] = members[--memberCount];
        members[memberCount] = null;
    }

    private int indexOf(FloorConnection connection) {
        for (int i = 0; i < memberCount; i++) {
            if (members[i] == connection) {
                return i;
            }
        }
        return -1;
    }
}
