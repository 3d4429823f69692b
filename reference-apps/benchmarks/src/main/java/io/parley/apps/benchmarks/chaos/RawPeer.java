package io.parley.apps.benchmarks.chaos;

import io.parley.wire.ClientFrame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Ping;
import io.parley.wire.Pong;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A client that speaks the protocol by hand. One thread. */
public final class RawPeer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final FrameDecoder<ServerFrame> decoder = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
    private final byte[] scratch = new byte[4096];
    private ByteBuffer in = ByteBuffer.allocate(0);

    public RawPeer(InetSocketAddress address, @Nullable SSLContext tls) throws IOException {
        Socket plain = new Socket(address.getAddress(), address.getPort());
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(TIMEOUT_MILLIS);
        socket = tls == null ? plain : tls.getSocketFactory().createSocket(plain, "localhost", address.getPort(), true);
        socket.getOutputStream().write(Wire.PREFACE.toArray());
    }

    public void send(ClientFrame frame) {
        try {
            socket.getOutputStream().write(frame.toBytes());
        } catch (IOException over) {
            // what was sent before the end can still be read
        }
    }

    /**
     * The next frame that is no PING, which is answered.
     *
     * @return the frame; null at the end
     * @throws UncheckedIOException if the server says nothing for too long
     */
    public @Nullable ServerFrame next() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (System.nanoTime() < end) {
            ServerFrame frame = decoder.next(in);
            if (frame instanceof Ping ping) {
                send(new Pong(ping.nonce()));
            } else if (frame != null) {
                return frame;
            } else if (!fill()) {
                return null;
            }
        }
        throw new UncheckedIOException(new SocketTimeoutException("nothing but signs of life"));
    }

    private boolean fill() {
        try {
            int count = socket.getInputStream().read(scratch);
            in = ByteBuffer.wrap(scratch, 0, Math.max(0, count));
            return count >= 0;
        } catch (SocketTimeoutException silent) {
            throw new UncheckedIOException(silent);
        } catch (SocketException | SSLException reset) {
            return false;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Has the connection end with a reset, which leaves nothing behind in the kernel. */
    public void resetAtClose() throws IOException {
        socket.setSoLinger(true, 0);
    }

    /** The next frame of a kind; null if the connection ends before. */
    <T extends ServerFrame> @Nullable T await(Class<T> kind) {
        for (ServerFrame frame = next(); frame != null; frame = next()) {
            if (kind.isInstance(frame)) {
                return kind.cast(frame);
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            // it is closed all the same
        }
    }
}
