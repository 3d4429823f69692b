package io.parley.apps.benchmarks.micro;

import io.parley.wire.ClientFrame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading one frame that comes in several pieces. A benchmark's one thread. */
@State(Scope.Thread)
public class SplitDecodeBenchmark {
    private static final String HALVES = "halves";
    private static final String ASCII = "ascii";
    private static final int FEW_BYTES = 7;

    /** How the stream is cut. */
    @Param({HALVES, "7 bytes"})
    public String pieces = HALVES;

    private final FrameDecoder<ServerFrame> client = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
    private final FrameDecoder<ClientFrame> server = DecodeBenchmark.serverDecoder();
    private Pieces messages = Pieces.halves(DecodeBenchmark.messages(ASCII));
    private Pieces says = Pieces.halves(DecodeBenchmark.says(ASCII));

    /** Cuts the streams. */
    @Setup
    public void prepare() {
        if (!pieces.equals(HALVES)) {
            messages = Pieces.of(FEW_BYTES, DecodeBenchmark.messages(ASCII));
            says = Pieces.of(FEW_BYTES, DecodeBenchmark.says(ASCII));
        }
    }

    /**
     * What a client reads.
     *
     * @param hole takes the frames
     */
    @Benchmark
    @OperationsPerInvocation(DecodeBenchmark.FRAMES)
    public void message(Blackhole hole) {
        messages.decode(client, hole);
    }

    /**
     * What the server reads.
     *
     * @param hole takes the frames
     */
    @Benchmark
    @OperationsPerInvocation(DecodeBenchmark.FRAMES)
    public void say(Blackhole hole) {
        says.decode(server, hole);
    }
}
