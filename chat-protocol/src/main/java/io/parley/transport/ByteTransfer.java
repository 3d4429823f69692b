package io.parley.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves bytes between a buffer and a connection: a read or a write of a channel, for example. For {@link TlsStream}. */
@FunctionalInterface
public interface ByteTransfer {
    /**
     * Reads into the buffer as {@code ReadableByteChannel.read} does, or writes from it as {@code
     * WritableByteChannel.write} does.
     *
     * @param bytes where the bytes go, or the bytes to write; those that are not taken now remain
     * @return how many bytes were moved; 0 if none can be now; -1 if a read is at the end of the stream
     * @throws IOException if the connection is broken or closed
     */
    int transfer(ByteBuffer bytes) throws IOException;
}
