package io.parley.apps.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsTaskException;
import tlschannel.NeedsWriteException;

/** The generator's end of a connection that does not block, in the clear or under TLS. One thread. */
interface Link {

    /** Reads; 0 if there is nothing now, -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes what goes now. */
    void write(ByteBuffer from) throws IOException;

    /** Whether more may come without the channel being readable. */
    boolean holdsInput();

    /**
     * Bytes as they are.
     *
     * @param channel where they go
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
     * Bytes under TLS; handshakes are computed on the spot.
     *
     * @param channel what encrypts
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
