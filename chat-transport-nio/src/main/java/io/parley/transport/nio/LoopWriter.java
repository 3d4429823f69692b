package io.parley.transport.nio;

import io.parley.transport.HandlerCalls;
import io.parley.transport.HandlerFailedException;
import io.parley.transport.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes for the connections of one event loop, through one sink. Loop thread only. */
final class LoopWriter {
    private final LoopSink sink = new LoopSink();

    /** Writes the unsent bytes of a connection, then what its handler has, as far as the peer takes them. */
    void write(NioConnection connection, ChannelAdapter to) throws IOException, HandlerFailedException {
        if (writeUnsent(connection, to)
                && connection.isWriteDue()
                && connection.state().isWriting()) {
            writeNew(connection, to);
        }
    }

    /** Writes what the system did not take before; true if all of it is gone. */
    private boolean writeUnsent(NioConnection connection, ChannelAdapter to) throws IOException {
        if (!to.flush()) {
            return false;
        }
        ByteBuffer unsent = connection.unsent;
        if (unsent != null) {
            sink.writeUnsent(to, unsent);
            if (unsent.hasRemaining()) {
                return false;
            }
            connection.unsent = null;
        }
        return !to.hasBufferedOutput();
    }

    private void writeNew(NioConnection connection, ChannelAdapter to) throws IOException, HandlerFailedException {
        connection.setWriteDue(false);
        sink.begin(to);
        Progress progress;
        try {
            progress = HandlerCalls.onWritable(connection.handler(), sink);
        } catch (HandlerFailedException failed) {
            sink.drop();
            throw failed;
        }
        if (!sink.end()) {
            connection.unsent = sink.takeUnsent();
            connection.setWriteDue(progress == Progress.MORE);
        } else if (progress == Progress.MORE) {
            // The turn is over, or the handler wants another one. The other connections come first.
            connection.wantWrite();
        }
    }

    /** Ends the output of a connection that closes, as soon as everything is written. */
    void endIfDrained(NioConnection connection, ChannelAdapter to) throws IOException {
        if (isDrained(connection, to)) {
            connection.drained();
        }
        if (connection.state().isEnding() && to.endOutput()) {
            connection.outputEnded();
        }
    }

    /** Whether nothing is left to write, and no request for more is noted. */
    private static boolean isDrained(NioConnection connection, ChannelAdapter to) {
        return !connection.isWriteDue()
                && connection.unsent == null
                && !to.hasBufferedOutput()
                && !connection.isRequested(LoopEntry.WRITE);
    }
}
