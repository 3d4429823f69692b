package io.parley.room;

import io.parley.codec.Bytes;
import io.parley.model.UserAddress;
import io.parley.sequencer.StoredSession;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session that outlives its connections. Under the lock of {@link Sessions}, except where a field says otherwise.
 *
 * <p>Of its tokens two are good: the one shown last, and the one given last, since the answer that carried it may be lost. Only
 * their hashes are kept. Where sessions are stored, the one that is given next is made and stored beforehand.
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

        static Hash of(Bytes stored) {
            ByteBuffer bytes = stored.asReadOnlyBuffer();
            return new Hash(bytes.getLong(), bytes.getLong());
        }

        Bytes bytes() {
            return Bytes.of(
                    ByteBuffer.allocate(HASH_BYTES).putLong(high).putLong(low).array());
        }

        /** Where they differ: 0 if they are the same. In a time that says nothing about it. */
        long difference(Hash other) {
            return (high ^ other.high) | (low ^ other.low);
        }
    }

    private static final int MOST_OLD = 5;
    private static final int HASH_BYTES = 2 * Long.BYTES;

    private final boolean encrypted; // it began under TLS
    private volatile LastingParticipant participant; // its connection, or its last one; read by any thread
    private volatile Map<String, String> attributes; // of its own login, or of when it came back last
    private Hash given;
    private @Nullable Hash shown; // null before the first was shown
    private byte @Nullable [] next; // secret of the token that is given next, if it was made
    private @Nullable Hash nextHash; // of that
    private List<Hash> old = List.of(); // of an earlier process, until it comes back
    private volatile boolean over;
    private boolean unsettled; // some of its memberships may not be continued yet
    private long since; // when its connection came or was lost, in nanoseconds

    LastingSession(LastingParticipant participant, byte[] secret, ResumeRequest wish, long now) {
        this.participant = participant;
        this.encrypted = wish.encrypted();
        this.attributes = participant.user().ref().attributes();
        this.given = Hash.of(secret);
        this.since = now;
    }

    /** A session of an earlier process, without a connection. */
    LastingSession(LastingParticipant participant, StoredSession stored, long now) {
        List<Bytes> tokens = stored.tokens();
        this.participant = participant;
        this.encrypted = stored.encrypted();
        this.attributes = stored.attributes();
        this.given = Hash.of(tokens.get(0));
        this.old = tokens.stream().skip(1).limit(MOST_OLD).map(Hash::of).toList();
        this.since = now;
    }

    /** The hashes of the tokens that are good: the one given last, the next, the one shown last, and those of before a restart. */
    List<Bytes> tokens() {
        return Stream.concat(
                        Stream.of(given, nextHash == null ? given : nextHash, shown)
                                .flatMap(Stream::ofNullable),
                        old.stream())
                .map(Hash::bytes)
                .toList();
    }

    /** The secret that is given next was made. */
    void next(byte[] secret) {
        next = secret;
        nextHash = Hash.of(secret);
    }

    /** The secret to be given next; null if none was made. */
    byte @Nullable [] next() {
        return next;
    }

    /** What the policy said of its user when it logged in, or came back last. Any thread. */
    Map<String, String> attributes() {
        return attributes;
    }

    void attributes(Map<String, String> next) {
        attributes = next;
    }

    boolean isEncrypted() {
        return encrypted;
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
        long fromNext = nextHash == null ? 1 : nextHash.difference(hash);
        boolean fromOld = false;
        for (Hash one : old) {
            fromOld |= one.difference(hash) == 0;
        }
        boolean good = fromGiven == 0 || fromShown == 0 || fromNext == 0 || fromOld;
        return good && !over && !participant.isStopped() && (wish.encrypted() || !encrypted);
    }

    /** A new connection has it, and is given a new token. */
    void claimed(ResumeRequest wish, byte[] next, LastingParticipant by, long now) {
        shown = Hash.of(wish.token().secret());
        old = List.of();
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
