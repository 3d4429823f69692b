package io.parley.apps.benchmarks.chaos;

/** Something that a client said, and what became of it. Any thread. */
final class Said {
    /** What the client was told. */
    enum Outcome {
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
    Said(int number, String text) {
        this.number = number;
        this.text = text;
    }

    void acknowledged(long seq) {
        told = new Told(Outcome.ACKNOWLEDGED, seq);
    }

    void failed(boolean unknown) {
        told = new Told(unknown ? Outcome.UNKNOWN : Outcome.FAILED, 0);
    }

    int number() {
        return number;
    }

    String text() {
        return text;
    }

    Outcome outcome() {
        return told.outcome();
    }

    /** Its number in the room, if it is acknowledged. */
    long seq() {
        return told.seq();
    }
}
