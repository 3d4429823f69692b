package io.parley.transport.blocking;

/** A handler threw, or broke a rule of the seam. It ends the handler's own connection and no other. */
final class HandlerFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Throwable thrown;

    HandlerFailedException(Throwable thrown) {
        super(null, thrown, false, false); // without a stack trace: that of the cause says it all
        this.thrown = thrown;
    }

    /** What the handler threw. */
    Throwable thrown() {
        return thrown;
    }
}
