package io.parley.transport.blocking;

import io.parley.transport.Disconnect;
import io.parley.transport.Disconnect.Kind;
import io.parley.transport.HandlerCalls;
import io.parley.transport.HandlerFailedException;
import io.parley.transport.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The writer thread of a connection: waits for a request to write, has the handler write, and ends the output of a
 * connection that closes.
 */
final class ConnectionWriter implements Runnable {
    // A turn between these sizes wrote several messages, but no burst yet: then other members are about to say more.
    private static final int SEVERAL_BYTES = 256;
    private static final int BURST_BYTES = 4 * 1024;
    private static final int YIELDS = 2;

    private final BlockingConnection connection;
    private final Lifecycle lifecycle;
    private final ChannelAdapter adapter;

    ConnectionWriter(BlockingConnection connection, ChannelAdapter adapter) {
        this.connection = connection;
        this.lifecycle = connection.lifecycle();
        this.adapter = adapter;
    }

    @Override
    public void run() {
        try {
            write();
        } catch (Throwable thrown) {
            connection.fail(thrown);
        } finally {
            connection.threadLeaves();
        }
    }

    private void write() throws IOException, HandlerFailedException {
        WriteBuffer buffer = new WriteBuffer();
        int written = 0; // in the turn before
        while (true) {
            if (connection.writerWaiter().await() && written >= SEVERAL_BYTES && written < BURST_BYTES) {
                letReadersRun();
            }
            boolean last = lifecycle.state() == BlockingState.CLOSING; // unless the handler has more to write
            lifecycle.clearWriteRequest();
            if (lifecycle.isEnded()) {
                return;
            }
            Progress progress = fill(buffer);
            ByteBuffer bytes = buffer.bytes();
            written = bytes.remaining();
            if (!adapter.write(bytes)) {
                outputLost();
                return;
            }
            if (progress == Progress.MORE) {
                lifecycle.requestWrite();
            } else if (last && !lifecycle.isWriteRequested()) {
                adapter.endOutput();
                lifecycle.tryMove(BlockingState.CLOSING, BlockingState.OUTPUT_ENDED);
                return;
            }
        }
    }

    /** Has the handler write into the buffer. */
    private Progress fill(WriteBuffer buffer) throws HandlerFailedException {
        buffer.begin();
        try {
            return HandlerCalls.onWritable(connection.handler(), buffer);
        } finally {
            buffer.end();
        }
    }

    /**
     * The peer has ended both directions, or is about to be found to have. If the reader does not know yet how the peer
     * ended, it will; see {@link BlockingConnection#threadLeaves}.
     */
    private void outputLost() {
        if (adapter.peerEnd() == Kind.ENDED) {
            connection.end(Disconnect.of(Kind.ENDED));
        }
    }

    /**
     * Lets readers run that have input, so that what they bring leaves in the same write. When many members speak at once
     * that halves the number of writes. When one speaks it gains nothing, and is not done.
     */
    private static void letReadersRun() {
        for (int i = 0; i < YIELDS; i++) {
            TransportThreads.letOthersRun();
        }
    }
}
