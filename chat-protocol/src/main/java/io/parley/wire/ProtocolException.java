package io.parley.wire;

import io.parley.model.ErrorCode;

/**
 * The peer broke the protocol. Immutable, for any thread.
 *
 * <p>It carries no stack trace: a stranger decides how many of them there are, and the place in the decoder
 * says less than the code and the text.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    private final int code;

    /**
     * Makes one.
     *
     * @param code one of {@link ErrorCode}
     * @param message what was wrong, for people
     */
    public ProtocolException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /**
     * What went wrong.
     *
     * @return one of {@link ErrorCode}
     */
    public int code() {
        return code;
    }
}
