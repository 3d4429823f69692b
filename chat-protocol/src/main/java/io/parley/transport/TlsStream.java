package io.parley.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection under TLS, for those who write a transport: encrypts what is written and decrypts what is read. It
 * knows no socket; a transport gives it a way to read ciphertext and a way to write it. Both may block, or may give and
 * take nothing now as those of a non-blocking channel do.
 *
 * <p><b>Threads.</b> First one thread calls {@link #handshake} until it is done. After that there are two sides, and each
 * is for one thread at a time. The input side is {@link #read} and {@link #hasInput}. The output side is {@link #write},
 * {@link #flush}, {@link #hasOutput}, {@link #answer} and {@link #endOutput}. Any thread may call the other methods.
 *
 * <p><b>Buffers.</b> For the time of a call it borrows a buffer from the transport. Between calls it holds the ciphertext
 * that could not be decrypted or written yet, and no more.
 */
public final class TlsStream {
    /** The least capacity of a buffer that is lent, in bytes: more than the largest record with its header. */
    public static final int BUFFER_BYTES = TlsOutput.BUFFER_BYTES;

    private static final int DISCARDED_READS = 64;

    /** How far a handshake has come. */
    public enum HandshakeStep {
        /** It is complete. */
        DONE,
        /** Call {@link #handshake} again when the peer has sent something. */
        NEEDS_INPUT,
        /** Call {@link #handshake} again when the peer can take something. */
        NEEDS_OUTPUT,
        /** Run {@link #takeTask}, which takes long, and then call {@link #handshake} again. */
        NEEDS_TASK,
        /** The peer left before the handshake was complete. */
        PEER_LEFT
    }

    private final SSLEngine engine;
    private final TlsInput input;
    private final TlsOutput output;
    private boolean begun; // the handshake's thread
    private @Nullable Runnable task; // the handshake's thread; the next one to run
    private volatile @Nullable IOException failure; // written once, by the input side
    private volatile @Nullable SSLSession session; // written once, by the handshake's thread

    private TlsStream(SSLEngine engine, ByteTransfer source, ByteTransfer target, Supplier<ByteBuffer> buffers) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(buffers, "buffers");
        Supplier<ByteBuffer> checked = () -> checked(buffers.get());
        this.engine = engine;
        this.input = new TlsInput(engine, source, checked);
        this.output = new TlsOutput(engine, target, checked);
    }

    private static ByteBuffer checked(ByteBuffer buffer) {
        if (buffer.capacity() < BUFFER_BYTES) {
            throw new IllegalArgumentException("a buffer of " + buffer.capacity() + " bytes, not " + BUFFER_BYTES);
        }
        return buffer.clear();
    }

    /**
     * Makes the stream of a connection that was accepted.
     *
     * @param options keys, trust and protocols
     * @param source reads ciphertext
     * @param target writes ciphertext
     * @param buffers lends a buffer of {@link #BUFFER_BYTES} or more for the time of a call; a larger one saves writes
     * @return the stream, whose handshake has not begun
     */
    public static TlsStream server(
            TlsOptions options, ByteTransfer source, ByteTransfer target, Supplier<ByteBuffer> buffers) {
        return new TlsStream(options.serverEngine(), source, target, buffers);
    }

    /**
     * Makes the stream of a connection to a server.
     *
     * @param options trust, keys and protocols
     * @param address the server's address; the certificate must be for its host
     * @param source reads ciphertext
     * @param target writes ciphertext
     * @param buffers lends a buffer of {@link #BUFFER_BYTES} or more for the time of a call; a larger one saves writes
     * @return the stream, whose handshake has not begun
     */
    public static TlsStream client(
            TlsOptions options,
            SocketAddress address,
            ByteTransfer source,
            ByteTransfer target,
            Supplier<ByteBuffer> buffers) {
        SSLEngine engine = options.clientEngine(address);
        TlsStream stream = new TlsStream(engine, source, target, buffers);
        stream.task = () -> begin(engine); // it makes the first keys, which takes long
        return stream;
    }

    private static void begin(SSLEngine engine) {
        try {
            engine.beginHandshake();
        } catch (SSLException refused) {
            // The next call of handshake() fails in the same way and reports it.
        }
    }

    // ---- the handshake

    /**
     * Begins or continues the handshake. If it fails, the peer is sent the alert that says why.
     *
     * @return how far it has come
     * @throws SSLException if the peers cannot agree, or one does not trust the other
     * @throws IOException if the connection is broken or closed
     */
    public HandshakeStep handshake() throws IOException {
        try {
            return advance();
        } catch (SSLException | RuntimeException refused) {
            sendAlert();
            throw refused;
        } finally {
            input.endCall();
        }
    }

    private HandshakeStep advance() throws IOException {
        while (task == null) {
            if (!output.flush()) {
                return HandshakeStep.NEEDS_OUTPUT;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> task = nextTask();
                case NEED_WRAP -> {
                    input.endCall(); // its buffer may be the one that is lent next
                    output.writeHandshake();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!input.readHandshake()) {
                        return input.isEnded() ? HandshakeStep.PEER_LEFT : HandshakeStep.NEEDS_INPUT;
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    if (begun) {
                        session = engine.getSession();
                        return HandshakeStep.DONE;
                    }
                    engine.beginHandshake();
                }
            }
            begun = true;
        }
        return HandshakeStep.NEEDS_TASK;
    }

    private Runnable nextTask() throws SSLException {
        Runnable next = engine.getDelegatedTask();
        if (next == null) {
            throw new SSLHandshakeException("the handshake waits for a task that does not exist");
        }
        return next;
    }

    /**
     * The computation that the handshake waits for. Call it once after each NEEDS_TASK.
     *
     * @return the task; any thread may run it
     */
    public Runnable takeTask() {
        Runnable next = task;
        task = null;
        if (next == null) {
            throw new IllegalStateException("the handshake waits for no task");
        }
        return next;
    }

    private void sendAlert() {
        try {
            input.endCall();
            output.answer();
        } catch (IOException | RuntimeException broken) {
            // The connection fails with the first reason.
        }
    }

    /**
     * What the handshake agreed on.
     *
     * @return the session; null before the handshake is complete
     */
    public @Nullable SSLSession session() {
        return session;
    }

    // ---- the input side

    /**
     * Reads and decrypts bytes. It reads no ciphertext once it has some bytes, so it does not block then.
     *
     * @param bytes where they go; room for 16 KiB and more saves a copy
     * @param maxRecords how many records at most: a peer may put one byte into each, and decrypting them takes time
     * @return how many bytes there are; 0 if none have come; -1 at the end of the stream
     * @throws SSLException if the peer breaks the protocol; the bytes before that are given out first
     * @throws IOException if the connection is broken or closed; the bytes before that are given out first
     */
    public int read(ByteBuffer bytes, int maxRecords) throws IOException {
        int from = bytes.position();
        try {
            if (failure == null) {
                input.read(bytes, maxRecords);
            }
        } catch (IOException broken) {
            failure = broken;
        } finally {
            input.endCall();
        }
        int count = bytes.position() - from;
        if (count == 0) {
            throwFailure();
        }
        return count == 0 && input.isEnded() ? -1 : count;
    }

    private void throwFailure() throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
    }

    /**
     * Whether a read gives something although the source has nothing.
     *
     * @return false if the next read needs ciphertext from the source
     */
    public boolean hasInput() {
        return failure != null || input.isWaiting();
    }

    /**
     * Whether the peer has ended the stream in order, by a close_notify. If a read gave -1 and it has not, the stream broke
     * off.
     *
     * @return true after a close_notify
     */
    public boolean isPeerEnded() {
        return input.isNotified();
    }

    /**
     * Reads and drops what has come, for a connection that fails: closing a socket with unread input resets the
     * connection, and the reset may overtake an alert. The source must not block.
     *
     * @throws IOException if the connection is broken or closed
     */
    public void discardInput() throws IOException {
        input.discard(DISCARDED_READS);
    }

    // ---- the output side

    /**
     * Encrypts and writes bytes. Ciphertext that the target does not take now waits here; then no more bytes are taken.
     *
     * @param bytes the bytes. Some remain if ciphertext waits, or if the output has ended: before TLS 1.3 the peer's
     *     close_notify ends both directions
     * @throws IOException if the connection is broken or closed, or if the peer breaks the protocol
     */
    public void write(ByteBuffer bytes) throws IOException {
        throwFailure();
        output.write(bytes);
    }

    /**
     * Writes the ciphertext that waits.
     *
     * @return whether none waits any more
     * @throws IOException if the connection is broken or closed
     */
    public boolean flush() throws IOException {
        return output.flush();
    }

    /**
     * Whether ciphertext waits for the target.
     *
     * @return true if {@link #flush} has something to write
     */
    public boolean hasOutput() {
        return output.isWaiting();
    }

    /**
     * Whether the protocol has an answer for the peer, such as new keys. Any thread may call it.
     *
     * @return true if {@link #answer} has something to write
     */
    public boolean isAnswerDue() {
        return input.isAnswerDue();
    }

    /**
     * Writes the answer that is due.
     *
     * @throws IOException if the connection is broken or closed
     */
    public void answer() throws IOException {
        input.answered();
        output.answer();
    }

    /**
     * Ends the output: writes what waits, and tells the peer by a close_notify that no more comes.
     *
     * @return false if ciphertext waits; then call it again when the target takes more
     * @throws IOException if the connection is broken or closed
     */
    public boolean endOutput() throws IOException {
        return output.end();
    }
}
