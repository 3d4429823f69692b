package io.parley.transport.nio;

import io.parley.transport.Disconnect.Kind;
import io.parley.transport.TlsStream.HandshakeStep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes without TLS. Loop thread only.
 *
 * @param channel where the bytes go; it is connected
 */
record PlainAdapter(SocketChannel channel) implements ChannelAdapter {
    @Override
    public HandshakeStep handshake() {
        return HandshakeStep.DONE;
    }

    @Override
    public Runnable takeTask() {
        throw new IllegalStateException("no handshake task");
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return channel.read(bytes);
    }

    @Override
    public boolean hasBufferedInput() {
        return false;
    }

    @Override
    public Kind onPeerEnd() {
        return Kind.ENDED;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public boolean hasBufferedOutput() {
        return false;
    }

    @Override
    public boolean endOutput() throws IOException {
        channel.shutdownOutput();
        return true;
    }

    @Override
    public @Nullable SSLSession session() {
        return null;
    }
}
