package io.parley.gateway;

import io.parley.model.ErrorCode;
import java.util.concurrent.TimeUnit;

/**
 * When something last happened on a connection, and what is overdue. It decides and does nothing. The methods say which
 * thread calls them.
 */
final class Liveness {

    /** What is overdue. */
    enum Overdue {
        /** Nothing. */
        NOTHING(0, ""),
        /** The login. */
        LOGIN(ErrorCode.LOGIN_TIMEOUT, "login took too long"),
        /** The rest of a request that has begun. */
        REQUEST(ErrorCode.IDLE, "a frame took too long"),
        /** Any sign of life. */
        SIGN_OF_LIFE(ErrorCode.IDLE, "nothing was heard for too long"),
        /** A ping from this side, which is due now. */
        PING(0, ""),
        /** The orderly end. */
        END(0, "");

        private final int code;
        private final String text;

        Overdue(int code, String text) {
            this.code = code;
            this.text = text;
        }

        /** What to tell the client, where it is refused. */
        Refusal refusal() {
            return new Refusal(code, text);
        }
    }

    private static final long HELD_PING_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    private final GatewayOptions options;
    private volatile long since; // when the connection began, and then when its end did
    private volatile long lastInbound;
    private volatile long requestSince; // when the request that is half read began, or 0

    // the ticker's
    private long blockedSince;
    private boolean pinged;
    private boolean known; // whether the protocol has a question that a live client answers
    private boolean mute; // it has none
    private long heldSince; // when reading stopped or the last ping after that was due, or 0

    Liveness(GatewayOptions options, long now) {
        this.options = options;
        this.since = now;
        this.lastInbound = now;
        this.blockedSince = now;
    }

    // ---- what happens

    /** Bytes came. The reader. */
    void heard(long now) {
        lastInbound = now;
    }

    /** A request is handled from now on, however long that takes; gives when it began. The reader. */
    long handling() {
        long began = requestSince;
        if (began != 0) { // seldom: a volatile write costs more than this look
            requestSince = 0;
        }
        return began;
    }

    /**
     * A request has begun and is not complete. The reader.
     *
     * @param began when it began, or 0 for the last read
     */
    void midRequest(long began) {
        long at = began == 0 ? lastInbound : began;
        requestSince = at == 0 ? 1 : at; // a clock may begin at 0, which is none here
    }

    /** How long nothing has come. The reader. */
    long silence(long now) {
        return now - lastInbound;
    }

    /** The end has begun. Any thread. */
    void ending(long now) {
        since = now;
    }

    // ---- what is overdue; the ticker

    /**
     * Looks at the clock.
     *
     * @param flow whether anything is read from the client: if not, its silence says nothing
     */
    Overdue tick(long now, AttachmentLife.State state, ReadGate.Flow flow) {
        return switch (state) {
            case LOGIN, DECIDING -> now - since > options.loginTimeout().toNanos() ? Overdue.LOGIN : Overdue.NOTHING;
            case OPEN -> tickOpen(now, flow);
            case CLOSING -> now - since > options.closeTimeout().toNanos() ? Overdue.END : Overdue.NOTHING;
            case CLOSED -> Overdue.NOTHING;
        };
    }

    private Overdue tickOpen(long now, ReadGate.Flow flow) {
        if (flow != ReadGate.Flow.READING) {
            lastInbound = now;
            requestSince = requestSince == 0 ? 0 : now;
            pinged = false;
            return flow == ReadGate.Flow.HELD ? tickHeld(now) : Overdue.NOTHING;
        }
        heldSince = 0;
        long silence = now - lastInbound;
        long began = requestSince;
        long heartbeat = options.heartbeat().toNanos();
        if (began != 0 && now - began > options.requestTimeout().toNanos()) {
            return Overdue.REQUEST;
        }
        if (silence > 2 * heartbeat && known && !mute) {
            return Overdue.SIGN_OF_LIFE;
        }
        boolean due = silence > heartbeat && !pinged && !mute;
        pinged = silence > heartbeat;
        return due ? Overdue.PING : Overdue.NOTHING;
    }

    /**
     * The client is not read, so that nobody answers its own pings, and that it has gone is seen only where something is written
     * to it: it hears from the server often.
     */
    private Overdue tickHeld(long now) {
        if (heldSince == 0) {
            heldSince = now;
        }
        boolean due = now - heldSince >= HELD_PING_NANOS && !mute;
        if (due) {
            heldSince = now;
        }
        return due ? Overdue.PING : Overdue.NOTHING;
    }

    /** What the protocol asks when a ping is due; it is silent for good if that is nothing. The ticker. */
    byte[] question(Protocol protocol) {
        byte[] question = protocol.ping();
        known = true;
        mute = question.length == 0;
        return question;
    }

    /**
     * Whether the client has taken no byte for too long; true once.
     *
     * @param waiting whether bytes wait for it
     * @param progress whether it has taken any since the last tick
     */
    boolean isStuck(long now, boolean waiting, boolean progress) {
        if (progress || !waiting) {
            blockedSince = now;
            return false;
        }
        boolean stuck = now - blockedSince > options.writeTimeout().toNanos();
        if (stuck) {
            blockedSince = now;
        }
        return stuck;
    }
}
