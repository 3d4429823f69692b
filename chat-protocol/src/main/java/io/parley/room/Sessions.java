package io.parley.room;

import io.parley.codec.Bytes;
import io.parley.model.SessionToken;
import io.parley.sequencer.SessionRecord;
import io.parley.sequencer.StoredSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that outlive their connections, and those of them that have none at the moment. Any thread. Its lock comes before
 * that of {@link Users}, and behind all others.
 *
 * <p>There are bounds for those without a connection. Over the bound of one address its oldest goes; over the bound of all, the
 * oldest of the address that has most.
 */
@SuppressWarnings("ReferenceEquality") // there is one object for each connection
final class Sessions {
    static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(10); // one that has done nothing yet is not held
    static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(30); // to go on with one's memberships

    private static final int AT_ONCE = 1_000; // in one tick, of which there are four a second

    private final HubOptions options;
    private final Users users;
    private final Ids ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, LastingSession> byOrigin = new HashMap<>(); // lock
    private final Set<LastingSession> held = new LinkedHashSet<>(); // who was lost first is first; lock
    private final Map<String, Set<LastingSession>> byAddress = new HashMap<>(); // those held; lock
    private final TreeMap<Integer, Set<String>> bySize = new TreeMap<>(); // addresses by how many they have; lock
    private @Nullable SessionStore store; // null if sessions end with the process
    private final Set<LastingSession> unsettled = new LinkedHashSet<>(); // who came back first is first; lock

    Sessions(HubOptions options, Users users, Ids ids) {
        this.options = options;
        this.users = users;
        this.ids = ids;
    }

    /** Whether sessions are held at all. */
    boolean areHeld() {
        return !options.grace().isZero();
    }

    /** Begins to keep what outlives a connection; gives the token of the session. */
    SessionToken begin(LastingParticipant participant, ResumeRequest wish, long now) {
        byte[] secret = ids.secret(SessionToken.SECRET_BYTES);
        LastingSession session = new LastingSession(participant, secret, wish, now);
        lock.lock();
        try {
            byOrigin.put(participant.origin(), session);
            if (store != null) {
                session.next(ids.secret(SessionToken.SECRET_BYTES));
                store.begin(session, now, false);
            }
        } finally {
            lock.unlock();
        }
        return SessionToken.of(participant.origin(), secret);
    }

    /** Stores sessions from now on. Before the first. */
    void storeIn(SessionStore where) {
        store = where;
    }

    /**
     * A session of an earlier process, without a connection.
     *
     * @param toEnd gets those that are over because there are too many
     */
    void restore(LastingParticipant participant, StoredSession stored, long now, List<LastingSession> toEnd) {
        LastingSession session = new LastingSession(participant, stored, now);
        participant.lost(now + options.grace().toNanos());
        lock.lock();
        try {
            byOrigin.put(participant.origin(), session);
            if (store != null) {
                session.next(ids.secret(SessionToken.SECRET_BYTES)); // stored before anybody can be given it
                store.begin(session, now, true);
                participant.outliving().store();
            }
            hold(session);
            bound(session.address(), toEnd);
        } finally {
            lock.unlock();
        }
    }

    /** The hashes of the tokens that are good. */
    List<Bytes> tokens(LastingSession session) {
        lock.lock();
        try {
            return session.tokens();
        } finally {
            lock.unlock();
        }
    }

    /** The session that a token is good for, or null. */
    @Nullable
    LastingSession find(ResumeRequest wish) {
        long origin = wish.token().origin();
        if (origin == 0) {
            return null;
        }
        lock.lock();
        try {
            LastingSession one = byOrigin.get(origin);
            return one != null && one.takes(wish) ? one : null;
        } finally {
            lock.unlock();
        }
    }

    /** A session that another connection has now. */
    record Claimed(LastingParticipant participant, LastingParticipant former, SessionToken token) {}

    /** Gives a session to a new connection; null if the token is not good any more. */
    @Nullable
    Claimed claim(LastingSession one, ResumeRequest wish, LastingParticipant.Arrival arrival, long now) {
        byte[] fresh = ids.secret(SessionToken.SECRET_BYTES);
        lock.lock();
        try {
            if (!one.takes(wish)) {
                return null;
            }
            byte[] made = one.next();
            byte[] secret = made == null ? fresh : made;
            LastingParticipant former = one.participant();
            letGo(one);
            LastingParticipant next = former.succeededBy(arrival);
            users.replace(former, next);
            one.claimed(wish, secret, next, now);
            if (store != null) {
                one.next(made == null ? ids.secret(SessionToken.SECRET_BYTES) : fresh);
                next.outliving().changed();
            }
            unsettled.remove(one); // it may not be settled since it came back before
            unsettled.add(one);
            return new Claimed(next, former, SessionToken.of(next.origin(), secret));
        } finally {
            lock.unlock();
        }
    }

    /**
     * A connection is lost.
     *
     * @param toEnd gets those that are over because there are too many
     * @return whether the session lives on, without a connection or with another one
     */
    boolean lost(Participant participant, long now, List<LastingSession> toEnd) {
        SessionRecord known = participant.outliving();
        if (known == null) {
            return false;
        }
        lock.lock();
        try {
            LastingSession one = byOrigin.get(participant.origin());
            if (one == null || participant.isStopped()) {
                return one != null && one.participant() != participant;
            }
            if (one.participant() != participant) {
                return true;
            }
            if (now - one.since() < YOUNG_NANOS && known.cids().next() == 1 && !one.isUnsettled()) {
                return false;
            }
            unsettled.remove(one);
            one.lost(now);
            one.participant().lost(now + options.grace().toNanos());
            hold(one);
            bound(one.address(), toEnd);
            return !one.isOver();
        } finally {
            lock.unlock();
        }
    }

    private Set<LastingSession> ofAddress(String address) {
        return byAddress.computeIfAbsent(address, none -> new LinkedHashSet<>());
    }

    private void hold(LastingSession one) {
        held.add(one);
        String address = one.address();
        Set<LastingSession> same = ofAddress(address);
        same.add(one);
        resize(address, same.size() - 1, same.size());
    }

    private void resize(String address, int from, int to) {
        Set<String> former = bySize.get(from);
        if (former != null && former.remove(address) && former.isEmpty()) {
            bySize.remove(from);
        }
        if (to > 0) {
            bySize.computeIfAbsent(to, none -> new LinkedHashSet<>()).add(address);
        } else {
            byAddress.remove(address);
        }
    }

    /** Ends those that are too many, of one address and of all. Where nothing is known of an address, it has no bound. */
    private void bound(String address, List<LastingSession> toEnd) {
        if (!address.isEmpty() && ofAddress(address).size() > options.maxHeldPerAddress()) {
            toEnd.add(endOldest(address));
        }
        while (held.size() > options.maxHeld()) {
            toEnd.add(endOldest(bySize.lastEntry().getValue().iterator().next()));
        }
    }

    private LastingSession endOldest(String address) {
        LastingSession oldest = ofAddress(address).iterator().next();
        remove(oldest);
        return oldest;
    }

    /** Takes it out of those that are held. */
    private void letGo(LastingSession one) {
        if (held.remove(one)) {
            String address = one.address();
            Set<LastingSession> same = ofAddress(address);
            same.remove(one);
            resize(address, same.size() + 1, same.size());
        }
    }

    private void remove(LastingSession one) {
        letGo(one);
        unsettled.remove(one);
        byOrigin.remove(one.participant().origin(), one);
        one.end();
        if (store != null) {
            store.end(one);
        }
    }

    /** A session ends with its connection; false if another connection has it. */
    boolean end(Participant participant) {
        if (participant.outliving() == null) {
            return true;
        }
        lock.lock();
        try {
            LastingSession one = byOrigin.get(participant.origin());
            if (one != null && one.participant() == participant) {
                remove(one);
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends sessions whose time without a connection is over: some of them, so that nobody waits for all. */
    List<LastingSession> expire(long now) {
        List<LastingSession> over = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<LastingSession> all = held.iterator(); all.hasNext(); ) {
                LastingSession oldest = all.next();
                if (now - oldest.since() < options.grace().toNanos() || over.size() == AT_ONCE) {
                    break;
                }
                over.add(oldest);
            }
            over.forEach(this::remove);
        } finally {
            lock.unlock();
        }
        return over;
    }

    /** Some of those that came back, and whose time to go on with their memberships is over. */
    List<Participant> settle(long now) {
        List<Participant> settled = new ArrayList<>();
        lock.lock();
        try {
            for (Iterator<LastingSession> all = unsettled.iterator(); all.hasNext(); ) {
                LastingSession oldest = all.next();
                if (now - oldest.since() < SETTLE_NANOS || settled.size() == AT_ONCE) {
                    break;
                }
                oldest.settled();
                all.remove();
                settled.add(oldest.participant());
            }
        } finally {
            lock.unlock();
        }
        return settled;
    }

    /** Whether the session of a connection has another one. */
    boolean hasOther(Participant participant) {
        lock.lock();
        try {
            LastingSession one = byOrigin.get(participant.origin());
            return one != null && one.participant() != participant;
        } finally {
            lock.unlock();
        }
    }

    /** The policy says something else of the user of a session. */
    void attributes(Participant participant, Map<String, String> attributes) {
        lock.lock();
        try {
            LastingSession one = byOrigin.get(participant.origin());
            if (one != null) {
                one.attributes(attributes);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many have no connection. */
    int heldCount() {
        lock.lock();
        try {
            return held.size();
        } finally {
            lock.unlock();
        }
    }
}
