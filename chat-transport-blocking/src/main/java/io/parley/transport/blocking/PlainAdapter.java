package io.parley.transport.blocking;

import io.parley.transport.Disconnect.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes without TLS. For the threads that {@link ChannelAdapter} names.
 *
 * @param channel where the bytes go; it is connected and in blocking mode
 */
record PlainAdapter(SocketChannel channel) implements ChannelAdapter {
    @Override
    public boolean handshake(TaskRunner tasks) {
        return true;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
        return channel.read(bytes);
    }

    @Override
    public Kind peerEnd() {
        return Kind.ENDED;
    }

    @Override
    public void answerPeerEnd() {
        // Closing the channel is the answer, and that comes next.
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        return true;
    }

    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public @Nullable SSLSession session() {
        return null;
    }
}
