package io.parley.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the tests of decoders do over and over. No state, for any thread. */
final class Streams {
    static final int LIMIT = Wire.DEFAULT_MAX_FRAME;

    private Streams() {}

    /** A decoder of client frames that has seen the preface. */
    static FrameDecoder<ClientFrame> clients() {
        FrameDecoder<ClientFrame> decoder = FrameDecoder.ofClientFrames(LIMIT);
        if (decoder.next(Wire.PREFACE.asReadOnlyBuffer()) != null) {
            throw new AssertionError("a frame from the preface");
        }
        return decoder;
    }

    static FrameDecoder<ServerFrame> servers() {
        return FrameDecoder.ofServerFrames(LIMIT);
    }

    /** All frames of the bytes; the buffer must be used up whenever the decoder asks for more. */
    static <F extends Frame> List<F> drain(FrameDecoder<F> decoder, ByteBuffer in) {
        List<F> frames = new ArrayList<>();
        for (F frame = decoder.next(in); frame != null; frame = decoder.next(in)) {
            frames.add(frame);
        }
        if (in.hasRemaining()) {
            throw new AssertionError(in.remaining() + " bytes are left over");
        }
        return frames;
    }

    /** The same, of an array handed over in pieces of a size. */
    static <F extends Frame> List<F> drain(FrameDecoder<F> decoder, byte[] bytes, int piece) {
        List<F> frames = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            frames.addAll(drain(decoder, ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at))));
        }
        return frames;
    }

    static byte[] concat(List<? extends Frame> frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Frame frame : frames) {
            all.writeBytes(frame.toBytes());
        }
        return all.toByteArray();
    }
}
