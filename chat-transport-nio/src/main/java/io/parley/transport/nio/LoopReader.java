package io.parley.transport.nio;

import io.parley.transport.HandlerCalls;
import io.parley.transport.HandlerFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads for the connections of one event loop, into one buffer. Loop thread only. */
final class LoopReader {
    private static final int READS_PER_TURN = 4; // for fairness between connections

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Loop.BUFFER_BYTES);

    /**
     * Reads what there is, up to the end of the turn, and gives it to the handler. Input of a connection that closes is
     * discarded.
     */
    void read(NioConnection connection, ChannelAdapter from) throws IOException, HandlerFailedException {
        for (int i = 0; i < READS_PER_TURN; i++) {
            connection.closeIfRequested();
            boolean discarding = connection.state().isDiscarding() || connection.isRequested(LoopEntry.ABORT);
            if (!discarding && connection.isRequested(LoopEntry.PAUSE)) {
                return;
            }
            int count = from.read(buffer.clear());
            if (count < 0) {
                connection.inputEnded(from);
                return;
            }
            if (count > 0 && !discarding) {
                HandlerCalls.onBytes(connection.handler(), buffer.flip());
            }
            if (count == 0 || (count < buffer.capacity() && !from.hasBufferedInput())) {
                return;
            }
        }
        if (from.hasBufferedInput()) {
            connection.continueNextTurn();
        }
    }
}
