package io.parley.apps.benchmarks.evidence;

/** Something that a client said, and what became of it. Any thread. */
public final class Said {
    /** What the client was told. */
    public enum Outcome {
        /** Nothing yet. */
        OPEN,
        /** It has its place. */
        ACKNOWLEDGED,
        /** It failed. */
        FAILED,
        /** It cannot be known. */
        UNKNOWN
    }

    private record Told(Outcome outcome, long seq) {}

    private final int number;
    private final String text;
    private volatile Told told = new Told(Outcome.OPEN, 0);

    /**
     * Makes a message without an outcome.
     *
     * @param number of the messages of this client in this room, from 0
     */
    public Said(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** It has its place. */
    public void acknowledged(long seq) {
        told = new Told(Outcome.ACKNOWLEDGED, seq);
    }

    /** It failed, or that cannot be known. */
    public void failed(boolean unknown) {
        told = new Told(unknown ? Outcome.UNKNOWN : Outcome.FAILED, 0);
    }

    int number() {
        return number;
    }

    /** What was said. */
    public String text() {
        return text;
    }

    /** What the client was told. */
    public Outcome outcome() {
        return told.outcome();
    }

    /** Its number in the room, if it is acknowledged. */
    long seq() {
        return told.seq();
    }
}
