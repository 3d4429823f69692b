package io.parley.apps.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ResourceLeakDetector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What a good Java developer writes with Netty, tuned. Started and closed by any thread.
 *
 * <p>Each message is encoded once, into a pooled buffer that all members share; a task at the end of the event loop's turn
 * writes what has come to each and then flushes each, once. Beside it there is what a very good one writes, who has all
 * messages that a room gets in one turn in one buffer. What else was tried, as CPU time for a delivery against that, over
 * epoll, medians of three short rounds on a busy machine of two cores (differences below
 * 0.1 mean nothing):
 *
 * <pre>
 *                                                        100 members,   1,000 members,
 *                                                        1 sends 64     4 send 8 each
 *   a buffer for each message, written at the turn's end      2.5            1.7
 *   the same, written at once, flushed at the turn's end      3.6            3.0
 *   the same, writeAndFlush and FlushConsolidationHandler     3.7            2.0
 *   one buffer, sent in channelReadComplete                   1.06           2.6
 *   one buffer, writeAndFlush instead of two passes           1.09           1.04
 *   one buffer, retain(n) and duplicate()                     1.03           1.02
 *   one buffer, the adaptive allocator                        1.16           1.09
 *   one buffer, no bounds and access checks                   1.00            -
 * </pre>
 *
 * <p>Since JDK 24 Netty leaves sun.misc.Unsafe alone unless it is started with {@code
 * --sun-misc-unsafe-memory-access=allow -Dio.netty.noUnsafe=false}, which a fair comparison does.
 */
final class NettyPeer implements Peer {
    private static final WriteBufferWaterMark NO_ALARM = new WriteBufferWaterMark(64 << 20, 128 << 20);

    private final EventLoopGroup group;
    private final Channel listening;
    private final Rooms<NettyRoom> rooms;
    private final Map<EventLoop, NettyOutbox> outboxes = new ConcurrentHashMap<>();

    private NettyPeer(IoHandlerFactory io, Class<? extends ServerChannel> type, int loops, int messagesPerBuffer) {
        rooms = new Rooms<>(number -> new NettyRoom(number, messagesPerBuffer));
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        group = new MultiThreadIoEventLoopGroup(loops, io);
        listening = new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, NO_ALARM)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        NettyOutbox outbox = outboxes.computeIfAbsent(channel.eventLoop(), NettyOutbox::new);
                        channel.pipeline().addLast(new NettySession(channel, outbox, rooms));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    static Peer startNio(int loops, int messagesPerBuffer) {
        return new NettyPeer(NioIoHandler.newFactory(), NioServerSocketChannel.class, loops, messagesPerBuffer);
    }

    static Peer startEpoll(int loops, int messagesPerBuffer) {
        return new NettyPeer(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, loops, messagesPerBuffer);
    }

    @Override
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
