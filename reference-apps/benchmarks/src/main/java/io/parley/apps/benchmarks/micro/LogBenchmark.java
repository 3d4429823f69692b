package io.parley.apps.benchmarks.micro;

import io.parley.journal.MemoryJournal;
import io.parley.model.RoomException;
import io.parley.room.Encoding;
import io.parley.room.Hub;
import io.parley.room.Outcome;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A room without connections: saying something, and reading what was said. A benchmark's one thread.
 *
 * <p>An entry is written as the same 100 bytes each time, so that the codec is not measured once more.
 */
public class LogBenchmark {
    private static final int READERS = 100;
    private static final int BEHIND = 64;

    /** A room and the members that read it. */
    private static final class Readers {
        private final byte[] entry = Samples.bytes(Samples.message(1, Samples.text("ascii")));
        private final Encoding encoding = (where, what, into) -> into.put(entry); // one, or each would have its own log
        private final Hub hub =
                Hub.builder().journal(new MemoryJournal(1_000, 64 << 20, 100)).build();
        private final Reader[] readers;

        Readers(int count) {
            readers = IntStream.range(0, count)
                    .mapToObj(i -> new Reader(hub, "reader" + i, "lobby", encoding))
                    .toArray(Reader[]::new);
        }

        void say(Outcome outcome) {
            readers[0].say("as it is", outcome);
        }

        void read(Blackhole hole) {
            for (Reader reader : readers) {
                hole.consume(reader.read());
            }
        }
    }

    /** Counts; nothing is refused here. */
    private static final class Kept implements Outcome {
        private long seq;

        @Override
        public void kept(long number) {
            seq = number;
        }

        @Override
        public void refused(RoomException why) {
            throw why;
        }
    }

    /** One member, who does not read: it falls out of the window and nothing else happens to it. */
    @State(Scope.Thread)
    public static class Appending {
        private final Kept kept = new Kept();
        private final Readers readers = new Readers(1);
    }

    /** Many members. */
    @State(Scope.Thread)
    public static class Reading {
        private final Kept kept = new Kept();
        private final Readers readers = new Readers(READERS);
    }

    /**
     * One message through the lane and the journal into the log.
     *
     * @param state the room
     * @return its number
     */
    @Benchmark
    public long append(Appending state) {
        state.readers.say(state.kept);
        return state.kept.seq;
    }

    /**
     * One entry read by one cursor that had gone idle; includes a hundredth of what appending it costs, with
     * the wake-up.
     *
     * @param state the room
     * @param hole takes what was read
     */
    @Benchmark
    @OperationsPerInvocation(READERS)
    public void readOne(Reading state, Blackhole hole) {
        state.readers.say(state.kept);
        state.readers.read(hole);
    }

    /**
     * One entry of 64 that a cursor finds at once; includes a hundredth of what appending it costs.
     *
     * @param state the room
     * @param hole takes what was read
     */
    @Benchmark
    @OperationsPerInvocation(READERS * BEHIND)
    public void readMany(Reading state, Blackhole hole) {
        for (int i = 0; i < BEHIND; i++) {
            state.readers.say(state.kept);
        }
        state.readers.read(hole);
    }
}
