package io.parley.transport.nio;

import io.parley.transport.Connection;
import java.net.SocketAddress;

/** A connection that could not even begin; every call is a no-op. Any thread may call it. */
record Stillborn(SocketAddress remoteAddress) implements Connection {
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
