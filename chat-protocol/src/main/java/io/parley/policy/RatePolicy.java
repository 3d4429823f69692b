package io.parley.policy;

import io.parley.model.RoomException.Reason;
import io.parley.model.RoomRef;
import io.parley.model.Tags;
import io.parley.model.UserRef;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A rate for each user. It keeps one number for a user: when what the user has used is back. A number that is past says
 * nothing, and is forgotten when there are many.
 */
final class RatePolicy implements ChatPolicy {
    private static final int MANY = 1_000; // numbers, before those that are past are looked for
    private static final Decision TOO_FAST =
            Decision.deny(Reason.RATE_LIMITED, "that was too much at once; wait a little");

    private final long each; // nanoseconds in which one message comes back
    private final long most; // nanoseconds that may be used in advance
    private final LongSupplier nanoTime;
    private final Map<Long, Long> until = new ConcurrentHashMap<>();
    private volatile int forgetAt = MANY;

    RatePolicy(int messages, long perNanos, LongSupplier nanoTime) {
        this.each = Math.max(1, perNanos / messages);
        this.most = each * messages;
        this.nanoTime = nanoTime;
    }

    /** How many users are remembered. */
    int size() {
        return until.size();
    }

    private Answer take(UserRef user) {
        long now = nanoTime.getAsLong();
        long[] before = {now};
        long after = until.merge(user.id(), now + each, (old, fresh) -> {
            before[0] = old;
            long used = Math.max(old - now, 0) + each;
            return used > most ? old : now + used;
        });
        if (until.size() > forgetAt) {
            until.values().removeIf(end -> end - now <= 0);
            forgetAt = Math.max(MANY, 2 * until.size());
        }
        return after == before[0] ? TOO_FAST : Decision.ALLOW;
    }

    @Override
    public Answer say(UserRef user, RoomRef room, String body, Tags tags) {
        return take(user);
    }

    @Override
    public Answer topic(UserRef user, RoomRef room, String topic) {
        return take(user);
    }
}
