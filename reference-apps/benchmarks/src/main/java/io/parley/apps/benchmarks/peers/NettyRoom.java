package io.parley.apps.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.parley.wire.Join;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A room of the Netty server: one order for all, and a branch for each event loop that has members. For any event loop.
 */
final class NettyRoom {
    private static final int LEAST_BURST_BYTES = 1 << 10;

    private final int number;
    private final int messagesPerBuffer;
    private final List<Branch> branches = new ArrayList<>(); // guarded by this
    private long seq; // guarded by this
    private int memberCount; // guarded by this

    NettyRoom(int number, int messagesPerBuffer) {
        this.number = number;
        this.messagesPerBuffer = messagesPerBuffer;
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
        private List<ByteBuf> burst = new ArrayList<>(); // guarded by the room
        private List<ByteBuf> spare = new ArrayList<>(); // guarded by the room
        private int inLast; // messages in the last buffer of the burst; guarded by the room
        private int usualBytes = LEAST_BURST_BYTES; // guarded by the room

        Branch(NettyOutbox outbox) {
            this.outbox = outbox;
        }

        private void append(long number, long now, Sender sender, long cid, ByteBuffer text) {
            if (burst.isEmpty()) {
                if (outbox.loop().inEventLoop()) {
                    outbox.add(this);
                } else {
                    outbox.loop().execute(() -> outbox.add(this));
                }
            }
            int most = MessageFrame.maxBytes(sender, text.remaining());
            ByteBuf into;
            if (burst.isEmpty() || inLast == messagesPerBuffer) {
                into = PooledByteBufAllocator.DEFAULT.directBuffer(messagesPerBuffer == 1 ? most : usualBytes);
                burst.add(into);
                inLast = 0;
            } else {
                into = burst.get(burst.size() - 1);
            }
            inLast++;
            into.ensureWritable(most);
            ByteBuffer nio = into.internalNioBuffer(into.writerIndex(), most);
            int start = nio.position();
            MessageFrame.encode(nio, NettyRoom.this.number, number, now, sender, cid, text);
            into.writerIndex(into.writerIndex() + nio.position() - start);
        }

        /** Gives the burst to all members; its buffers are shared, and counted for each. */
        void send() {
            List<ByteBuf> buffers = take();
            for (NettySession member : members) {
                for (int i = 0; i < buffers.size(); i++) {
                    member.write(buffers.get(i).retainedDuplicate());
                }
            }
            for (int i = 0; i < buffers.size(); i++) {
                buffers.get(i).release();
            }
            buffers.clear();
        }

        private List<ByteBuf> take() {
            synchronized (NettyRoom.this) {
                List<ByteBuf> taken = burst;
                burst = spare;
                spare = taken;
                if (!taken.isEmpty()) {
                    usualBytes = Math.max(LEAST_BURST_BYTES, taken.get(0).readableBytes());
                }
                return taken;
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
