package io.parley.room;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which accounts had their sessions ended lately: their password has changed, or they are gone. Any thread.
 *
 * <p>A login that the policy has judged before that and that enters behind it would be overlooked. So revocations are numbered, and
 * remembered for as long as a login can take. Whoever comes in notes the last number before the policy is asked, and looks when it
 * has entered.
 */
final class RevocationLog {
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final AtomicLong last = new AtomicLong();
    private final Map<Long, Revocation> revocations = new ConcurrentHashMap<>(); // by the id of the account

    private record Revocation(long number, long nanos) {}

    /** The number of the last revocation. */
    long last() {
        return last.get();
    }

    /** Notes one. To be called before the sessions that are here are looked for. */
    void add(long id, long now) {
        revocations.values().removeIf(old -> now - old.nanos() > REMEMBERED_NANOS);
        revocations.put(id, new Revocation(last.incrementAndGet(), now));
    }

    /** Whether an account was revoked after a number. */
    boolean isRevoked(long id, long since) {
        Revocation revocation = revocations.get(id);
        return revocation != null && revocation.number() > since;
    }
}
