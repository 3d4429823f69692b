package io.parley.transport.blocking;

import io.parley.transport.Connection;
import io.parley.transport.ConnectionHandler;
import io.parley.transport.Disconnect;
import io.parley.transport.Progress;
import io.parley.transport.Sink;
import java.nio.ByteBuffer;

/**
 * Calls a handler and tells its faults from those of the channel. For the threads of a connection, without a lock.
 *
 * <p>A callback may leave its thread interrupted. That is cleared here, because the next use of the channel would close
 * it.
 */
final class HandlerCalls {
    private HandlerCalls() {}

    static void onOpen(ConnectionHandler handler, Connection connection) throws HandlerFailedException {
        try {
            handler.onOpen(connection);
        } catch (Throwable thrown) {
            throw new HandlerFailedException(thrown);
        } finally {
            Thread.interrupted();
        }
    }

    static void onBytes(ConnectionHandler handler, ByteBuffer bytes) throws HandlerFailedException {
        try {
            handler.onBytes(bytes);
            if (bytes.hasRemaining()) {
                throw new IllegalStateException("onBytes left " + bytes.remaining() + " bytes");
            }
        } catch (Throwable thrown) {
            throw new HandlerFailedException(thrown);
        } finally {
            Thread.interrupted();
        }
    }

    static Progress onWritable(ConnectionHandler handler, Sink sink) throws HandlerFailedException {
        try {
            Progress progress = handler.onWritable(sink);
            if (progress == null) {
                throw new IllegalStateException("onWritable answered null");
            }
            return progress;
        } catch (Throwable thrown) {
            throw new HandlerFailedException(thrown);
        } finally {
            Thread.interrupted();
        }
    }

    /** Tells a handler that its connection is closed. What it throws is logged. */
    static void onClosed(ConnectionHandler handler, Disconnect disconnect) {
        try {
            handler.onClosed(disconnect);
        } catch (Throwable thrown) {
            report(handler, thrown);
        }
    }

    static void report(ConnectionHandler handler, Throwable thrown) {
        TransportLog.warn("a handler threw: " + handler.getClass().getName(), thrown);
    }
}
