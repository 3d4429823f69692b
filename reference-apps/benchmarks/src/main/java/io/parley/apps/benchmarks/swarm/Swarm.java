package io.parley.apps.benchmarks.swarm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
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
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The load generator: all members of a scenario on one selector and one thread. In a closed loop each sender sends a new
 * message for each of its own that has come back. In an open loop messages are due at a fixed rate, and the latency of a
 * message counts from the time it was due. (Over 300 lines: it is all that a benchmark does with its members.)
 */
public final class Swarm implements AutoCloseable {
    public static final int BODY_BYTES = 64;

    private static final int CONNECTING_AT_ONCE = 256;
    private static final int CLOSED_SAMPLE_EVERY = 32;
    private static final int MOST_UNDER_WAY = 400; // messages of a sender; open loop only
    private static final long SOON_NANOS = 2_000_000;
    private static final Duration SETTLING = Duration.ofSeconds(30);
    private static final Duration LOGIN = Duration.ofMinutes(2);

    private final InetSocketAddress server;
    private final Scenario scenario;
    private final Company company;
    private final @Nullable SSLContext tls;
    private final Selector selector = Selector.open();
    private final List<Member> members = new ArrayList<>();
    private final List<Member> senders = new ArrayList<>();
    private final long[] sent; // of each sender
    private final MemberContext context;
    private final double secondsToComeIn;
    private long faults; // reported so far

    /** Connects guests and waits until they are in their rooms; all names begin with a prefix. */
    public Swarm(InetSocketAddress server, String prefix, Scenario scenario, @Nullable SSLContext tls)
            throws IOException {
        this(server, Company.guests(prefix), scenario, tls);
    }

    /** Connects all members and waits until they are in their rooms. */
    public Swarm(InetSocketAddress server, Company company, Scenario scenario, @Nullable SSLContext tls)
            throws IOException {
        this.server = server;
        this.company = company;
        this.scenario = scenario;
        this.tls = tls;
        int speaking = (scenario.everywhere() ? 1 : scenario.rooms()) * scenario.senders();
        sent = new long[speaking];
        context = new MemberContext(scenario.isOpen() ? 1 : CLOSED_SAMPLE_EVERY);
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
        for (int next = 0; context.in() < scenario.connections(); ) {
            for (; next < scenario.connections() && next - context.in() < CONNECTING_AT_ONCE; next++) {
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
                throw new IOException(context.in() + " of " + scenario.connections() + " came in in " + LOGIN);
            }
        }
    }

    private Member member(int number, SocketChannel channel) throws IOException {
        int room = number / scenario.members();
        int first = scenario.everywhere() ? 0 : room;
        int last = scenario.everywhere() ? scenario.rooms() - 1 : room;
        String[] rooms = IntStream.rangeClosed(first, last)
                .mapToObj(n -> scenario.rooms() == 1 ? company.room() : company.room() + n)
                .toArray(String[]::new);
        return new Member(context, Link.of(channel, tls), company.login().apply(number), rooms);
    }

    // ---- sending

    /** Sends messages for a time, as the scenario says, and records latencies. */
    public void talk(Duration time) throws IOException {
        context.timing(true);
        if (scenario.isOpen()) {
            talkOpen(time.toNanos());
        } else {
            talkClosed(time.toNanos());
        }
        context.timing(false);
    }

    /**
     * Sends messages without recording latencies, and waits for all deliveries. In an open loop, half of the time is a
     * closed loop with more messages, so that the code is compiled before the measurement.
     */
    public void warmUp(Duration time) throws IOException {
        talkClosed(time.toNanos() / (scenario.isOpen() ? 2 : 1));
        settle(SETTLING);
        if (scenario.isOpen()) {
            talkOpen(time.toNanos() / 2);
        }
    }

    private void talkClosed(long nanos) throws IOException {
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

    /** Checks the clock and the sockets in turn, and sleeps only while nothing is due soon: each message is sent when it is due. */
    private void talkOpen(long nanos) throws IOException {
        long start = System.nanoTime();
        double interval = 1e9 / scenario.perSecond();
        long count = (long) (nanos / interval);
        for (long n = 0; n < count; ) {
            long due = start + (long) (n * interval);
            if (System.nanoTime() - due >= 0) {
                int who = (int) (n % sent.length);
                while (sent[who] - senders.get(who).own() >= MOST_UNDER_WAY) {
                    turn(1); // the server would not take more; the delay counts
                }
                senders.get(who).say(0, due);
                flush(senders.get(who));
                sent[who]++;
                n++;
            }
            turn(due - System.nanoTime() > SOON_NANOS ? 1 : 0);
        }
        settle(SETTLING); // else delayed messages would not count
    }

    private void flush(Member member) throws IOException {
        while (!member.flush()) {
            turn(1); // the server reads more slowly than this writes
        }
    }

    /** Sends no messages for a time, and answers pings. */
    public void idle(Duration time) throws IOException {
        await(() -> false, time);
    }

    /** Reads until all deliveries have come; false if that takes too long. */
    public boolean settle(Duration atMost) throws IOException {
        return await(() -> missing() == 0, atMost);
    }

    /** How many deliveries are missing. A double delivery to one member does not make up for another member's. */
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

    /** Reads until a condition holds; false if that takes too long. */
    public boolean await(BooleanSupplier condition, Duration atMost) throws IOException {
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
                if (!member.flush() && tls == null) { // TLS may be able to write only when it has read
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    // ---- read markers

    /** From now on members say what they have read: of each message, not so often, or never if there is no time. */
    public void marking(@Nullable Duration every) {
        context.marking(every);
    }

    /** How many read markers the server has not answered yet. */
    public long unanswered() {
        return context.unanswered();
    }

    // ---- results

    public Histogram latencies() {
        return context.latencies();
    }

    /** How long it took until all members were connected, logged in and in their rooms. */
    public double secondsToComeIn() {
        return secondsToComeIn;
    }

    /** The last number that the first member has seen. */
    public long lastSeq() {
        return members.get(0).seq();
    }

    public long deliveries() {
        return members.stream().mapToLong(Member::deliveries).sum();
    }

    /** Deliveries that the server reported as a gap instead. */
    public long skipped() {
        return members.stream().mapToLong(Member::skipped).sum();
    }

    long disorder() {
        return members.stream().mapToLong(Member::disorder).sum();
    }

    /** New faults since the last call: deliveries that came out of order, twice, or not at all. */
    public long newFaults() {
        long before = faults;
        faults = disorder() + missing();
        return faults - before;
    }

    /** Messages that were sent. */
    public long said() {
        return LongStream.of(sent).sum();
    }

    /** Calls that read bytes. */
    public long reads() {
        return context.reads();
    }

    /** Pings of the server. */
    public long pings() {
        return context.pings();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
