package io.parley.model;

import io.parley.codec.Bytes;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What a client shows to go on with its session over another connection: a secret. Immutable, for any thread.
 *
 * @param bytes 8 bytes of origin, then {@value #SECRET_BYTES} that nobody can guess; any others are no good token
 */
public record SessionToken(Bytes bytes) {
    /** The length of the secret part. */
    public static final int SECRET_BYTES = 16;

    /** No token. */
    public static final SessionToken NONE = new SessionToken(Bytes.EMPTY);

    /**
     * Makes one.
     *
     * @param bytes the bytes as they came
     */
    public SessionToken {
        Objects.requireNonNull(bytes, "bytes");
    }

    /**
     * A new token.
     *
     * @param origin the public number of the session
     * @param secret {@value #SECRET_BYTES} random bytes
     * @return the token
     */
    public static SessionToken of(long origin, byte[] secret) {
        return new SessionToken(Bytes.of(ByteBuffer.allocate(Long.BYTES + secret.length)
                .putLong(origin)
                .put(secret)
                .array()));
    }

    /**
     * Whether there is none.
     *
     * @return true if it has no bytes
     */
    public boolean isNone() {
        return bytes.length() == 0;
    }

    /**
     * The session that it names.
     *
     * @return the origin; 0 if it is no good token
     */
    public long origin() {
        return bytes.length() == Long.BYTES + SECRET_BYTES
                ? bytes.asReadOnlyBuffer().getLong()
                : 0;
    }

    /**
     * The secret part of a token that names a session.
     *
     * @return a copy
     */
    public byte[] secret() {
        byte[] secret = new byte[SECRET_BYTES];
        bytes.asReadOnlyBuffer().position(Long.BYTES).get(secret);
        return secret;
    }

    /** Without the bytes, so that they are in no log. */
    @Override
    public String toString() {
        return isNone() ? "no token" : "a token";
    }
}
