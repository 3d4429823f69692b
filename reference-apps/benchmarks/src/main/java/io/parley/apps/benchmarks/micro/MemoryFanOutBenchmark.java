package io.parley.apps.benchmarks.micro;

import io.parley.gateway.GatewayOptions;
import io.parley.journal.MemoryJournal;
import io.parley.server.ChatServer;
import io.parley.transport.memory.MemoryAddress;
import io.parley.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One delivery of a message to one member of a room, from the sender's SAY on, over the network in memory. A
 * benchmark's one thread.
 *
 * <p>That network is made to find faults, not to be fast: it cuts writes and reads at random, copies every byte
 * and wipes it. What a delivery costs over sockets the load generator says.
 */
@State(Scope.Thread)
public class MemoryFanOutBenchmark {
    /** Deliveries a benchmark call makes: one message to a room of 100,000, or a thousand to a room of 100. */
    private static final int DELIVERIES = 100_000;

    private static final String SMALL = "10";
    private static final int UNLIMITED = Integer.MAX_VALUE / 2;

    /** How many members the room has. */
    @Param({SMALL, "100", "1000"})
    public int members = Integer.parseInt(SMALL);

    private final String text = Samples.text("ascii");
    private final MemoryNetwork network = MemoryNetwork.seeded(1);
    private @Nullable ChatServer server;
    private List<RawMember> room = List.of();

    /**
     * Fills the room.
     *
     * @throws IOException never
     */
    @Setup
    public void open() throws IOException {
        MemoryAddress address = new MemoryAddress("server");
        server = ChatServer.builder()
                .listen(network.transport(), address)
                .journal(new MemoryJournal(1_000, 64 << 20, 100))
                .options(GatewayOptions.builder()
                        .requestsPerSecond(UNLIMITED)
                        .burstRequests(UNLIMITED)
                        .maxConnections(UNLIMITED)
                        .maxConnectionsPerAddress(UNLIMITED)
                        .build())
                .scheduler(network.scheduler())
                .start();
        room = IntStream.range(0, members)
                .mapToObj(i -> new RawMember("member" + i, "lobby"))
                .toList();
        for (RawMember member : room) {
            network.transport().connect(address, member);
            network.run();
        }
        network.advance(Duration.ofSeconds(1)); // until everybody knows who is here
        if (!room.stream().allMatch(RawMember::hasJoined)) {
            throw new IllegalStateException("somebody has not joined");
        }
    }

    /** Ends the server, after a look at whether everybody got everything. */
    @TearDown
    public void close() {
        long least = room.stream().mapToLong(RawMember::deliveries).min().orElse(0);
        long most = room.stream().mapToLong(RawMember::deliveries).max().orElse(0);
        if (server != null) {
            server.shutdown(Duration.ZERO);
            network.advance(Duration.ofSeconds(10));
        }
        if (least != most || least == 0) {
            throw new IllegalStateException("deliveries from " + least + " to " + most);
        }
    }

    /**
     * Messages one at a time, until 100,000 are delivered.
     *
     * @return how many the sender got back
     */
    @Benchmark
    @OperationsPerInvocation(DELIVERIES)
    public long delivery() {
        RawMember sender = room.get(0);
        for (int i = 0; i < DELIVERIES / members; i++) {
            sender.say(text);
            network.run();
        }
        return sender.deliveries();
    }
}
