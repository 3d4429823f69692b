package io.parley.apps.benchmarks.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.parley.wire.Join;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of the Netty server. Its event loop only.
 */
final class NettySession extends ByteToMessageDecoder implements Inbound.Client {
    private final Channel channel;
    private final NettyOutbox outbox;
    private final Rooms<NettyRoom> rooms;
    private final Inbound inbound = new Inbound(this);
    private final List<NettyRoom.Branch> joined = new ArrayList<>(1);
    private boolean unflushed;

    NettySession(Channel channel, NettyOutbox outbox, Rooms<NettyRoom> rooms) {
        this.channel = channel;
        this.outbox = outbox;
        this.rooms = rooms;
    }

    NettyOutbox outbox() {
        return outbox;
    }

    /** Frames are read where they lie: no object for each. */
    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        ByteBuffer bytes = in.internalNioBuffer(in.readerIndex(), in.readableBytes());
        int start = bytes.position();
        inbound.take(bytes);
        in.skipBytes(bytes.position() - start);
    }

    @Override
    public void join(Join join) {
        joined.add(rooms.named(join.room()).join(this, join));
    }

    @Override
    public void say(Sender sender, int number, long cid, ByteBuffer text) {
        NettyRoom room = rooms.numbered(number);
        if (room != null) {
            room.say(sender, cid, text);
        }
    }

    @Override
    public void reply(byte[] frame) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(frame), channel.voidPromise());
    }

    /** Writes, and sees to one flush at the end of the loop's turn. */
    void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
        if (!unflushed) {
            unflushed = true;
            outbox.add(this);
        }
    }

    void flush() {
        unflushed = false;
        channel.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        joined.forEach(branch -> branch.leave(this));
        joined.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
