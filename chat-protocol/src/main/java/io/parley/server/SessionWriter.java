package io.parley.server;

import io.parley.transport.Progress;
import io.parley.transport.Sink;
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
    private @Nullable Feed first; // of those that are ready, linked by Feed.next; the writer's
    private @Nullable Feed last; // the writer's, and stale while there is no first
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
        Feed begun = first;
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
            Feed feed = answersOnly ? null : first;
            if (feed == null) {
                return Progress.DRAINED;
            }
            if (turn(feed, sink) == Feed.Turn.FULL) {
                return Progress.MORE;
            }
        }
    }

    private Feed.Turn turn(Feed feed, Sink sink) {
        Feed after = feed.next; // now: once it sleeps it may be woken, and linked in the other list
        Feed.Turn turn = feed.write(sink, unwritten);
        if (turn != Feed.Turn.FULL) {
            first = after;
            if (turn == Feed.Turn.MORE) {
                feed.next = null;
                append(feed, feed);
            } else if (turn == Feed.Turn.DONE) {
                feed.session().feeds().ended(feed);
            }
        }
        return turn;
    }

    /** Lists all that were woken, the earliest first. */
    private void takeWoken() {
        Feed latest = woken.get() == null ? null : woken.getAndSet(null);
        if (latest == null) {
            return;
        }
        Feed earliest = latest;
        for (Feed feed = latest.next; feed != null; ) {
            Feed before = feed.next;
            feed.next = earliest;
            earliest = feed;
            feed = before;
        }
        latest.next = null;
        append(earliest, latest);
    }

    private void append(Feed from, Feed to) {
        Feed end = last;
        if (first == null || end == null) {
            first = from;
        } else {
            end.next = from;
        }
        last = to;
    }
}
