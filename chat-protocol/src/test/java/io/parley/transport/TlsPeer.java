package io.parley.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import tlschannel.ClientTlsChannel;
import tlschannel.TlsChannel;

/** A client that does under TLS what a test's thread tells it, blocking. */
final class TlsPeer implements AutoCloseable {
    private final SocketChannel socket;
    private final TlsChannel tls;

    private TlsPeer(SocketChannel socket, TlsChannel tls) {
        this.socket = socket;
        this.tls = tls;
    }

    /** Connected, and no more. */
    static TlsPeer connect(Listening listening, SSLContext context, String protocol) throws IOException {
        // With host and port: that is what a session is found by that may be resumed.
        int port = listening.address() instanceof InetSocketAddress inet ? inet.getPort() : 0;
        SSLEngine engine = context.createSSLEngine("localhost", port);
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {protocol});
        SocketChannel socket = SocketChannel.open(listening.address());
        return new TlsPeer(socket, ClientTlsChannel.newBuilder(socket, engine).build());
    }

    SocketChannel socket() {
        return socket;
    }

    TlsChannel tls() {
        return tls;
    }

    void write(byte[] bytes) throws IOException {
        tls.write(ByteBuffer.wrap(bytes));
    }

    /** Writes to the socket, past TLS, unless the other end has had enough. */
    void writeRaw(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                socket.write(bytes);
            }
        } catch (IOException cut) {
            // What has come of it, the other end knows.
        }
    }

    /** Changes its keys so many times and asks the other end to do so as well; TLS 1.3. */
    void changeKeys(int times) throws IOException {
        SSLEngine engine = tls.getSslEngine();
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        for (int n = 0; n < times; n++) {
            engine.beginHandshake();
            engine.wrap(ByteBuffer.allocate(0), record.clear());
            writeRaw(record.flip());
        }
    }

    /** Reads to the end of the stream; how many bytes there were. */
    long readAll() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 15);
        long all = 0;
        for (int count = 0; count >= 0; count = tls.read(bytes.clear())) {
            all += count;
        }
        return all;
    }

    /** Reads what comes without looking at it, until the socket ends. */
    long drain() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 15);
        long all = 0;
        for (int count = 0; count >= 0; count = socket.read(bytes.clear())) {
            all += count;
        }
        return all;
    }

    /** Leaves without a word. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
