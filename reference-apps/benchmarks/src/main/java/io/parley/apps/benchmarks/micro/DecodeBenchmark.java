package io.parley.apps.benchmarks.micro;

import io.parley.wire.ClientFrame;
import io.parley.wire.FrameDecoder;
import io.parley.wire.Message;
import io.parley.wire.Say;
import io.parley.wire.ServerFrame;
import io.parley.wire.Wire;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Reading one frame, of the many that a transport hands over at once. A benchmark's one thread. */
@State(Scope.Thread)
public class DecodeBenchmark {
    static final int FRAMES = 16;
    private static final String ASCII = "ascii";

    /** What the text is made of. */
    @Param({ASCII, "greek"})
    public String text = ASCII;

    private final FrameDecoder<ServerFrame> client = FrameDecoder.ofServerFrames(Wire.DEFAULT_MAX_FRAME);
    private final FrameDecoder<ClientFrame> server = serverDecoder();
    private Pieces messages = Pieces.whole(messages(ASCII));
    private Pieces says = Pieces.whole(says(ASCII));

    static FrameDecoder<ClientFrame> serverDecoder() {
        FrameDecoder<ClientFrame> decoder = FrameDecoder.ofClientFrames(Wire.DEFAULT_MAX_FRAME);
        decoder.next(Wire.PREFACE.asReadOnlyBuffer());
        return decoder;
    }

    static List<Message> messages(String kind) {
        String text = Samples.text(kind);
        return IntStream.range(0, FRAMES)
                .mapToObj(i -> Samples.message(i, text))
                .toList();
    }

    static List<Say> says(String kind) {
        String text = Samples.text(kind);
        return IntStream.range(0, FRAMES).mapToObj(i -> Samples.say(i, text)).toList();
    }

    /** Makes the streams. */
    @Setup
    public void prepare() {
        messages = Pieces.whole(messages(text));
        says = Pieces.whole(says(text));
    }

    /**
     * What a client reads.
     *
     * @param hole takes the frames
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void message(Blackhole hole) {
        messages.decode(client, hole);
    }

    /**
     * What the server reads.
     *
     * @param hole takes the frames
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void say(Blackhole hole) {
        says.decode(server, hole);
    }
}
