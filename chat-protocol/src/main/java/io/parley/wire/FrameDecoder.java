package io.parley.wire;

import io.parley.codec.ByteReader;
import io.parley.codec.MalformedException;
import io.parley.model.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes, cut anywhere, into frames. One thread at a time.
 *
 * <pre>
 *   PREFACE --4 bytes--> HEADER --4 bytes--> PAYLOAD --its length--> HEADER
 *   (of clients only)
 *   any --the peer is wrong--> dead: throws the same again
 * </pre>
 *
 * <p>Memory: a length over the limit is refused from its header. A frame that lies whole inside an
 * array-backed buffer is decoded in place; one that lies whole inside another kind is copied once, into a
 * scratch array. That is dropped when the buffer is consumed, as are the characters of texts that are not
 * ASCII. A frame that comes in pieces is assembled in an array that grows with what really came (at most
 * twice that, or 128 bytes) and is dropped when it is complete. Between frames a decoder whose last {@link
 * #next} answered null holds no array.
 *
 * @param <F> what is decoded: what clients send, or what servers send
 */
public final class FrameDecoder<F extends Frame> {
    private static final int LEAST_PARTIAL = 128;
    private static final int USUAL_SCRATCH = 1024;
    private static final byte[] PREFACE = Wire.PREFACE.toArray();
    private static final byte[] NOTHING = {};

    /** Decodes one payload; null for a type that it does not know and that says to be ignored. */
    @FunctionalInterface
    private interface Family<F extends Frame> {
        @Nullable
        F decode(int type, ByteReader payload);
    }

    private final Family<F> family;
    private final ByteReader reader = new ByteReader();

    // From here on: only the one thread that calls next.
    private int maxFrameBytes;
    private int prefaceMissing;
    private int headerMissing = Wire.HEADER_BYTES;
    private int header;
    private byte[] partial = NOTHING;
    private int arrived;
    private byte[] scratch = NOTHING;
    private long skippedFrames;
    private @Nullable ProtocolException dead;

    private FrameDecoder(Family<F> family, int prefaceBytes, int maxFrameBytes) {
        this.family = family;
        this.prefaceMissing = prefaceBytes;
        this.maxFrameBytes = checked(maxFrameBytes);
    }

    /**
     * A decoder of what a client sends, for a server; it expects the preface first.
     *
     * @param maxFrameBytes the longest payload that is accepted, in bytes
     * @return a decoder at the start of a stream
     * @throws IllegalArgumentException when the limit is not within 0 and {@link Wire#MAX_PAYLOAD_BYTES}
     */
    public static FrameDecoder<ClientFrame> ofClientFrames(int maxFrameBytes) {
        return new FrameDecoder<>(FrameTypes::clientFrame, Wire.PREFACE.length(), maxFrameBytes);
    }

    /**
     * A decoder of what a server sends, for a client.
     *
     * @param maxFrameBytes the longest payload that is accepted, in bytes
     * @return a decoder at the start of a stream
     * @throws IllegalArgumentException when the limit is not within 0 and {@link Wire#MAX_PAYLOAD_BYTES}
     */
    public static FrameDecoder<ServerFrame> ofServerFrames(int maxFrameBytes) {
        return new FrameDecoder<>(FrameTypes::serverFrame, 0, maxFrameBytes);
    }

    /**
     * The next frame, from the buffer's position on. The caller may stop between frames and come back with
     * the rest, in this buffer or another.
     *
     * @param in the bytes; what was used is consumed
     * @return the frame, or null when all of {@code in} is consumed and more bytes are needed
     * @throws ProtocolException when the peer is wrong, now or before
     */
    public @Nullable F next(ByteBuffer in) {
        if (dead != null) {
            throw dead;
        }
        try {
            while (takePreface(in) && takeHeader(in) && takePayload(in)) {
                F frame = decode();
                endFrame();
                if (frame != null) {
                    return frame;
                }
                skippedFrames++;
            }
        } catch (ProtocolException wrong) {
            dead = wrong;
            endFrame();
            rest();
            throw wrong;
        }
        rest();
        return null;
    }

    /**
     * Whether a frame, or the preface, has begun and is not complete.
     *
     * @return true in the middle of one
     */
    public boolean midFrame() {
        return headerMissing < Wire.HEADER_BYTES || (prefaceMissing > 0 && prefaceMissing < Wire.PREFACE.length());
    }

    /**
     * How many frames were left out because their type is unknown and says to be ignored.
     *
     * @return the number since the stream began
     */
    public long skippedFrames() {
        return skippedFrames;
    }

    /**
     * The longest payload that is accepted.
     *
     * @return the limit in bytes
     */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    /**
     * Changes the longest payload that is accepted, from the next header on.
     *
     * @param newMaxFrameBytes the limit in bytes
     * @throws IllegalArgumentException when it is not within 0 and {@link Wire#MAX_PAYLOAD_BYTES}
     */
    public void maxFrameBytes(int newMaxFrameBytes) {
        maxFrameBytes = checked(newMaxFrameBytes);
    }

    private @Nullable F decode() {
        try {
            return family.decode(header >>> 24, reader);
        } catch (MalformedException wrong) {
            throw new ProtocolException(ErrorCode.MALFORMED, String.valueOf(wrong.getMessage()));
        }
    }

    /** The bytes of memory held for frames; for tests. */
    int heldBytes() {
        return partial.length + scratch.length + reader.heldBytes();
    }

    private static int checked(int maxFrameBytes) {
        if (maxFrameBytes < 0 || maxFrameBytes > Wire.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("maxFrameBytes " + maxFrameBytes);
        }
        return maxFrameBytes;
    }

    private int length() {
        return header & Wire.MAX_PAYLOAD_BYTES;
    }

    private boolean takePreface(ByteBuffer in) {
        byte[] preface = PREFACE;
        while (prefaceMissing > 0) {
            if (!in.hasRemaining()) {
                return false;
            }
            if (in.get() != preface[preface.length - prefaceMissing]) {
                throw new ProtocolException(ErrorCode.BAD_PREFACE, "not a Parley client");
            }
            prefaceMissing--;
        }
        return true;
    }

    private boolean takeHeader(ByteBuffer in) {
        if (headerMissing == 0) {
            return true;
        }
        if (headerMissing == Wire.HEADER_BYTES && in.remaining() >= Wire.HEADER_BYTES) {
            int word = in.getInt();
            header = in.order() == ByteOrder.BIG_ENDIAN ? word : Integer.reverseBytes(word);
            headerMissing = 0;
        }
        while (headerMissing > 0) {
            if (!in.hasRemaining()) {
                return false;
            }
            header = (header << 8) | (in.get() & 0xFF);
            headerMissing--;
        }
        if (length() > maxFrameBytes) {
            throw new ProtocolException(
                    ErrorCode.FRAME_TOO_LARGE, "a payload of " + length() + " bytes, the limit is " + maxFrameBytes);
        }
        return true;
    }

    /** Puts the reader over the payload when all of it is here. */
    private boolean takePayload(ByteBuffer in) {
        int length = length();
        if (arrived == 0 && in.remaining() >= length) {
            readInPlace(in, length);
            return true;
        }
        int more = Math.min(in.remaining(), length - arrived);
        if (more > 0) {
            if (partial.length < arrived + more) {
                int roomy = Math.max(LEAST_PARTIAL, Math.max(arrived + more, 2 * arrived));
                partial = Arrays.copyOf(partial, Math.min(length, roomy));
            }
            in.get(partial, arrived, more);
            arrived += more;
        }
        if (arrived < length) {
            return false;
        }
        reader.over(partial, 0, length);
        return true;
    }

    private void readInPlace(ByteBuffer in, int length) {
        if (in.hasArray()) {
            reader.over(in.array(), in.arrayOffset() + in.position(), length);
            in.position(in.position() + length);
            return;
        }
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, Math.min(in.remaining(), USUAL_SCRATCH))];
        }
        in.get(scratch, 0, length);
        reader.over(scratch, 0, length);
    }

    /** Lets go of what was only to save allocating for every frame of a buffer. */
    private void rest() {
        scratch = NOTHING;
        reader.rest();
    }

    private void endFrame() {
        reader.release();
        headerMissing = Wire.HEADER_BYTES;
        header = 0;
        partial = NOTHING;
        arrived = 0;
    }
}
