package io.parley.apps.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.parley.wire.Join;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room of the Netty server: one order for all, and a branch for each event loop that has members. For any event loop.
 */
final class NettyRoom {
    private static final int LEAST_BURST_BYTES = 1 << 10;

    private final int number;
    private final List<Branch> branches = new ArrayList<>(); // guarded by this
    private long seq; // guarded by this
    private int memberCount; // guarded by this

    NettyRoom(int number) {
        this.number = number;
    }

    synchronized void say(Sender sender, long cid, ByteBuffer text) {
        seq++;
        long now = System.currentTimeMillis();
        for (Branch branch : branches) {
            branch.append(seq, now, sender, cid, text.duplicate());
        }
    }

    /** On the session's own loop. */
    synchronized Branch join(NettySession session, Join join) {
        Branch branch = branchOf(session.outbox());
        branch.send(); // what was said before is for those who were there
        if (!branch.members.contains(session)) {
            branch.members.add(session);
            memberCount++;
        }
        session.reply(Replies.joined(join, number, seq, memberCount));
        return branch;
    }

    private Branch branchOf(NettyOutbox outbox) {
        for (Branch branch : branches) {
            if (branch.outbox == outbox) {
                return branch;
            }
        }
        Branch branch = new Branch(outbox);
        branches.add(branch);
        return branch;
    }

    /** The members on one event loop, and what has been said since they were written to. */
    final class Branch {
        private final NettyOutbox outbox;
        private final List<NettySession> members = new ArrayList<>(); // event loop only
        private @Nullable ByteBuf burst; // guarded by the room
        private int usualBytes = LEAST_BURST_BYTES; // guarded by the room

        Branch(NettyOutbox outbox) {
            this.outbox = outbox;
        }

        private void append(long number, long now, Sender sender, long cid, ByteBuffer text) {
            ByteBuf into = burst;
            if (into == null) {
                into = PooledByteBufAllocator.DEFAULT.directBuffer(usualBytes);
                burst = into;
                if (outbox.loop().inEventLoop()) {
                    outbox.add(this);
                } else {
                    outbox.loop().execute(() -> outbox.add(this));
                }
            }
            int most = MessageFrame.maxBytes(sender, text.remaining());
            into.ensureWritable(most);
            ByteBuffer nio = into.internalNioBuffer(into.writerIndex(), most);
            int start = nio.position();
            MessageFrame.encode(nio, NettyRoom.this.number, number, now, sender, cid, text);
            into.writerIndex(into.writerIndex() + nio.position() - start);
        }

        /** Gives the burst to all members; one buffer, counted for each. */
        void send() {
            ByteBuf bytes = take();
            if (bytes != null) {
                for (NettySession member : members) {
                    member.write(bytes.retainedDuplicate());
                }
                bytes.release();
            }
        }

        private @Nullable ByteBuf take() {
            synchronized (NettyRoom.this) {
                ByteBuf bytes = burst;
                burst = null;
                if (bytes != null) {
                    usualBytes = Math.max(LEAST_BURST_BYTES, bytes.readableBytes());
                }
                return bytes;
            }
        }

        /** On the session's own loop. */
        void leave(NettySession session) {
            if (members.remove(session)) {
                synchronized (NettyRoom.this) {
                    memberCount--;
                }
            }
        }
    }
}
