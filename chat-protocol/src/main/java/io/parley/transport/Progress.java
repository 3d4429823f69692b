package io.parley.transport;

/** A handler's answer to {@link ConnectionHandler#onWritable}. */
public enum Progress {
    /** Nothing is left to write; the next call comes after the next {@link Connection#wantWrite()}. */
    DRAINED,
    /** There is more to write: call again, at once if the sink was not full. */
    MORE
}
