package io.parley.transport.nio;

import io.parley.transport.HandlerCalls;
import io.parley.transport.HandlerFailedException;
import io.parley.transport.TlsStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Brings the connections of one event loop to the state OPEN: connects their channels and runs their handshakes. Loop
 * thread only.
 */
final class LoopConnector {
    /** Room for a full buffer of bytes as records. On the heap, because ciphers work on arrays. */
    private static final int TLS_BUFFER_BYTES = Loop.BUFFER_BYTES + TlsStream.BUFFER_BYTES;

    private final Loop loop;
    private final NioSockets sockets;
    private @Nullable ByteBuffer tlsBuffer; // null before the first connection under TLS

    LoopConnector(Loop loop, NioSockets sockets) {
        this.loop = loop;
        this.sockets = sockets;
    }

    /** Begins to connect. An accepted connection is connected already. */
    void connect(NioConnection connection) throws IOException, HandlerFailedException {
        SocketChannel accepted = connection.channel();
        if (accepted != null) {
            accepted.configureBlocking(false);
            connection.register(accepted, 0);
            connected(connection, sockets.serverAdapter(accepted, this::tlsBuffer));
            return;
        }
        SocketChannel channel = sockets.open(connection.remoteAddress());
        connection.own(channel);
        channel.configureBlocking(false);
        boolean connected = channel.connect(connection.remoteAddress());
        connection.register(channel, connected ? 0 : SelectionKey.OP_CONNECT);
        if (connected) {
            connected(connection, sockets.clientAdapter(channel, connection.remoteAddress(), this::tlsBuffer));
        }
    }

    /** The channel may have been connected. */
    void finishConnecting(NioConnection connection, @Nullable SocketChannel channel)
            throws IOException, HandlerFailedException {
        if (channel != null && channel.finishConnect()) {
            connected(connection, sockets.clientAdapter(channel, connection.remoteAddress(), this::tlsBuffer));
        }
    }

    /** The buffer for ciphertext that the connections of this loop share. */
    private ByteBuffer tlsBuffer() {
        ByteBuffer buffer = tlsBuffer;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(TLS_BUFFER_BYTES);
            tlsBuffer = buffer;
        }
        return buffer;
    }

    private void connected(NioConnection connection, ChannelAdapter adapter)
            throws IOException, HandlerFailedException {
        connection.connected(adapter);
        HandlerCalls.onOpen(connection.handler(), connection);
        handshake(connection, adapter);
    }

    /** Begins or continues the handshake, as far as it goes now. */
    void handshake(NioConnection connection, ChannelAdapter adapter) throws IOException, HandlerFailedException {
        switch (adapter.handshake()) {
            case DONE -> connection.opened();
            case NEEDS_INPUT -> connection.interest(SelectionKey.OP_READ);
            case NEEDS_OUTPUT -> connection.interest(SelectionKey.OP_WRITE);
            case PEER_LEFT -> connection.leftInHandshake();
            case NEEDS_TASK -> {
                connection.interest(0);
                Runnable task = adapter.takeTask();
                loop.group().runHandshakeTask(() -> run(connection, task));
            }
        }
    }

    /** On a handshake thread. */
    private static void run(NioConnection connection, Runnable task) {
        try {
            if (connection.state() != NioState.CLOSED) {
                task.run();
            }
        } finally {
            connection.handshakeTaskDone();
        }
    }
}
