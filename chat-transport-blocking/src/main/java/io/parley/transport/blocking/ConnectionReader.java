package io.parley.transport.blocking;

import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.HandlerCalls;
import io.parley.transport.HandlerFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The reader thread of a connection: connects, runs the handshake, starts the writer, and reads until the end. What it
 * reads from a connection that closes is discarded.
 */
final class ConnectionReader implements Runnable {
    private static final int FIRST_READ_BYTES = 1024;
    private static final int MAX_READ_BYTES = 16 * 1024;
    private static final int READS_PER_TURN = 16;

    private final BlockingConnection connection;
    private final Lifecycle lifecycle;
    private final TransportThreads threads;
    private final BlockingSockets sockets;

    ConnectionReader(BlockingConnection connection, TransportThreads threads, BlockingSockets sockets) {
        this.connection = connection;
        this.lifecycle = connection.lifecycle();
        this.threads = threads;
        this.sockets = sockets;
    }

    @Override
    public void run() {
        try {
            ChannelAdapter adapter = connect();
            if (adapter != null && lifecycle.tryMove(BlockingState.CONNECTING, BlockingState.HANDSHAKING)) {
                HandlerCalls.onOpen(connection.handler(), connection);
                handshake(adapter);
            }
        } catch (Throwable thrown) {
            connection.fail(thrown);
        } finally {
            connection.threadLeaves();
        }
    }

    /** Connects the channel; null if the connection has ended meanwhile. */
    private @Nullable ChannelAdapter connect() throws IOException {
        SocketChannel accepted = connection.channel();
        if (accepted != null) {
            return lifecycle.isEnded() ? null : sockets.serverAdapter(accepted);
        }
        SocketChannel channel = sockets.open(connection.remoteAddress());
        // First the channel is published, then the state is read. abort() does it the other way round.
        connection.own(channel);
        if (lifecycle.isEnded()) {
            channel.close();
            return null;
        }
        channel.connect(connection.remoteAddress());
        return lifecycle.isEnded() ? null : sockets.clientAdapter(channel, connection.remoteAddress());
    }

    private void handshake(ChannelAdapter adapter) throws IOException, HandlerFailedException {
        if (!adapter.handshake(this::runTask)) {
            connection.end(Disconnect.of(Kind.TRUNCATED));
            return;
        }
        connection.use(adapter);
        if (!lifecycle.tryOpen()) {
            return;
        }
        startWriter(adapter);
        read(adapter);
    }

    /** Runs a task on a handshake thread and waits until it is done or the connection has ended. */
    private void runTask(Runnable task) throws IOException {
        Objects.requireNonNull(task, "task");
        AtomicBoolean done = new AtomicBoolean();
        Waiter waiter = new Waiter(() -> done.get() || lifecycle.isEnded());
        connection.taskWaiter(waiter);
        threads.runHandshakeTask(() -> {
            try {
                if (!lifecycle.isEnded()) {
                    task.run();
                }
            } finally {
                done.set(true);
                waiter.wake();
            }
        });
        waiter.await();
        connection.taskWaiter(null);
        if (lifecycle.isEnded()) {
            throw new AsynchronousCloseException();
        }
    }

    private void startWriter(ChannelAdapter adapter) {
        lifecycle.threadStarts();
        try {
            threads.writer(new ConnectionWriter(connection, adapter)).start();
        } catch (Throwable noThread) {
            lifecycle.threadLeaves();
            throw noThread;
        }
    }

    private void read(ChannelAdapter from) throws IOException, HandlerFailedException {
        ByteBuffer buffer = ByteBuffer.allocate(FIRST_READ_BYTES);
        for (int reads = 1; true; reads++) {
            if (reads % READS_PER_TURN == 0) {
                TransportThreads
                        .letOthersRun(); // a virtual thread keeps its processor while there is something to read
            }
            connection.readerWaiter().await();
            if (lifecycle.isEnded()) {
                return;
            }
            int count = from.read(buffer.clear());
            if (count < 0) {
                peerEnded(from);
                return;
            }
            BlockingState state = lifecycle.state();
            if (state.isEnded()) {
                return;
            }
            if (!state.isDiscarding()) {
                HandlerCalls.onBytes(connection.handler(), buffer.flip());
            }
            if (count == buffer.capacity() && count < MAX_READ_BYTES) {
                buffer = ByteBuffer.allocate(4 * count);
            }
        }
    }

    /** The peer's end ends an open connection. For one that closes it is only what the reader has waited for. */
    private void peerEnded(ChannelAdapter from) {
        if (!lifecycle.state().isDiscarding() && lifecycle.tryEnd(Disconnect.of(from.peerEnd()))) {
            try {
                from.answerPeerEnd();
            } finally {
                connection.unblock();
            }
        }
    }
}
