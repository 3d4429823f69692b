package io.parley.apps.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Members of one room on one selector. The first few speak, each with a window: a new message for each of its own that
 * has come back. One thread.
 */
final class Swarm implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final List<Member> members = new ArrayList<>();
    private final List<Member> senders;
    private final long[] sent;
    private final int window;
    private final Latencies latencies;

    Swarm(InetSocketAddress server, String room, int size, int speaking, int window, int bodyBytes) throws IOException {
        this.window = window;
        for (int i = 0; i < size; i++) {
            Member member = new Member(server, "m" + i, room, bodyBytes);
            members.add(member);
            member.channel().register(selector, SelectionKey.OP_READ, member);
        }
        senders = List.copyOf(members.subList(0, speaking));
        sent = new long[speaking];
        latencies = new Latencies(Math.max(1, size / 4));
    }

    /** Keeps everybody talking for a time. */
    void talk(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            speak();
            turn(10);
        }
    }

    private void speak() throws IOException {
        for (int i = 0; i < sent.length; i++) {
            Member member = senders.get(i);
            if (sent[i] - member.own() < window) {
                for (; sent[i] - member.own() < window; sent[i]++) {
                    member.say(System.nanoTime());
                }
                flush(member);
            }
        }
    }

    private void flush(Member member) throws IOException {
        boolean all = member.flush();
        SelectionKey key = member.channel().keyFor(selector);
        int wanted = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    /** Says nothing new and reads until everybody has everything; false if that takes too long. */
    boolean settle(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            long total = 0;
            for (long count : sent) {
                total += count;
            }
            long least = members.stream().mapToLong(Member::deliveries).min().orElse(0);
            if (least >= total) {
                return true;
            }
            turn(10);
        }
        return false;
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

    /** The last number that the first member has seen. */
    long lastSeq() {
        return members.get(0).seq();
    }

    private void turn(long millis) throws IOException {
        selector.select(
                key -> {
                    Member member = (Member) key.attachment();
                    try {
                        if (key.isWritable()) {
                            flush(member);
                        }
                        member.read(latencies);
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                },
                millis);
    }

    Latencies latencies() {
        return latencies;
    }

    long deliveries() {
        return members.stream().mapToLong(Member::deliveries).sum();
    }

    long disorder() {
        return members.stream().mapToLong(Member::disorder).sum();
    }

    @Override
    public void close() throws IOException {
        for (Member member : members) {
            member.channel().close();
        }
        selector.close();
    }
}
