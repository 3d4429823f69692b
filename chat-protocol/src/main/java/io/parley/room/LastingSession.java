package io.parley.room;

import io.parley.model.UserAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A session that outlives its connections. Under the lock of {@link Sessions}, except where a field says otherwise.
 *
 * <p>Of its tokens two are good: the one shown last, and the one given last, since the answer that carried it may be lost. Only
 * their hashes are kept.
 */
final class LastingSession {

    /** Half of a hash of a secret: nobody finds another secret that has it. */
    private record Hash(long high, long low) {
        static Hash of(byte[] secret) {
            try {
                ByteBuffer hash =
                        ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(secret));
                return new Hash(hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException missing) { // every Java has it
                throw new IllegalStateException(missing);
            }
        }

        /** Where they differ: 0 if they are the same. In a time that says nothing about it. */
        long difference(Hash other) {
            return (high ^ other.high) | (low ^ other.low);
        }
    }

    private final boolean encrypted; // it began under TLS
    private volatile LastingParticipant participant; // its connection, or its last one; read by any thread
    private Hash given;
    private @Nullable Hash shown; // null before the first was shown
    private boolean over;
    private boolean unsettled; // some of its memberships may not be continued yet
    private long since; // when its connection came or was lost, in nanoseconds

    LastingSession(LastingParticipant participant, byte[] secret, ResumeRequest wish, long now) {
        this.participant = participant;
        this.encrypted = wish.encrypted();
        this.given = Hash.of(secret);
        this.since = now;
    }

    LastingParticipant participant() {
        return participant;
    }

    long since() {
        return since;
    }

    boolean isOver() {
        return over;
    }

    /** Whether its connection came back not long ago. */
    boolean isUnsettled() {
        return unsettled;
    }

    /** Where it counts among others. */
    String address() {
        return participant.address().map(UserAddress::key).orElse("");
    }

    /** Whether a token is good. Of a session whose user was put out none is: it ends when its connection does. */
    boolean takes(ResumeRequest wish) {
        Hash hash = Hash.of(wish.token().secret());
        long fromGiven = given.difference(hash);
        long fromShown = shown == null ? 1 : shown.difference(hash);
        boolean good = fromGiven == 0 || fromShown == 0;
        return good && !over && !participant.isStopped() && (wish.encrypted() || !encrypted);
    }

    /** A new connection has it, and is given a new token. */
    void claimed(ResumeRequest wish, byte[] next, LastingParticipant by, long now) {
        shown = Hash.of(wish.token().secret());
        given = Hash.of(next);
        participant = by;
        unsettled = true;
        since = now;
    }

    /** Its connection is lost. */
    void lost(long now) {
        since = now;
        unsettled = false;
    }

    void settled() {
        unsettled = false;
    }

    void end() {
        over = true;
    }
}
