package io.parley.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** The output side of a TLS stream: encrypts, writes, and keeps what cannot be written now. One thread at a time. */
final class TlsOutput {
    /** More than the largest record with its header. */
    static final int BUFFER_BYTES = 17 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteTransfer target;
    private final Supplier<ByteBuffer> buffers;
    private ByteBuffer waiting = NOTHING; // ciphertext that could not be written
    private boolean ended; // the engine encrypts nothing any more

    TlsOutput(SSLEngine engine, ByteTransfer target, Supplier<ByteBuffer> buffers) {
        this.engine = engine;
        this.target = target;
        this.buffers = buffers;
    }

    boolean isWaiting() {
        return waiting.hasRemaining();
    }

    /** Writes what waits; true if nothing waits any more. */
    boolean flush() throws IOException {
        if (waiting.hasRemaining()) {
            target.transfer(waiting);
        }
        if (waiting.hasRemaining()) {
            return false;
        }
        waiting = NOTHING;
        return true;
    }

    /** Takes bytes while all of them can be written. Some remain if they cannot, or if the output has ended. */
    void write(ByteBuffer bytes) throws IOException {
        while (flush() && bytes.hasRemaining() && !ended) {
            ByteBuffer records = buffers.get();
            do {
                if (wrap(bytes, records).bytesProduced() == 0 && !ended) {
                    throw new SSLException("the engine does not encrypt: " + engine.getHandshakeStatus());
                }
            } while (!ended && bytes.hasRemaining() && records.remaining() >= BUFFER_BYTES);
            send(records);
        }
    }

    /** Writes what the handshake has to say, one record at least. */
    void writeHandshake() throws IOException {
        ByteBuffer records = buffers.get();
        SSLEngineResult result;
        do {
            result = wrap(NOTHING, records);
        } while (result.bytesProduced() > 0
                && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
                && records.remaining() >= BUFFER_BYTES);
        boolean none = records.position() == 0;
        send(records);
        if (none) {
            throw new SSLHandshakeException("the handshake cannot go on: " + result);
        }
    }

    /** Writes the answers that the engine has ready. */
    void answer() throws IOException {
        SSLEngineResult result;
        do {
            ByteBuffer records = buffers.get();
            result = wrap(NOTHING, records);
            send(records);
        } while (result.bytesProduced() > 0 && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    }

    /** Writes what waits and then a close_notify; false if some of it waits. */
    boolean end() throws IOException {
        if (!flush()) {
            return false;
        }
        engine.closeOutbound();
        while (!ended && !engine.isOutboundDone()) {
            ByteBuffer records = buffers.get();
            ended = wrap(NOTHING, records).bytesProduced() == 0;
            send(records);
        }
        ended = true;
        return flush();
    }

    private SSLEngineResult wrap(ByteBuffer bytes, ByteBuffer records) throws SSLException {
        SSLEngineResult result = engine.wrap(bytes, records);
        ended |= result.getStatus() == Status.CLOSED;
        return result;
    }

    /** Writes ciphertext, after that which waits. */
    private void send(ByteBuffer records) throws IOException {
        records.flip();
        if (flush()) {
            target.transfer(records);
        }
        if (records.hasRemaining()) {
            int size = waiting.remaining() + records.remaining();
            waiting = ByteBuffer.allocate(size).put(waiting).put(records).flip();
        }
    }
}
