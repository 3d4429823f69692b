package io.parley.apps.benchmarks.micro;

import io.parley.wire.Frame;
import io.parley.wire.FrameDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.Blackhole;

/** A stretch of a stream, cut as a transport might hand it over, to be decoded again and again. One thread. */
final class Pieces {
    private final ByteBuffer[] pieces;

    private Pieces(List<ByteBuffer> pieces) {
        this.pieces = pieces.toArray(ByteBuffer[]::new);
    }

    /** All frames in one piece. */
    static Pieces whole(List<? extends Frame> frames) {
        List<ByteBuffer> one = new ArrayList<>();
        one.add(ByteBuffer.wrap(Samples.bytes(frames.toArray(Frame[]::new))));
        return new Pieces(one);
    }

    /** Every frame in two halves. */
    static Pieces halves(List<? extends Frame> frames) {
        List<ByteBuffer> all = new ArrayList<>();
        for (Frame frame : frames) {
            byte[] bytes = Samples.bytes(frame);
            cut(bytes, (bytes.length + 1) / 2, all);
        }
        return new Pieces(all);
    }

    /** Pieces of so many bytes each, wherever frames end. */
    static Pieces of(int size, List<? extends Frame> frames) {
        List<ByteBuffer> all = new ArrayList<>();
        cut(Samples.bytes(frames.toArray(Frame[]::new)), size, all);
        return new Pieces(all);
    }

    private static void cut(byte[] bytes, int size, List<ByteBuffer> into) {
        for (int at = 0; at < bytes.length; at += size) {
            into.add(ByteBuffer.wrap(bytes, at, Math.min(size, bytes.length - at))
                    .slice());
        }
    }

    void decode(FrameDecoder<?> decoder, Blackhole hole) {
        for (ByteBuffer piece : pieces) {
            piece.rewind();
            for (Frame frame = decoder.next(piece); frame != null; frame = decoder.next(piece)) {
                hole.consume(frame);
            }
        }
    }
}
