package io.parley.apps.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The least that fanning out costs with the JDK's selector: one thread, one read for each socket that is ready, and at
 * the end of the turn one write for each socket that is due. Started and closed by any thread.
 *
 * <pre>
 *   select -> read each -> SAYs become MESSAGEs in the burst of their room -> write each burst to each member -> select
 * </pre>
 *
 * <p>Nothing is allocated for a message or a delivery. Bytes are copied once for each message; for each delivery only
 * by the kernel, except to members of several rooms (gathered) and of full sockets (a backlog without a bound).
 */
final class FloorPeer implements Peer {
    private final ServerSocketChannel listening;
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "floor");
    private volatile boolean closed;

    // From here on: selector thread only.
    private final ByteBuffer in = ByteBuffer.allocateDirect(2 * Inbound.MAX_FRAME_BYTES);
    private final FloorTurn turn = new FloorTurn();
    private final Rooms<FloorRoom> rooms = new Rooms<>(number -> new FloorRoom(number, turn));
    private final Deque<ByteBuffer> freeChunks = new ArrayDeque<>();

    private FloorPeer() throws IOException {
        selector = Selector.open();
        listening = ServerSocketChannel.open();
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), ACCEPT_BACKLOG);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    static Peer start() throws IOException {
        FloorPeer peer = new FloorPeer();
        peer.thread.start();
        return peer;
    }

    @Override
    public int port() {
        return listening.socket().getLocalPort();
    }

    FloorTurn turn() {
        return turn;
    }

    Rooms<FloorRoom> rooms() {
        return rooms;
    }

    /** Chunks that no backlog uses. */
    Deque<ByteBuffer> freeChunks() {
        return freeChunks;
    }

    private void run() {
        try (selector;
                listening) {
            Consumer<SelectionKey> ready = this::ready;
            while (!closed) {
                selector.select(ready);
                turn.end();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof FloorConnection connection) {
            connection.ready(in);
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = listening.accept();
            while (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new FloorConnection(this, channel, key));
                channel = listening.accept();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException no) {
            throw new IllegalStateException("not closed", no);
        }
    }
}
