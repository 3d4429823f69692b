package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.model.Verdict;
import io.parley.wire.Configured;
import io.parley.wire.History;
import io.parley.wire.HistoryPage;
import io.parley.wire.Message;
import io.parley.wire.Moderated;
import io.parley.wire.ServerFrame;
import io.parley.wire.TopicChanged;
import io.parley.wire.Unknown;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Puts the numbered entries of one room in order and fills gaps: the application sees every number once and ascending,
 * or is told which are lost. The reader's thread alone, but for asking again, which a timer does.
 *
 * <p>While a gap is being filled from the server's history, live entries are held; over the bound they are let go and
 * become part of what is to be filled. What is held when the connection is lost is let go, too: the next connection
 * begins behind the last entry that was delivered.
 */
final class EntryOrder {
    private static final int MAX_HELD_BYTES = 1 << 20;
    private static final int PAGE = 200;
    private static final long RETRY_MILLIS = 1_000;

    private record Held(long seq, ServerFrame entry) {}

    private final Link link;
    private final RoomView view;
    private final ArrayDeque<Held> held = new ArrayDeque<>(0);
    private int heldBytes;
    private volatile long next; // the number that is delivered next; 0 until the first is seen
    private volatile long target; // the last number known to be missing
    private volatile Object run = new Object(); // another with each connection; answers of an older one mean nothing
    private boolean filling;

    EntryOrder(Link link, RoomView view) {
        this.link = link;
        this.view = view;
    }

    /**
     * Begins, or begins anew.
     *
     * @param after the last number that the application has seen, or -1 to begin with the first that comes
     */
    void begin(long after) {
        stop();
        next = after + 1;
    }

    /** The connection is lost: nothing is held or asked for any more. */
    void stop() {
        run = new Object();
        held.clear();
        heldBytes = 0;
        filling = false;
        target = 0;
    }

    /** The number of the last entry that was delivered, or -1 if none was yet. */
    long delivered() {
        return next - 1;
    }

    void live(long seq, ServerFrame entry) {
        if (filling) {
            hold(seq, entry);
            return;
        }
        if (next == 0) {
            next = seq;
        }
        if (seq > next) {
            hold(seq, entry);
            fill(seq - 1);
        } else if (seq == next) {
            next = seq + 1;
            view.deliver(entry);
        }
    }

    void gap(long from, long to) {
        if (next == 0) {
            next = from;
        }
        // What is held lies before the gap: it is fetched again with the rest.
        held.clear();
        heldBytes = 0;
        if (to >= next) {
            fill(Math.max(to, target));
        }
    }

    private void hold(long seq, ServerFrame entry) {
        heldBytes += RoomView.cost(entry);
        held.add(new Held(seq, entry));
        if (heldBytes > MAX_HELD_BYTES) {
            held.clear();
            heldBytes = 0;
            target = seq;
        }
    }

    private void fill(long to) {
        target = to;
        if (!filling) {
            filling = true;
            ask();
        }
    }

    private void ask() {
        long bound = target; // it may have grown when the answer comes
        Object asked = run;
        link.requests()
                .ask(new PendingRequests.Request(
                        id -> new History(id, view.number(), view.epoch(), next - 1, bound + 1, PAGE),
                        null,
                        PendingRequests.WhenLost.FORGET,
                        reply -> {
                            if (asked.equals(run)) {
                                onPage((HistoryPage) reply, bound);
                            }
                        },
                        why -> onFailure(why, bound, asked)));
    }

    private void onPage(HistoryPage page, long bound) {
        List<ServerFrame> entries = page.decodeEntries(link.maxFrameBytes());
        if (view.isClosed()) {
            return;
        }
        long before = next;
        for (ServerFrame entry : entries) {
            long seq = seq(entry);
            if (seq >= next && seq <= bound) {
                lose(seq - 1);
                next = seq + 1;
                view.outcome(seq, entry);
                view.deliver(entry);
            }
        }
        if (next == before) {
            lose(bound); // the server has nothing of it any more
        }
        goOn();
    }

    private void goOn() {
        if (next > target) {
            finish();
        } else {
            ask();
        }
    }

    private void onFailure(ChatException why, long bound, Object asked) {
        if (!asked.equals(run) || view.isClosed() || isTheEnd(why)) {
            return; // nothing is lost by that: whoever comes back asks again
        }
        if (why.verdict() == Verdict.RETRY) {
            link.later(Math.max(RETRY_MILLIS, why.retryAfterMillis()), () -> {
                if (asked.equals(run)) {
                    ask();
                }
            });
        } else {
            lose(bound);
            goOn();
        }
    }

    /** Whether it is not the request that is refused, but the connection or the stay in the room that ends. */
    private static boolean isTheEnd(ChatException why) {
        return switch (why.code()) {
            case ErrorCode.GOING_AWAY, ErrorCode.NOT_A_MEMBER, ErrorCode.UNKNOWN_ROOM -> true;
            default -> why.verdict() == Verdict.RECONNECT || why.verdict() == Verdict.BANNED;
        };
    }

    private void lose(long to) {
        if (to >= next) {
            long from = next;
            next = to + 1;
            view.lost(from, to);
        }
    }

    private void finish() {
        filling = false;
        int count = held.size();
        for (int i = 0; i < count && !filling; i++) {
            Held one = held.remove();
            live(one.seq(), one.entry());
        }
        if (!filling) {
            held.clear();
            heldBytes = 0;
        }
    }

    static long seq(ServerFrame entry) {
        if (entry instanceof Message message) {
            return message.seq();
        }
        if (entry instanceof TopicChanged change) {
            return change.seq();
        }
        if (entry instanceof Configured change) {
            return change.seq();
        }
        if (entry instanceof Moderated act) {
            return act.seq();
        }
        return entry instanceof Unknown unknown && unknown.isEntry() ? unknown.second() : 0;
    }
}
