package io.parley.transport.nio;

import io.parley.transport.Connection;
import java.net.SocketAddress;

/**
 * A connection that failed before it got an event loop. Every call is a no-op. Any thread may call it.
 *
 * @param remoteAddress the address that was asked for
 */
record FailedConnection(SocketAddress remoteAddress) implements Connection {
    @Override
    public void wantWrite() {}

    @Override
    public void pauseReads() {}

    @Override
    public void resumeReads() {}

    @Override
    public void close() {}

    @Override
    public void abort() {}
}
