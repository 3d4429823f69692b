package io.parley.transport;

import java.nio.ByteBuffer;
import java.util.function.BiConsumer;

/**
 * Calls a handler and tells its faults from those of the transport. For the threads of a transport, without a lock.
 *
 * <p>A callback may leave its thread interrupted. That is cleared here, because an interrupt would close the channel that
 * the thread uses next.
 */
public final class HandlerCalls {
    private HandlerCalls() {}

    /**
     * Calls {@link ConnectionHandler#onOpen}.
     *
     * @param handler the handler
     * @param connection the connection that was made
     * @throws HandlerFailedException if it threw
     */
    public static void onOpen(ConnectionHandler handler, Connection connection) throws HandlerFailedException {
        try {
            handler.onOpen(connection);
        } catch (Throwable thrown) {
            throw new HandlerFailedException(handler, thrown);
        } finally {
            Thread.interrupted();
        }
    }

    /**
     * Calls {@link ConnectionHandler#onBytes}.
     *
     * @param handler the handler
     * @param bytes what came
     * @throws HandlerFailedException if it threw or did not consume all bytes
     */
    public static void onBytes(ConnectionHandler handler, ByteBuffer bytes) throws HandlerFailedException {
        try {
            handler.onBytes(bytes);
            if (bytes.hasRemaining()) {
                throw new IllegalStateException("onBytes left " + bytes.remaining() + " bytes");
            }
        } catch (Throwable thrown) {
            throw new HandlerFailedException(handler, thrown);
        } finally {
            Thread.interrupted();
        }
    }

    /**
     * Calls {@link ConnectionHandler#onWritable}.
     *
     * @param handler the handler
     * @param sink where it writes
     * @return its answer
     * @throws HandlerFailedException if it threw or answered null
     */
    public static Progress onWritable(ConnectionHandler handler, Sink sink) throws HandlerFailedException {
        try {
            Progress progress = handler.onWritable(sink);
            if (progress == null) {
                throw new IllegalStateException("onWritable answered null");
            }
            return progress;
        } catch (Throwable thrown) {
            throw new HandlerFailedException(handler, thrown);
        } finally {
            Thread.interrupted();
        }
    }

    /**
     * Calls {@link ConnectionHandler#onClosed}. It cannot fail, because the connection is over.
     *
     * @param handler the handler
     * @param disconnect why the connection ended
     * @param log where to say what was thrown; it must not throw
     */
    public static void onClosed(ConnectionHandler handler, Disconnect disconnect, BiConsumer<String, Throwable> log) {
        try {
            handler.onClosed(disconnect);
        } catch (Throwable thrown) {
            log.accept(HandlerFailedException.message(handler), thrown);
        } finally {
            Thread.interrupted();
        }
    }
}
