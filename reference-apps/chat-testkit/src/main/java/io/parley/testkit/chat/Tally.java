package io.parley.testkit.chat;

import io.parley.client.Message;
import io.parley.client.RoomListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks that numbers come without a hole, or are told as lost, and that all tallies of a room agree on what each
 * number says. For rooms in which nothing but messages is numbered. Callbacks write, any thread reads.
 */
final class Tally implements RoomListener {
    private final Map<Long, String> agreed;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile long last;

    Tally(Map<Long, String> agreed) {
        this.agreed = agreed;
    }

    /** What all of a room agree on: a body for each number. */
    static Map<Long, String> agreement() {
        return new ConcurrentHashMap<>();
    }

    @Override
    public void onMessage(Message message) {
        expect(message.seq());
        last = message.seq();
        String first = agreed.putIfAbsent(message.seq(), message.text());
        if (first != null && !first.equals(message.text())) {
            faults.add(message.seq() + " is " + message.text() + " here and " + first + " elsewhere");
        }
        count.incrementAndGet();
    }

    @Override
    public void onLost(long fromSeq, long toSeq) {
        expect(fromSeq);
        last = toSeq;
        losses.add(fromSeq + "-" + toSeq);
        lost.addAndGet((int) (toSeq - fromSeq + 1));
    }

    private void expect(long seq) {
        if (seq != last + 1) {
            faults.add(seq + " after " + last);
        }
    }

    long last() {
        return last;
    }

    int count() {
        return count.get();
    }

    int lost() {
        return lost.get();
    }

    List<String> losses() {
        return losses;
    }

    List<String> faults() {
        return faults;
    }
}
