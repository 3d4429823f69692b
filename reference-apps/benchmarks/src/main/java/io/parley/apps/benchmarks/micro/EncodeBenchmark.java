package io.parley.apps.benchmarks.micro;

import io.parley.wire.Message;
import io.parley.wire.Say;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Writing one frame into a buffer that is used again and again. A benchmark's one thread. */
@State(Scope.Thread)
public class EncodeBenchmark {
    private static final String ASCII = "ascii";

    /** What the text is made of. */
    @Param({ASCII, "greek"})
    public String text = ASCII;

    private final ByteBuffer into = ByteBuffer.allocate(1024);
    private Message message = Samples.message(1, "");
    private Say say = Samples.say(1, "");

    /** Makes the frames. */
    @Setup
    public void prepare() {
        message = Samples.message(1, Samples.text(text));
        say = Samples.say(1, Samples.text(text));
    }

    /**
     * What the server writes.
     *
     * @return the buffer
     */
    @Benchmark
    public ByteBuffer message() {
        message.encode(into.clear());
        return into;
    }

    /**
     * What a client writes.
     *
     * @return the buffer
     */
    @Benchmark
    public ByteBuffer say() {
        say.encode(into.clear());
        return into;
    }
}
