package io.parley.server;

import io.parley.transport.Progress;
import io.parley.transport.Sink;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Chooses what a peer gets next: first what is begun, then answers, then its rooms, each for a turn.
 *
 * <p>A feed is in the list of ready ones at most once: its cursor wakes it only after it went to sleep. The lists are
 * linked by the feeds' numbers: a reference for each delivery, stored from one old object in another, would be work for
 * the garbage collector.
 */
final class SessionWriter {
    private static final AtomicIntegerFieldUpdater<SessionWriter> WOKEN =
            AtomicIntegerFieldUpdater.newUpdater(SessionWriter.class, "woken");

    private final Answers answers = new Answers();
    private volatile int woken; // the top of a stack linked by Feed.next, or 0; changed through WOKEN
    private int first; // of those that are ready, linked by Feed.next, or 0; the writer's
    private int last; // the writer's, and stale while there is no first
    private final Feeds feeds;
    private final Unwritten unwritten;
    private volatile boolean answersOnly;

    SessionWriter(Feeds feeds, Unwritten unwritten) {
        this.feeds = feeds;
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
        int top;
        do {
            top = woken;
            feed.next = top;
        } while (!WOKEN.compareAndSet(this, top, feed.number));
    }

    /** Leaves the rooms unwritten from the next frame on. Any thread. */
    void answersOnly() {
        answersOnly = true;
    }

    /** The connection's writer. */
    Progress write(Sink sink) {
        takeWoken();
        Feed begun = first == 0 ? null : feeds.numbered(first);
        if (begun != null && begun.isMidway()) {
            if (answersOnly || hasAnswers()) {
                begun.yieldSoon();
            }
            if (begun.isMidway() && turn(begun, sink) == Feed.Turn.FULL) {
                return Progress.MORE;
            }
        }
        while (true) {
            if (!answers.writeTo(sink, unwritten)) {
                return Progress.MORE;
            }
            takeWoken();
            if (answersOnly || first == 0) {
                return Progress.DRAINED;
            }
            if (turn(feeds.numbered(first), sink) == Feed.Turn.FULL) {
                return Progress.MORE;
            }
        }
    }

    private Feed.Turn turn(Feed feed, Sink sink) {
        int after = feed.next; // now: once it sleeps it may be woken, and linked in the other list
        Feed.Turn turn = feed.write(sink, unwritten);
        if (turn != Feed.Turn.FULL) {
            first = after;
            if (turn == Feed.Turn.MORE) {
                feed.next = 0;
                append(feed.number, feed.number);
            } else if (turn == Feed.Turn.DONE) {
                feeds.ended(feed);
            }
        }
        return turn;
    }

    /** Lists all that were woken, the earliest first. */
    private void takeWoken() {
        int latest = woken == 0 ? 0 : WOKEN.getAndSet(this, 0);
        if (latest == 0) {
            return;
        }
        int earliest = 0;
        for (int number = latest; number != 0; ) {
            Feed feed = feeds.numbered(number);
            int before = feed.next;
            feed.next = earliest;
            earliest = number;
            number = before;
        }
        append(earliest, latest);
    }

    private void append(int from, int to) {
        if (first == 0) {
            first = from;
        } else {
            feeds.numbered(last).next = from;
        }
        last = to;
    }
}
