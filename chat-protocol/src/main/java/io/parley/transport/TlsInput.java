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

/**
 * The input side of a TLS stream: reads ciphertext and decrypts it. One thread at a time, but for the volatile
 * fields.
 *
 * <p>Ciphertext is read into a buffer that is lent for one call. What is left of it at the end of the call is copied into
 * one of its own size.
 */
final class TlsInput {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int HEADER_BYTES = 5; // type, version, length

    private final SSLEngine engine;
    private final ByteTransfer source;
    private final Supplier<ByteBuffer> buffers;
    private ByteBuffer ciphertext = NOTHING; // read and not decrypted
    private boolean lent; // whether it is in a buffer that is lent
    private ByteBuffer rest = NOTHING; // of a record that was larger than the caller's buffer; decrypted
    private boolean ended; // no more ciphertext comes, or none that counts
    private volatile boolean notified; // whether the peer has sent its close_notify; written by this side
    private volatile boolean answerDue; // set by this side, cleared by the output side

    TlsInput(SSLEngine engine, ByteTransfer source, Supplier<ByteBuffer> buffers) {
        this.engine = engine;
        this.source = source;
        this.buffers = buffers;
    }

    /** Whether the peer ended the stream by a close_notify. Any thread. */
    boolean isNotified() {
        return notified;
    }

    /** Whether the engine has an answer for the peer. Any thread. */
    boolean isAnswerDue() {
        return answerDue;
    }

    /** The output side is about to write the answer. */
    void answered() {
        answerDue = false;
    }

    boolean isEnded() {
        return ended;
    }

    /** Whether a read gives something although the source has nothing. */
    boolean isWaiting() {
        return rest.hasRemaining() || ended || hasRecord();
    }

    private boolean hasRecord() {
        int there = ciphertext.remaining();
        return there >= HEADER_BYTES
                && there >= HEADER_BYTES + (ciphertext.getShort(ciphertext.position() + 3) & 0xFFFF);
    }

    /** Decrypts the next record of the handshake; false if it has not come, or if the input has ended. */
    boolean readHandshake() throws IOException {
        SSLEngineResult result = engine.unwrap(ciphertext, NOTHING);
        ended |= result.getStatus() == Status.CLOSED;
        return result.getStatus() == Status.BUFFER_UNDERFLOW ? fill() : !ended;
    }

    /** Reads into a buffer that is the caller's. The caller calls {@link #endCall} in any case. */
    void read(ByteBuffer bytes, int maxRecords) throws IOException {
        if (rest.hasRemaining()) {
            giveRest(bytes);
            return;
        }
        if (!decrypt(bytes, maxRecords)) {
            ByteBuffer whole = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            if (!decrypt(whole, 1)) {
                throw new SSLException("a record that does not fit into " + whole.capacity() + " bytes");
            }
            rest = whole.flip();
            giveRest(bytes);
        }
    }

    /** Decrypts records, and reads ciphertext while there are no bytes; false if the first needs a larger buffer. */
    private boolean decrypt(ByteBuffer bytes, int maxRecords) throws IOException {
        int from = bytes.position();
        int records = 0;
        while (records < maxRecords && !ended && bytes.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(ciphertext, bytes);
            boolean some = bytes.position() > from;
            switch (result.getStatus()) {
                case OK -> records++;
                case BUFFER_UNDERFLOW -> {
                    if (some || !fill()) {
                        return true;
                    }
                }
                case BUFFER_OVERFLOW -> {
                    return some; // it may say so of a record that has not come whole
                }
                case CLOSED -> { // the transport answers that, if at all, by ending its output
                    notified = true;
                    ended = true;
                    return true;
                }
            }
            note(result);
        }
        return true;
    }

    private void note(SSLEngineResult result) throws SSLException {
        HandshakeStatus status = result.getHandshakeStatus();
        if (status == HandshakeStatus.NEED_TASK) { // nothing else needs a task after the handshake
            throw new SSLHandshakeException("the peer wants to negotiate again");
        }
        if (status == HandshakeStatus.NEED_WRAP) { // new keys, for example
            answerDue = true;
        }
    }

    private void giveRest(ByteBuffer bytes) {
        int count = Math.min(bytes.remaining(), rest.remaining());
        bytes.put(rest.slice(rest.position(), count));
        rest.position(rest.position() + count);
        if (!rest.hasRemaining()) {
            rest = NOTHING;
        }
    }

    /** Reads more ciphertext; false if there is none now or none any more. */
    private boolean fill() throws IOException {
        ByteBuffer more = lent ? ciphertext.compact() : buffers.get().put(ciphertext);
        lent = true;
        try {
            int count = source.transfer(more);
            ended = count < 0;
            return count > 0;
        } finally {
            ciphertext = more.flip();
        }
    }

    /** Gives the buffer that is lent back: copies what is left in it. */
    void endCall() {
        if (ciphertext.hasRemaining()) {
            ciphertext = lent
                    ? ByteBuffer.allocate(ciphertext.remaining())
                            .put(ciphertext)
                            .flip()
                    : ciphertext;
        } else {
            ciphertext = NOTHING;
        }
        lent = false;
    }

    /** Reads and drops what the source has, in a few reads. */
    void discard(int reads) throws IOException {
        ByteBuffer bytes = buffers.get();
        for (int n = 0; n < reads && source.transfer(bytes.clear()) > 0; n++) {}
    }
}
