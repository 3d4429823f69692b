package io.parley.apps.benchmarks.chaos;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Counts what clients are told while it counts. Any thread. */
final class Tally {
    /** What is counted. */
    enum Event {
        RESUMED("sessions resumed"),
        NEW_SESSION("sessions that began anew"),
        CLIENT_ENDED("clients that ended"),
        ROOM_CLOSED("rooms closed for a member"),
        NOISE("members told of as joined or left"),
        LOST_PART("onLost"),
        RESET("onReset"),
        BAD_EXIT("processes that ended with an error");

        private final String words;

        Event(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private static final int MOST_NOTES = 20;

    private final Map<Event, Integer> counts = new ConcurrentHashMap<>();
    private final Queue<String> notes = new ConcurrentLinkedQueue<>();
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final AtomicInteger noted = new AtomicInteger();
    private final Histogram backMicros = new ConcurrentHistogram(3);
    private volatile boolean counting;

    void counting(boolean on) {
        counting = on;
    }

    /** Counts it if it is time to count; says whether it is. */
    boolean count(Event event) {
        if (counting) {
            counts.merge(event, 1, Integer::sum);
        }
        return counting;
    }

    void noise(String words) {
        if (count(Event.NOISE)) {
            note(words);
        }
    }

    /** A process ended with an error. It counts always. */
    void exit(String words) {
        counts.merge(Event.BAD_EXIT, 1, Integer::sum);
        note(words);
    }

    /** Keeps some words for the report. */
    void note(String words) {
        if (noted.incrementAndGet() <= MOST_NOTES) {
            notes.add(words);
        }
    }

    /** A client was shown something for the first time after a connection was let through. */
    void back(long nanos) {
        if (counting) {
            backMicros.recordValue(Math.max(0, nanos / 1_000));
        }
    }

    /** The first of equal texts, so that each is in memory once. */
    String sameText(String text) {
        String first = texts.putIfAbsent(text, text);
        return first == null ? text : first;
    }

    /** How often it happened. */
    int total(Event event) {
        return counts.getOrDefault(event, 0);
    }

    Queue<String> notes() {
        return notes;
    }

    Histogram backMicros() {
        return backMicros;
    }
}
