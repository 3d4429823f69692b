package io.parley.apps.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;

/**
 * The load: all members of a scenario on one selector and one thread. In a closed loop each sender says something new
 * for each of its own messages that has come back; in an open one messages are due at a rate, and how long each was
 * under way is counted from when it was due. (A little over 300 lines: coming in, talking and what came of it share all
 * they know.)
 */
final class Swarm implements AutoCloseable {
    static final int BODY_BYTES = 64;

    private static final int CONNECTING_AT_ONCE = 256;
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration LOGIN = Duration.ofMinutes(2);

    private final InetSocketAddress server;
    private final Scenario scenario;
    private final String prefix;
    private final @Nullable SSLContext tls;
    private final Selector selector = Selector.open();
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(256 << 10);
    private final Speech speech = new Speech(BODY_BYTES);
    private final List<Member> members = new ArrayList<>();
    private final List<Member> senders = new ArrayList<>();
    private final long[] sent; // of each sender
    private final Histogram latencies = new Histogram(3_600_000_000_000L, 3);
    private final int sampleEvery;
    private final double secondsToComeIn;
    private boolean timing;
    private int sample;
    private int connecting;
    private int in;
    private long reads;
    private long pings;
    private long faults; // that were told

    /** Connects everybody and waits until all are in. */
    Swarm(InetSocketAddress server, String prefix, Scenario scenario, @Nullable SSLContext tls) throws IOException {
        this.server = server;
        this.prefix = prefix;
        this.scenario = scenario;
        this.tls = tls;
        int speaking = (scenario.everywhere() ? 1 : scenario.rooms()) * scenario.senders();
        sent = new long[speaking];
        sampleEvery = scenario.isOpen() ? 1 : 32;
        long start = System.nanoTime();
        connect();
        secondsToComeIn = (System.nanoTime() - start) / 1e9;
        for (int i = 0; i < scenario.connections(); i++) {
            if (i % scenario.members() < scenario.senders()) {
                senders.add(members.get(i));
            }
        }
    }

    private void connect() throws IOException {
        long end = System.nanoTime() + LOGIN.toNanos();
        for (int next = 0; in < scenario.connections(); ) {
            for (; next < scenario.connections() && connecting < CONNECTING_AT_ONCE; next++, connecting++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                boolean connected = channel.connect(server);
                members.add(member(next, channel));
                int wanted = connected ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_CONNECT;
                channel.register(selector, wanted, members.get(next));
            }
            turn(10);
            if (System.nanoTime() > end) {
                throw new IOException(in + " of " + scenario.connections() + " came in in " + LOGIN);
            }
        }
    }

    private Member member(int number, SocketChannel channel) throws IOException {
        int room = number / scenario.members();
        int first = scenario.everywhere() ? 0 : room;
        int last = scenario.everywhere() ? scenario.rooms() - 1 : room;
        String[] rooms = IntStream.rangeClosed(first, last)
                .mapToObj(n -> scenario.rooms() == 1 ? prefix : prefix + n)
                .toArray(String[]::new);
        Link link = new Link.Clear(channel);
        if (tls != null) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(true);
            link = new Link.Tls(ClientTlsChannel.newBuilder(channel, engine)
                    .withRunTasks(false)
                    .build());
        }
        return new Member(this, link, prefix + number, rooms);
    }

    // ---- what members share

    ByteBuffer readBuffer() {
        return readBuffer;
    }

    Speech speech() {
        return speech;
    }

    void countIn() {
        in++;
        connecting--;
    }

    void countRead() {
        reads++;
    }

    void countPing() {
        pings++;
    }

    boolean isTiming() {
        return timing;
    }

    /** Whether the message at hand is one of those whose time is taken. */
    boolean times() {
        if (!timing || ++sample < sampleEvery) {
            return false;
        }
        sample = 0;
        return true;
    }

    void time(long nanos) {
        latencies.recordValue(Math.max(0, Math.min(nanos, latencies.getHighestTrackableValue())));
    }

    // ---- talking

    /** Keeps the senders talking for a time, as the scenario has it. */
    void talk(Duration time) throws IOException {
        timing = true;
        if (scenario.isOpen()) {
            talkInTime(time.toNanos());
        } else {
            talkInTurn(time.toNanos());
        }
        timing = false;
    }

    /**
     * The same without taking times, and waits until all has come. Where messages are few, half the time they are not: else
     * what takes them would still be compiled when it counts.
     */
    void warmUp(Duration time) throws IOException {
        talkInTurn(time.toNanos() / (scenario.isOpen() ? 2 : 1));
        settle(SETTLING);
        if (scenario.isOpen()) {
            talkInTime(time.toNanos() / 2);
        }
    }

    private void talkInTurn(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            answer();
            turn(10);
        }
    }

    private void answer() throws IOException {
        for (int i = 0; i < sent.length; i++) {
            Member member = senders.get(i);
            if (sent[i] - member.own() < scenario.window()) {
                for (; sent[i] - member.own() < scenario.window(); sent[i]++) {
                    member.say((int) (sent[i] % member.roomCount()), System.nanoTime());
                }
                flush(member);
            }
        }
    }

    /** Looks at the clock and the sockets in turn and never sleeps, so that every message leaves when it is due. */
    private void talkInTime(long nanos) throws IOException {
        long start = System.nanoTime();
        double interval = 1e9 / scenario.perSecond();
        long count = (long) (nanos / interval);
        for (long n = 0; n < count; ) {
            long due = start + (long) (n * interval);
            if (System.nanoTime() - due >= 0) {
                int who = (int) (n % sent.length);
                senders.get(who).say(0, due);
                flush(senders.get(who));
                sent[who]++;
                n++;
            }
            turn(0);
        }
        settle(SETTLING); // or those that were held up when the time was over would not count
    }

    private void flush(Member member) throws IOException {
        while (!member.flush()) {
            turn(1); // the server reads more slowly than we write
        }
    }

    /** Says nothing for a time, and answers when it is asked whether it is still there. */
    void idle(Duration time) throws IOException {
        await(() -> false, time);
    }

    /** Says nothing new and reads until everybody has everything; false if that takes too long. */
    boolean settle(Duration atMost) throws IOException {
        return await(() -> missing() == 0, atMost);
    }

    /** How many deliveries are still to come; what one member gets twice makes up for nothing of another's. */
    long missing() {
        long missing = 0;
        int perRoom = scenario.senders();
        for (int i = 0; i < members.size(); i++) {
            long due = 0;
            int first = scenario.everywhere() ? 0 : i / scenario.members() * perRoom;
            for (int sender = first; sender < first + perRoom; sender++) {
                due += sent[sender];
            }
            missing += Math.max(
                    0, due - members.get(i).deliveries() - members.get(i).skipped());
        }
        return missing;
    }

    /** Reads on until something holds; false if that takes too long. */
    boolean await(BooleanSupplier condition, Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            turn(10);
        }
        return true;
    }

    private void turn(long millis) throws IOException {
        if (millis == 0) {
            selector.selectNow(this::ready);
        } else {
            selector.select(this::ready, millis);
        }
    }

    private void ready(SelectionKey key) {
        Member member = (Member) key.attachment();
        try {
            if (key.isConnectable()) {
                ((SocketChannel) key.channel()).finishConnect();
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                return;
            }
            if (key.isWritable()) {
                key.interestOps(SelectionKey.OP_READ);
                member.flush();
            }
            if (key.isReadable()) {
                member.read();
                member.flush(); // under TLS it may be possible only now
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    // ---- what came of it

    Histogram latencies() {
        return latencies;
    }

    /** How long it took until all were connected, logged in and in their rooms. */
    double secondsToComeIn() {
        return secondsToComeIn;
    }

    /** The last number that the first member has seen. */
    long lastSeq() {
        return members.get(0).seq();
    }

    long deliveries() {
        return members.stream().mapToLong(Member::deliveries).sum();
    }

    /** Deliveries instead of which members were told of a gap: they had fallen out of the window. */
    long skipped() {
        return members.stream().mapToLong(Member::skipped).sum();
    }

    long disorder() {
        return members.stream().mapToLong(Member::disorder).sum();
    }

    /** What went wrong since this was last asked: deliveries that came late or twice, or have not come. */
    long newFaults() {
        long before = faults;
        faults = disorder() + missing();
        return faults - before;
    }

    /** Messages that were said. */
    long said() {
        return LongStream.of(sent).sum();
    }

    /** Calls in which something was read. */
    long reads() {
        return reads;
    }

    /** How often it was asked whether somebody is still there. */
    long pings() {
        return pings;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
