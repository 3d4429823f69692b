package io.parley.gateway;

import io.parley.transport.Progress;
import io.parley.transport.Sink;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Chooses what a peer gets next: first what is begun, then answers, then its rooms, each for a turn.
 *
 * <p>A membership is in the list of ready ones at most once: its cursor wakes it only after it went to sleep. The lists are
 * linked by the memberships' numbers: a reference for each delivery, stored from one old object in another, would be work for
 * the garbage collector.
 */
final class Outbox {
    private static final AtomicIntegerFieldUpdater<Outbox> WOKEN =
            AtomicIntegerFieldUpdater.newUpdater(Outbox.class, "woken");

    private final Answers answers = new Answers();
    private volatile int woken; // the top of a stack linked by Membership.next, or 0; changed through WOKEN
    private int first; // of those that are ready, linked by Membership.next, or 0; the writer's
    private int last; // the writer's, and stale while there is no first
    private final Memberships memberships;
    private final OutboxMeter meter;
    private volatile boolean answersOnly;

    Outbox(Memberships memberships, OutboxMeter meter) {
        this.memberships = memberships;
        this.meter = meter;
    }

    /** Queues an answer. Any thread. */
    void add(byte[] frame) {
        meter.add(frame.length);
        answers.add(frame);
    }

    boolean hasAnswers() {
        return !answers.isEmpty();
    }

    /** Lists a membership that sleeps no longer. Any thread. */
    void wake(Membership membership) {
        int top;
        do {
            top = woken;
            membership.next = top;
        } while (!WOKEN.compareAndSet(this, top, membership.number));
    }

    /** Leaves the rooms unwritten from the next frame on. Any thread. */
    void answersOnly() {
        answersOnly = true;
    }

    /** The connection's writer. */
    Progress write(Sink sink) {
        takeWoken();
        Membership begun = first == 0 ? null : memberships.numbered(first);
        if (begun != null && begun.isMidway()) {
            if (answersOnly || hasAnswers()) {
                begun.yieldSoon();
            }
            if (begun.isMidway() && turn(begun, sink) == Membership.Turn.FULL) {
                return Progress.MORE;
            }
        }
        while (true) {
            if (!answers.writeTo(sink, meter)) {
                return Progress.MORE;
            }
            takeWoken();
            if (answersOnly || first == 0) {
                return Progress.DRAINED;
            }
            if (turn(memberships.numbered(first), sink) == Membership.Turn.FULL) {
                return Progress.MORE;
            }
        }
    }

    private Membership.Turn turn(Membership membership, Sink sink) {
        int after = membership.next; // now: once it sleeps it may be woken, and linked in the other list
        Membership.Turn turn = membership.write(sink, meter, answers);
        if (turn != Membership.Turn.FULL) {
            first = after;
            if (turn == Membership.Turn.MORE) {
                membership.next = 0;
                append(membership.number, membership.number);
            } else if (turn == Membership.Turn.DONE) {
                memberships.ended(membership);
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
            Membership membership = memberships.numbered(number);
            int before = membership.next;
            membership.next = earliest;
            earliest = number;
            number = before;
        }
        append(earliest, latest);
    }

    private void append(int from, int to) {
        if (first == 0) {
            first = from;
        } else {
            memberships.numbered(last).next = from;
        }
        last = to;
    }
}
