package io.parley.model;

/** What an error code's range says about trying again. Immutable, for any thread. */
public enum Verdict {
    /** 1xx: the same request may succeed later. */
    RETRY,
    /** 2xx: refused; do not repeat it as it is. */
    REFUSED,
    /** 3xx: this connection ends; a new one may do. */
    RECONNECT,
    /** 4xx: do not come back. */
    BANNED,
    /** A code outside every range. */
    UNKNOWN
}
