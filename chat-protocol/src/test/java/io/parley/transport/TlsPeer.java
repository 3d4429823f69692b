package io.parley.transport;

import java.io.IOException;
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
        SSLEngine engine = context.createSSLEngine();
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
