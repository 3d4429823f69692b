package io.parley.client;

import io.parley.model.ErrorCode;
import io.parley.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Something the server refused, or that the end of the connection made impossible. Where a connection failed, the cause
 * is what the transport says of it.
 */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The code for what was not even sent, because the connection ended or never began. */
    public static final int NOT_CONNECTED = 0;

    /** What is wrong. */
    private final int code;

    /** When to try again, in milliseconds. */
    private final long retryAfterMillis;

    /**
     * Makes an exception.
     *
     * @param code one of {@link ErrorCode} or {@link #NOT_CONNECTED}
     * @param text what is wrong, for a person
     * @param retryAfterMillis when to try again; 0 when that is not said
     */
    public ChatException(int code, String text, long retryAfterMillis) {
        super(text);
        this.code = code;
        this.retryAfterMillis = retryAfterMillis;
    }

    ChatException(int code, String text) {
        this(code, text, 0);
    }

    /** The same for another thread to throw, with this one's cause. */
    ChatException again() {
        ChatException again = new ChatException(code, String.valueOf(getMessage()), retryAfterMillis);
        again.initCause(getCause());
        return again;
    }

    static ChatException lost(String text, @Nullable Throwable cause) {
        ChatException lost = new ChatException(NOT_CONNECTED, text);
        lost.initCause(cause);
        return lost;
    }

    /**
     * What is wrong.
     *
     * @return one of {@link ErrorCode}, perhaps a newer one than this library knows, or {@link #NOT_CONNECTED}
     */
    public int code() {
        return code;
    }

    /**
     * What to do about it.
     *
     * @return the verdict of the code's range
     */
    public Verdict verdict() {
        return code == NOT_CONNECTED ? Verdict.RECONNECT : ErrorCode.verdict(code);
    }

    /**
     * When to try again.
     *
     * @return milliseconds, or 0 when the server did not say
     */
    public long retryAfterMillis() {
        return retryAfterMillis;
    }
}
