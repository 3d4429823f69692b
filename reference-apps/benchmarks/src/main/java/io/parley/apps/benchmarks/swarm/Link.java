package io.parley.apps.benchmarks.swarm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;

/** A non-blocking connection of the load generator, with or without TLS. One thread. */
interface Link {

    /** A connection over a channel, with TLS if there is a context. */
    static Link of(SocketChannel channel, @Nullable SSLContext tls) {
        if (tls == null) {
            return new Clear(channel);
        }
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(true);
        return new Tls(
                ClientTlsChannel.newBuilder(channel, engine).withRunTasks(false).build());
    }

    /** Reads; returns 0 if there are no bytes now, -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes as many bytes as possible. */
    void write(ByteBuffer from) throws IOException;

    /** Whether there may be more bytes although the channel is not readable. */
    boolean holdsInput();

    /**
     * A connection without TLS.
     *
     * @param channel its channel
     */
    record Clear(SocketChannel channel) implements Link {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public void write(ByteBuffer from) throws IOException {
            channel.write(from);
        }

        @Override
        public boolean holdsInput() {
            return false;
        }
    }

    /**
     * A connection with TLS; the handshake runs on the calling thread.
     *
     * @param channel the channel that encrypts
     */
    record Tls(ByteChannel channel) implements Link {
        @Override
        public int read(ByteBuffer into) throws IOException {
            while (true) {
                try {
                    return channel.read(into);
                } catch (NeedsTaskException task) {
                    task.getTask().run();
                } catch (NeedsReadException | NeedsWriteException later) {
                    return 0;
                }
            }
        }

        @Override
        public void write(ByteBuffer from) throws IOException {
            while (from.hasRemaining()) {
                try {
                    channel.write(from);
                } catch (NeedsTaskException task) {
                    task.getTask().run();
                } catch (NeedsReadException | NeedsWriteException later) {
                    return;
                }
            }
        }

        @Override
        public boolean holdsInput() {
            return true;
        }
    }
}
