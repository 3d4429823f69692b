package io.parley.transport;

/** A handler threw, or broke a rule of this package. It ends the handler's own connection and no other. For transports. */
public final class HandlerFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Which handler threw. */
    private final String message;

    /** What it threw. */
    private final Throwable thrown;

    HandlerFailedException(ConnectionHandler handler, Throwable thrown) {
        super(null, thrown, false, false); // without a stack trace of its own: that of the cause tells everything
        this.message = message(handler);
        this.thrown = thrown;
    }

    static String message(ConnectionHandler handler) {
        return "a handler threw: " + handler.getClass().getName();
    }

    @Override
    public String getMessage() {
        return message;
    }

    /**
     * The fault itself, for {@link Disconnect#cause()}.
     *
     * @return what the handler threw, or an IllegalStateException that names the rule
     */
    public Throwable thrown() {
        return thrown;
    }
}
