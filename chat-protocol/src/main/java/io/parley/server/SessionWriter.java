package io.parley.server;

import io.parley.transport.Progress;
import io.parley.transport.Sink;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what a peer gets next: first what is begun, then answers, then its rooms, each for a turn.
 *
 * <p>A feed is in the list of ready ones at most once: its cursor wakes it only after it went to sleep.
 */
final class SessionWriter {
    private final Answers answers = new Answers();
    private final AtomicReference<@Nullable Feed> woken = new AtomicReference<>(); // a stack linked by Feed.next
    private final ArrayDeque<Feed> ready = new ArrayDeque<>(2); // the writer's
    private final Unwritten unwritten;
    private volatile boolean answersOnly;

    SessionWriter(Unwritten unwritten) {
        this.unwritten = unwritten;
    }

    /** Queues an answer. Any thread. */
    void add(byte[] frame) {
        unwritten.add(frame.length);
        answers.add(frame);
    }

    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    /** Lists a feed that sleeps no longer. Any thread. */
    void wake(Feed feed) {
        Feed head;
        do {
            head = woken.get();
            feed.next = head;
        } while (!woken.compareAndSet(head, feed));
    }

    /** Leaves the rooms unwritten from the next frame on. Any thread. */
    void answersOnly() {
        answersOnly = true;
    }

    /** The connection's writer. */
    Progress write(Sink sink) {
        takeWoken();
        Feed first = ready.peek();
        if (first != null && first.isMidway()) {
            if (answersOnly || hasAnswers()) {
                first.yieldSoon();
            }
            if (first.isMidway() && turn(first, sink) == Feed.Turn.FULL) {
                return Progress.MORE;
            }
        }
        while (true) {
            if (!answers.writeTo(sink, unwritten)) {
                return Progress.MORE;
            }
            takeWoken();
            Feed feed = answersOnly ? null : ready.peek();
            if (feed == null) {
                return Progress.DRAINED;
            }
            if (turn(feed, sink) == Feed.Turn.FULL) {
                return Progress.MORE;
            }
        }
    }

    private Feed.Turn turn(Feed feed, Sink sink) {
        Feed.Turn turn = feed.write(sink, unwritten);
        if (turn != Feed.Turn.FULL) {
            ready.remove();
            if (turn == Feed.Turn.MORE) {
                ready.add(feed);
            } else if (turn == Feed.Turn.DONE) {
                feed.session().feeds().ended(feed);
            }
        }
        return turn;
    }

    private void takeWoken() {
        if (woken.get() == null) {
            return;
        }
        Feed feed = woken.getAndSet(null);
        ArrayDeque<Feed> oldestFirst = new ArrayDeque<>(1);
        for (; feed != null; feed = feed.next) {
            oldestFirst.addFirst(feed);
        }
        ready.addAll(oldestFirst);
    }
}
